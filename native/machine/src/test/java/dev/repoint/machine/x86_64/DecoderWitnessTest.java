package dev.repoint.machine.x86_64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.machine.witness.HexCode;
import dev.repoint.machine.witness.Objdump;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every opcode of every map, held against `objdump`: what both know has one length, and what `objdump` does
/// not know at all is not known here.
class DecoderWitnessTest {

    /// Each instruction has so many bytes, the rest of them nops.
    private static final int SLOT = 20;
    /// Values of ModRM, and SIB: each `mod`, with and without SIB, each `reg` in a register and in memory.
    private static final String[] OPERANDS = {
        "00", "05", "04 20", "04 25", "44 20", "84 20", "45", "85", "08", "10", "18", "20", "28", "30", "38", "c0",
        "c8", "d0", "d8", "e0", "e8", "f0", "f8", "c1", "e1"
    };

    /// Prefixes and ways to other maps have an opcode behind them that is another one in this test.
    private static final String OTHERWISE = "0f|38|3a|62|c4|c5|9b|4.|26|2e|36|3e|64|65|66|67|f0|f2|f3";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "66",
                "f2",
                "f3",
                "48",
                "66 48",
                "67",
                "2e",
                "f0",
                "0f",
                "66 0f",
                "f2 0f",
                "f3 0f",
                "48 0f",
                "0f 38",
                "66 0f 38",
                "f2 0f 38",
                "f3 0f 38",
                "0f 3a",
                "66 0f 3a",
                "f2 0f 3a",
                "f3 0f 3a",
                "c5 f8",
                "c5 f9",
                "c5 fa",
                "c5 fb",
                "c4 e1 78",
                "c4 e1 7d",
                "c4 e2 78",
                "c4 e2 79",
                "c4 e2 7a",
                "c4 e2 fb",
                "c4 e3 79",
                "c4 e3 fd",
                "c4 e5 78",
                "8f e8 78",
                "8f e9 78",
                "8f ea 78",
                "62 f1 7c 48",
                "62 f1 7d 48",
                "62 f1 fe 08",
                "62 f1 7f 49",
                "62 f2 7d 48",
                "62 f2 7e 08",
                "62 f3 7d 48",
                "62 f4 7c 48",
                "62 f5 7c 48",
                "62 f5 7e 08",
                "62 f6 7d 48",
                "62 f7 7c 48"
            })
    void everyOpcodeHasTheLengthThatObjdumpGives(String before) throws IOException {
        List<byte[]> slots = slots(HexCode.bytes(before));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        slots.forEach(all::writeBytes);
        Objdump.Line[] witnesses = new Objdump.Line[slots.size()];
        for (Objdump.Line line : Objdump.ofBytes(folder, all.toByteArray(), 0, false)) {
            if (line.address() % SLOT == 0) {
                witnesses[(int) line.address() / SLOT] = line;
            }
        }

        boolean vector = before.startsWith("c") || before.startsWith("62"); // fields beside the prefix matter there
        boolean anyKnown = false;
        boolean anyValid = false;
        List<String> differences = new ArrayList<>();
        for (int opcode = 0; opcode < 256; opcode++) {
            int known = 0;
            int valid = 0;
            for (int i = 0; i < OPERANDS.length; i++) {
                int slot = opcode * OPERANDS.length + i;
                int length = new Decoder(slots.get(slot)).decode(0);
                Objdump.Line witness = witnesses[slot];
                known += length > 0 ? 1 : 0;
                valid += witness.isBad() ? 0 : 1;
                if (length > 0 && !witness.isBad() && length != witness.length() && !isWait(slots.get(slot))) {
                    differences.add(HexCode.text(slots.get(slot)) + ": " + length + ", but " + witness);
                }
            }
            anyKnown |= known > 0;
            anyValid |= valid > 0;
            if (!vector
                    && known > 0
                    && valid == 0
                    && !HexCode.text(new byte[] {(byte) opcode}).matches(OTHERWISE)) {
                differences.add("%s %02x is not known to objdump".formatted(before, opcode));
            }
        }

        assertThat(differences).isEmpty();
        assertThat(anyKnown).isEqualTo(anyValid);
    }

    /// `objdump` shows `fwait` and the instruction behind it as one.
    private static boolean isWait(byte[] slot) {
        return (slot[0] & 0xff) == 0x9b || (slot[1] & 0xff) == 0x9b || (slot[2] & 0xff) == 0x9b;
    }

    private static List<byte[]> slots(byte[] before) {
        List<byte[]> slots = new ArrayList<>();
        for (int opcode = 0; opcode < 256; opcode++) {
            for (String operand : OPERANDS) {
                byte[] slot = new byte[SLOT];
                Arrays.fill(slot, (byte) 0x90);
                System.arraycopy(before, 0, slot, 0, before.length);
                slot[before.length] = (byte) opcode;
                byte[] operands = HexCode.bytes(operand);
                System.arraycopy(operands, 0, slot, before.length + 1, operands.length);
                slots.add(slot);
            }
        }
        return slots;
    }
}
