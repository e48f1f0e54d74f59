package dev.repoint.machine.aarch64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.machine.witness.HexCode;
import dev.repoint.machine.witness.Objdump;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisassemblerTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "04 00 00 94",
                "ff ff ff 17",
                "80 00 00 54",
                "8d 00 00 54",
                "e0 ff ff 34",
                "83 00 00 b5",
                "9f 00 00 b4",
                "80 00 18 36",
                "e1 ff ff b7",
                "20 00 00 10",
                "e0 ff ff 70",
                "00 00 00 b0",
                "10 00 00 90",
                "00 40 00 91",
                "ff 43 00 91",
                "00 00 40 f9",
                "20 0c 40 f9",
                "e0 03 40 f9",
                "00 01 00 58",
                "1f 20 03 d5",
                "c0 03 5f d6",
                "e0 03 1f aa",
                "00 02 1f d6",
                "20 00 3f d6",
                "df 24 03 d5 e0 03 1f aa c0 03 5f d6",
                "10 00 00 b0 10 42 00 91 00 02 1f d6"
            })
    void aFormLooksAsObjdumpShowsIt(String text) throws IOException {
        byte[] bytes = HexCode.bytes(text);
        String expected = Objdump.ofBytes(folder, bytes, 0x1000, true).stream()
                .map(line -> line.text().replaceFirst(" // .*", ""))
                .collect(Collectors.joining("; "));

        assertThat(AArch64.INSTANCE.disassemble(bytes, 0x1000, _ -> null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "04 00 00 94, bl 0x1010 <f1010>",
        "80 00 18 36, 'tbz w0, #3, 0x1010 <f1010>'",
        "00 00 00 b0, 'adrp x0, 0x2000 <f2000>'"
    })
    void aDestinationHasItsName(String text, String expected) {
        assertThat(AArch64.INSTANCE.disassemble(HexCode.bytes(text), 0x1000, address -> "f%x".formatted(address)))
                .isEqualTo(expected);
    }

    @Test
    void otherBytesAreShownAsNumbers() {
        assertThat(AArch64.INSTANCE.disassemble(HexCode.bytes("1f 20 03 d5 20 00 80 52 01 02"), 0x1000, _ -> null))
                .isEqualTo("nop; .inst 0x52800020; .byte 0x01,0x02");
    }
}
