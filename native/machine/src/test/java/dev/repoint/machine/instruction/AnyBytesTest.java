package dev.repoint.machine.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.ElfMachine;
import dev.repoint.machine.Architectures;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever the bytes are, nothing throws, nothing outside of them is read, and what is written is restored.
class AnyBytesTest {

    private static final int ROUNDS = 200_000;
    private static final int SIZE = 40;
    private static final long ADDRESS = 0x40_0000;
    /// Bytes that opcodes are made of, so that many of the random ones are instructions.
    private static final int[] FREQUENT = {
        0xe8, 0xe9, 0x0f, 0x84, 0xff, 0x15, 0x25, 0x48, 0x8d, 0x8b, 0x05, 0x66, 0x67, 0xf2, 0xf3, 0x1e, 0xfa, 0x2e,
        0xc3, 0xcc, 0x31, 0xc0, 0x90, 0x00, 0x94, 0x14, 0x54, 0xb4, 0x36, 0x91, 0xf9, 0xd5, 0x1f, 0x20, 0x03, 0xd6
    };

    @ParameterizedTest
    @EnumSource
    void nothingThrowsWhateverTheBytesAre(ElfMachine machine) {
        Architecture architecture = Architectures.of(machine);
        Random random = new Random(1);
        int read = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Code code = code(random, random.nextInt(SIZE));
            long place = ADDRESS + random.nextInt(-8, SIZE + 8);
            read += architecture.at(code, place) != null ? 1 : 0;
            architecture.pltSlot(code, place);
            architecture.veneerDestination(code, place);
            architecture.veneerOutcome(code, place);
            architecture.isPadding(code);
            architecture.disassemble(code.copy(ADDRESS, (int) code.size()), place, _ -> null);
            long[] end = {ADDRESS};
            boolean whole = architecture.sweep(code, new SweepListener() {
                @Override
                public void boundary(long address, int length) {
                    assertThat(address).isEqualTo(end[0]);
                    assertThat(length).isBetween(1, 15);
                    end[0] += length;
                }

                @Override
                public void found(Instruction instruction) {
                    assertThat(code.contains(instruction.address(), instruction.length()))
                            .isTrue();
                }
            });
            assertThat(whole ? end[0] == code.end() : end[0] <= code.end()).isTrue();
        }
        assertThat(read).isGreaterThan(ROUNDS / 100);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadAgainAndRestored(ElfMachine machine) throws OutOfRange {
        Architecture architecture = Architectures.of(machine);
        Random random = new Random(2);
        int written = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Code code = code(random, SIZE);
            long field = ADDRESS + 12;
            Instruction site = architecture.at(code, field);
            boolean patchable = site != null && site.kind().isPatchable() && !(site instanceof Instruction.Emptied);
            if (!patchable || architecture.isPadding(code)) {
                continue;
            }
            written++;
            byte[] before = code.copy(ADDRESS, SIZE);
            Outcome outcome = switch (random.nextInt(3)) {
                case 0 -> new Outcome.Nothing();
                case 1 -> new Outcome.Zero();
                default -> new Outcome.To(ADDRESS + 4L * random.nextInt(8000));
            };
            VeneerSource veneers = (_, _, _) -> ADDRESS + 0x100;
            put(code, site, architecture.encode(site, old(code, site), outcome, veneers));
            Instruction now = architecture.at(code, field);
            assertThat(now).as("%s as %s", site, outcome).isNotNull();
            assertThat(does(now, outcome))
                    .as("%s as %s is %s", site, outcome, now)
                    .isTrue();

            put(code, site, architecture.restore(site, old(code, site)));
            assertThat(code.copy(ADDRESS, SIZE)).as("%s as %s", site, outcome).isEqualTo(before);
        }
        assertThat(written).isGreaterThan(ROUNDS / 100);
    }

    private static boolean does(Instruction instruction, Outcome outcome) {
        return switch (instruction) {
            case Instruction.Branch branch ->
                branch.destination()
                        == switch (outcome) {
                            case Outcome.To(long target) -> target;
                            case Outcome.Nothing(), Outcome.Zero() -> ADDRESS + 0x100;
                        };
            case Instruction.Emptied emptied -> emptied.outcome().equals(outcome);
            case Instruction.PointerBranch _, Instruction.Reference _ -> false;
        };
    }

    private static byte[] old(Code code, Instruction site) {
        return code.copy(site.address(), site.length());
    }

    private static void put(Code code, Instruction site, byte[] bytes) {
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, code.bytes(), site.address() - ADDRESS, bytes.length);
    }

    private static Code code(Random random, int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (random.nextBoolean() ? FREQUENT[random.nextInt(FREQUENT.length)] : random.nextInt(256));
        }
        return new Code(MemorySegment.ofArray(bytes), ADDRESS);
    }
}
