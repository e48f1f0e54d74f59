package dev.repoint.machine.aarch64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Section;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction.Branch;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.witness.Aarch64Link;
import dev.repoint.machine.witness.HexCode;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VeneersTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "bfd, 0x20000000, -static", // within 4 GiB: adrp
        "bfd, 0x2000000000, -static", // farther: the distance as a word
        "lld, 0x20000000, -static",
        "lld, 0x20000000, -pie",
        "lld, 0x2000000000, -static" // farther: the address as a word
    })
    void aVeneerOfALinkerLeadsToTheFunction(String linker, String far, String position) throws IOException {
        Files.writeString(folder.resolve("far.s"), """
                    .text
                    .globl  _start
            _start: bl      far
                    .section .far, "ax", @progbits
                    .globl  far
                    .type   far, @function
            far:    ret
            """);
        Files.writeString(folder.resolve("far.ld"), """
            SECTIONS { .text 0x10000 : { *(.text) } .far %s : { *(.far) } }
            """.formatted(far));
        Aarch64Link.of(folder, linker, "far.s", List.of(), position + " -T far.ld -o far");

        ElfFile file = ElfFile.read(folder.resolve("far"));
        long start = file.symbols().named("_start").getFirst().value().value();
        Branch call = (Branch) AArch64.INSTANCE.at(code(file, start), start);
        long target = file.symbols().named("far").getFirst().value().value();

        assertThat(call.destination()).isNotEqualTo(target);
        assertThat(AArch64.INSTANCE.veneerDestination(code(file, call.destination()), call.destination()))
                .isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({
        "'04 00 00 14', 0x1010", // b
        "'5f 24 03 d5 04 00 00 14', 0x1014", // bti c; b
        "'5f 24 03 d5 04 00 00 14 00 00 00 00', 0x1014",
        "'10 00 00 b0 10 42 00 91 00 02 1f d6', 0x2010", // adrp, add, br
        "'50 00 00 58 00 02 1f d6 10 20 00 00 00 00 00 00', 0x2010", // ldr, br, address
        "'90 00 00 58 11 00 00 10 10 02 11 8b 00 02 1f d6 0c 10 00 00 00 00 00 00', 0x2010" // ldr, adr, add, br
    })
    void aVeneerGivesItsDestination(String bytes, long destination) {
        assertThat(AArch64.INSTANCE.veneerDestination(HexCode.of(bytes).code(), HexCode.ADDRESS))
                .isEqualTo(destination);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11 00 00 b0 10 42 00 91 00 02 1f d6", // adrp x17
                "10 00 00 b0 10 42 00 91 20 02 1f d6", // br x17
                "10 00 00 b0 10 42 00 91", // not whole
                "5f 24 03 d5", // not whole
                "50 00 00 58 00 02 1f d6 10 20 00 00", // not whole
                "90 00 00 58 11 00 00 10 10 02 11 8b 00 02 1f d6", // not whole
                "5f 24 03 d5 00 00 80 52 c0 03 5f d6", // a function
                "df 24 03 d5 c0 03 5f d6", // a veneer that leads nowhere
                "04 00"
            })
    void otherCodeLeadsNowhere(String bytes) {
        assertThat(AArch64.INSTANCE.veneerDestination(HexCode.of(bytes).code(), HexCode.ADDRESS))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"0x1000, 0x2010", "0x1ffc, 0x2010", "0x123456000, 0x23456789", "0x1000, 0x100000ffc", "0x100000000, 0x0"
    })
    void ourVeneerLeadsToItsTarget(long address, long target) throws OutOfRange {
        byte[] bytes = AArch64.INSTANCE.veneer(new Outcome.To(target), address);
        Code code = new Code(MemorySegment.ofArray(bytes), address);

        assertThat(AArch64.INSTANCE.veneerDestination(code, address)).isEqualTo(target);
        assertThat(AArch64.INSTANCE.veneerOutcome(code, address)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0x1000, 0x100001000", "0x100001000, 0xffc"})
    void aTargetFartherThanPagesReachIsRefused(long address, long target) {
        assertThatThrownBy(() -> AArch64.INSTANCE.veneer(new Outcome.To(target), address))
                .isInstanceOf(OutOfRange.class)
                .hasMessageEndingWith("and it reaches 4 GiB");
    }

    @Test
    void aVeneerThatLeadsNowhereIsKnownAgain() throws OutOfRange {
        for (Outcome outcome : new Outcome[] {new Outcome.Nothing(), new Outcome.Zero()}) {
            byte[] bytes = AArch64.INSTANCE.veneer(outcome, HexCode.ADDRESS);
            Code code = HexCode.of(HexCode.text(bytes)).code();

            assertThat(AArch64.INSTANCE.veneerOutcome(code, HexCode.ADDRESS)).isEqualTo(outcome);
        }
        assertThat(AArch64.INSTANCE.veneerOutcome(
                        HexCode.of("c0 03 5f d6 c0 03 5f d6").code(), HexCode.ADDRESS))
                .isNull();
    }

    private static Code code(ElfFile file, long address) {
        Section section = file.sectionAt(new Address(address)).orElseThrow();
        return new Code(
                file.bytes().asSlice(section.offset().value(), section.size()),
                section.address().value());
    }
}
