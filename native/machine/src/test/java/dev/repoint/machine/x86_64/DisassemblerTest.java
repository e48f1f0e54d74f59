package dev.repoint.machine.x86_64;

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
                "e8 10 00 00 00",
                "67 e8 10 00 00 00",
                "f2 e8 10 00 00 00",
                "66 66 48 e8 10 00 00 00",
                "e9 10 00 00 00 90",
                "eb 10",
                "0f 8f 10 00 00 00",
                "74 10",
                "e3 fe",
                "e2 10",
                "ff 15 10 00 00 00",
                "ff 25 f0 ff ff ff",
                "ff 15 00 00 00 80",
                "f2 ff 25 10 00 00 00",
                "48 8d 3d 10 00 00 00",
                "4c 8b 3d 10 00 00 00",
                "0f 1f 44 00 00",
                "67 0f 1f 44 00 00",
                "66 66 0f 1f 40 00",
                "66 0f 1f 44 00 00",
                "66 90",
                "0f 1f 40 00",
                "2e 2e 48 31 c0",
                "2e 2e 2e 2e 31 c0",
                "31 c0",
                "c3 cc cc cc cc",
                "f3 0f 1e fa 2e c3",
                "f3 0f 1e fa 2e 31 c0 c3"
            })
    void aFormLooksAsObjdumpShowsIt(String text) throws IOException {
        byte[] bytes = HexCode.bytes(text);
        String expected = Objdump.ofBytes(folder, bytes, 0x1000, false).stream()
                .map(Objdump.Line::text)
                .collect(Collectors.joining("; "));

        assertThat(X86_64.INSTANCE.disassemble(bytes, 0x1000, _ -> null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "e8 10 00 00 00, call 0x1015 <f1015>",
        "0f 84 10 00 00 00, je 0x1016 <f1016>",
        "ff 15 10 00 00 00, call *0x10(%rip) # 0x1016 <f1016>"
    })
    void aDestinationHasItsName(String text, String expected) {
        assertThat(X86_64.INSTANCE.disassemble(HexCode.bytes(text), 0x1000, address -> "f%x".formatted(address)))
                .isEqualTo(expected);
    }

    @Test
    void otherBytesAreShownAsNumbers() {
        assertThat(X86_64.INSTANCE.disassemble(HexCode.bytes("90 0f 0b c3"), 0x1000, _ -> null))
                .isEqualTo("nop; .byte 0x0f,0x0b,0xc3");
        assertThat(X86_64.INSTANCE.disassemble(HexCode.bytes("e8 00"), 0x1000, _ -> null))
                .isEqualTo(".byte 0xe8,0x00");
        assertThat(X86_64.INSTANCE.disassemble(new byte[0], 0x1000, _ -> null)).isEmpty();
    }
}
