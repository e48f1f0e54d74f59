package dev.repoint.machine.aarch64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.machine.witness.Aarch64Link;
import dev.repoint.machine.witness.HexCode;
import dev.repoint.machine.witness.LinkageEntries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PltEntriesTest {

    private static final String SOURCE = """
        extern int imported(int);
        extern int taken(int);
        int call(int x) { return imported(x) + taken(x) + 1; }
        int (*take(void))(int) { return taken; }
        """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "bfd, -z lazy",
        "bfd, -z now",
        "bfd, -z force-bti",
        "bfd, -z pac-plt",
        "bfd, -z force-bti -z pac-plt",
        "lld, -z lazy",
        "lld, -z now",
        "lld, -z force-bti",
        "lld, -z pac-plt"
    })
    void everyEntryOfALinkerJumpsThroughASlot(String linker, String options) throws IOException {
        Files.writeString(folder.resolve("plt.c"), SOURCE);
        Aarch64Link.of(folder, linker, "plt.c", List.of("-O1", "-fPIC"), "-shared " + options + " -o plt.so");

        assertThat(LinkageEntries.of(folder.resolve("plt.so"), 4).values()).contains("imported", "taken");
    }

    @ParameterizedTest
    @CsvSource({
        "'10 00 00 b0 11 0a 40 f9 10 42 00 91 20 02 1f d6', 0x2010",
        "'5f 24 03 d5 10 00 00 b0 11 0a 40 f9 10 42 00 91 20 02 1f d6', 0x2010",
        "'10 00 00 b0 11 0a 40 f9 10 42 00 91 9f 21 03 d5 20 02 1f d6', 0x2010"
    })
    void anEntryGivesItsSlot(String bytes, long slot) {
        assertThat(AArch64.INSTANCE.pltSlot(HexCode.of(bytes).code(), HexCode.ADDRESS))
                .isEqualTo(slot);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10 00 00 b0 10 42 00 91 00 02 1f d6 1f 20 03 d5", // a veneer
                "10 00 00 b0 11 0a 40 f9 10 42 00 91 00 02 1f d6", // br x16
                "10 00 00 b0 11 0a 40 f9 10 42 00 91", // not whole
                "10 00 00 b0 11 0a 40 f9 10 42 00 91 9f 21 03 d5", // not whole
                "fd 7b bf a9 fd 03 00 91 00 00 80 52 c0 03 5f d6" // a function
            })
    void otherCodeIsNoEntry(String bytes) {
        assertThat(AArch64.INSTANCE.pltSlot(HexCode.of(bytes).code(), HexCode.ADDRESS))
                .isNull();
    }
}
