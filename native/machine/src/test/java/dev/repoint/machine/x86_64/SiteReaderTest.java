package dev.repoint.machine.x86_64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.Instruction.Branch;
import dev.repoint.machine.instruction.Instruction.Emptied;
import dev.repoint.machine.instruction.Instruction.PointerBranch;
import dev.repoint.machine.instruction.Instruction.Reference;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.witness.HexCode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteReaderTest {

    @ParameterizedTest
    @MethodSource
    void theInstructionOfADisplacementIsRead(String assembly, String bytes, Instruction expected) {
        assertThat(at(bytes)).as(assembly).isEqualTo(expected);
    }

    static Stream<Arguments> theInstructionOfADisplacementIsRead() {
        return Stream.of(
                row("call", "e8 | 10 00 00 00", new Branch(SiteKind.CALL, 0x1000, 5, 0x1015)),
                row("call backwards", "90 e8 | fa ff ff ff", new Branch(SiteKind.CALL, 0x1001, 5, 0x1000)),
                row("call to be relocated", "e8 | 00 00 00 00", new Branch(SiteKind.CALL, 0x1000, 5, 0x1005)),
                row("addr32 call", "67 e8 | 10 00 00 00", new Branch(SiteKind.CALL, 0x1001, 5, 0x1016)),
                row("call; nop", "e8 | 10 00 00 00 90", new Branch(SiteKind.CALL, 0x1000, 5, 0x1015)),
                row("bnd call", "f2 e8 | 10 00 00 00", new Branch(SiteKind.CALL, 0x1001, 5, 0x1016)),
                row("call __tls_get_addr", "66 66 48 e8 | 10 00 00 00", new Branch(SiteKind.CALL, 0x1003, 5, 0x1018)),
                row("jmp", "e9 | 10 00 00 00", new Branch(SiteKind.JUMP, 0x1000, 5, 0x1015)),
                row("jmp; nop by bfd", "e9 | 10 00 00 00 90", new Branch(SiteKind.JUMP, 0x1000, 5, 0x1015)),
                row("jmp; nop by lld", "e9 10 | 00 00 00 90", new Branch(SiteKind.JUMP, 0x1000, 5, 0x1015)),
                row("jmp; nop by lld, like call", "e9 e8 | 00 00 00 90", new Branch(SiteKind.JUMP, 0x1000, 5, 0x10ed)),
                row("jmp; nop by lld, like lea", "e9 05 | 00 00 00 90", new Branch(SiteKind.JUMP, 0x1000, 5, 0x100a)),
                row("call behind e9", "e9 e8 | 10 00 00 00", new Branch(SiteKind.CALL, 0x1001, 5, 0x1016)),
                row("je", "0f 84 | 10 00 00 00", new Branch(SiteKind.CONDITIONAL_JUMP, 0x1000, 6, 0x1016)),
                row("bnd jg", "f2 0f 8f | 10 00 00 00", new Branch(SiteKind.CONDITIONAL_JUMP, 0x1001, 6, 0x1017)),
                row("call *", "ff 15 | 10 00 00 00", new PointerBranch(SiteKind.POINTER_CALL, 0x1000, 6, 0x1016)),
                row("jmp *", "ff 25 | 10 00 00 00", new PointerBranch(SiteKind.POINTER_JUMP, 0x1000, 6, 0x1016)),
                row(
                        "bnd jmp *",
                        "f2 ff 25 | 10 00 00 00",
                        new PointerBranch(SiteKind.POINTER_JUMP, 0x1001, 6, 0x1017)));
    }

    @ParameterizedTest
    @CsvSource({
        "'48 8d 3d | 10 00 00 00', 0x1000, 7, 0x1017", // lea 0x10(%rip),%rdi
        "'4c 8d 05 | 10 00 00 00', 0x1000, 7, 0x1017", // lea 0x10(%rip),%r8
        "'bf | 00 20 00 00', 0x1000, 5, 0x2000", // mov $0x2000,%edi
        "'48 c7 c7 | 00 20 00 00', 0x1000, 7, 0x2000", // mov $0x2000,%rdi
        "'48 c7 c7 | 00 20 00 80', 0x1000, 7, -0x7fffe000", // mov $-0x7fffe000,%rdi
        "'48 bf | 00 20 00 00 01 00 00 00', 0x1000, 10, 0x100002000", // movabs $0x100002000,%rdi
        "'48 81 f8 | 00 20 00 00', 0x1000, 7, 0x2000", // cmp $0x2000,%rax
        "'68 | 00 20 00 00', 0x1000, 5, 0x2000" // push $0x2000
    })
    void anAddressIsRead(String bytes, long address, int length, long destination) {
        assertThat(at(bytes)).isEqualTo(new Reference(SiteKind.ADDRESS, address, length, destination));
    }

    @ParameterizedTest
    @CsvSource({
        "'48 8b 05 | 10 00 00 00', 0x1000, 7, 0x1017", // mov 0x10(%rip),%rax
        "'4c 8b 3d | 10 00 00 00', 0x1000, 7, 0x1017", // mov 0x10(%rip),%r15
        "'48 3b 05 | 10 00 00 00', 0x1000, 7, 0x1017", // cmp 0x10(%rip),%rax
        "'48 83 3d | 10 00 00 00 00', 0x1000, 8, 0x1018", // cmpq $0,0x10(%rip)
        "'48 81 3d | 10 00 00 00 44 33 22 11', 0x1000, 11, 0x101b", // cmpq $0x11223344,0x10(%rip)
        "'48 0f 44 05 | 10 00 00 00', 0x1000, 8, 0x1018", // cmove 0x10(%rip),%rax
        "'ff 35 | 10 00 00 00', 0x1000, 6, 0x1016" // push 0x10(%rip)
    })
    void aPointerLoadIsRead(String bytes, long address, int length, long destination) {
        assertThat(at(bytes)).isEqualTo(new Reference(SiteKind.POINTER_LOAD, address, length, destination));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "48 89 05 | 10 00 00 00", // mov %rax,0x10(%rip): a store
                "8b 05 | 10 00 00 00", // mov 0x10(%rip),%eax: no pointer
                "0f b6 05 | 10 00 00 00", // movzbl 0x10(%rip),%eax
                "48 8d 80 | 10 00 00 00", // lea 0x10(%rax),%rax: what is left of a relaxed thread-local access
                "66 48 ff 15 | 10 00 00 00", // call *__tls_get_addr@GOTPCREL(%rip): its sequence is the linker's
                "83 3d | 10 00 00 00 00", // cmpl $0,0x10(%rip)
                "ff 05 | 10 00 00 00", // incl 0x10(%rip)
                "| 10 00 00 00", // nothing before
                "e8 | 10 00 00", // not whole
                "48 83 3d | 10 00 00 00" // not whole
            })
    void whatUsesNoFunctionIsNoInstructionOfInterest(String bytes) {
        assertThat(at(bytes)).isNull();
    }

    @ParameterizedTest
    @MethodSource
    void whatWasEmptiedTellsWhatItWas(String bytes, Emptied expected) {
        assertThat(at(bytes)).isEqualTo(expected);
    }

    static Stream<Arguments> whatWasEmptiedTellsWhatItWas() {
        Outcome nothing = new Outcome.Nothing();
        Outcome zero = new Outcome.Zero();
        return Stream.of(
                Arguments.of("0f | 1f 44 00 00", new Emptied(SiteKind.CALL, 0x1000, 5, nothing)),
                Arguments.of("67 0f | 1f 44 00 00", new Emptied(SiteKind.CALL, 0x1001, 5, nothing)),
                Arguments.of("66 0f | 1f 44 00 00", new Emptied(SiteKind.CALL, 0x1001, 5, nothing)),
                Arguments.of("0f | 1f 44 00 00 90", new Emptied(SiteKind.CALL, 0x1000, 5, nothing)),
                Arguments.of("2e | 2e 48 31 c0", new Emptied(SiteKind.CALL, 0x1000, 5, zero)),
                Arguments.of("2e 2e | 2e 48 31 c0", new Emptied(SiteKind.CALL, 0x1001, 5, zero)),
                Arguments.of("66 66 | 0f 1f 40 00", new Emptied(SiteKind.POINTER_CALL, 0x1000, 6, nothing)),
                Arguments.of("2e 2e | 2e 2e 31 c0", new Emptied(SiteKind.POINTER_CALL, 0x1000, 6, zero)),
                Arguments.of("c3 | cc cc cc cc", new Emptied(SiteKind.JUMP, 0x1000, 5, nothing)),
                Arguments.of("c3 cc | cc cc cc 90", new Emptied(SiteKind.JUMP, 0x1000, 5, nothing)),
                Arguments.of("c3 cc | cc cc cc cc", new Emptied(SiteKind.POINTER_JUMP, 0x1000, 6, nothing)));
    }

    @Test
    void aFieldOutsideOfTheCodeHasNoInstruction() {
        HexCode code = HexCode.of("e8 | 10 00 00 00");

        assertThat(X86_64.INSTANCE.at(code.code(), code.field() + 1000)).isNull();
        assertThat(X86_64.INSTANCE.at(code.code(), code.field() - 1000)).isNull();
    }

    private static Instruction at(String bytes) {
        HexCode hex = HexCode.of(bytes);
        return X86_64.INSTANCE.at(hex.code(), hex.field());
    }

    private static Arguments row(String assembly, String bytes, Instruction expected) {
        return Arguments.of(assembly, bytes, expected);
    }
}
