package dev.repoint.machine.x86_64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import dev.repoint.machine.witness.HexCode;
import dev.repoint.machine.witness.LinkageEntries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PltEntriesTest {

    /// Calls two functions, and takes the address of one of them as well.
    private static final String SOURCE = """
        extern int imported(int);
        extern int taken(int);
        int (*pointer)(void);
        int call(int x) { return imported(x) + taken(x) + 1; }
        int (*take(void))(int) { return taken; }
        """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "bfd, -z lazy",
        "bfd, -z now",
        "bfd, -z lazy -z ibtplt",
        "bfd, -z now -z ibtplt",
        "gold, -z lazy",
        "gold, -z now",
        "lld, -z lazy",
        "lld, -z now",
        "lld, -z force-ibt",
        "lld, -z lazy -z retpolineplt",
        "lld, -z now -z retpolineplt"
    })
    void everyEntryOfALinkerJumpsThroughASlot(String linker, String options) throws IOException {
        Tool.valueOf(linker.equals("bfd") ? "BFD" : linker.toUpperCase(java.util.Locale.ROOT))
                .required();
        Files.writeString(folder.resolve("plt.c"), SOURCE);
        List<String> command = new ArrayList<>(List.of(Tool.GCC.required().command(), "-O1", "-fPIC", "-shared"));
        command.addAll(List.of("-fuse-ld=" + linker, "-Wl," + options.replace(' ', ',')));
        command.addAll(List.of("-o", "plt.so", "plt.c"));
        Run.succeeding(folder, command);

        assertThat(LinkageEntries.of(folder.resolve("plt.so"), 8).values()).contains("imported", "taken");
    }

    @ParameterizedTest
    @CsvSource({
        "'ff 25 10 00 00 00 68 00', 0x1016", // jmp *0x10(%rip); push
        "'f2 ff 25 10 00 00 00 90', 0x1017", // bnd jmp *0x10(%rip); nop
        "'f3 0f 1e fa ff 25 10 00 00 00 66 0f', 0x101a", // endbr64; jmp *0x10(%rip); nop
        "'f3 0f 1e fa f2 ff 25 10 00 00 00 0f', 0x101b", // endbr64; bnd jmp *0x10(%rip); nop
        "'4c 8b 1d 10 00 00 00 e8', 0x1017", // mov 0x10(%rip),%r11; call
        "'4c 8b 1d 10 00 00 00 e9', 0x1017" // mov 0x10(%rip),%r11; jmp
    })
    void anEntryGivesItsSlot(String bytes, long slot) {
        assertThat(X86_64.INSTANCE.pltSlot(HexCode.of(bytes).code(), HexCode.ADDRESS))
                .isEqualTo(slot);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f3 0f 1e fa 68 00 00 00 00 f2 e9 00 00 00 00 90", // endbr64; push; bnd jmp: beside .plt.sec
                "ff 35 10 00 00 00 ff 25 18 00 00 00", // push; jmp *: the first entry
                "f3 0f 1e fa ff 25 00 00 00 00 00 00 00 00 00 00 00 00", // a far veneer
                "4c 8b 1d 10 00 00 00 90", // mov 0x10(%rip),%r11; nop
                "55 48 89 e5 41 57 41 56", // a function
                "ff 25 10 00" // not whole
            })
    void otherCodeIsNoEntry(String bytes) {
        assertThat(X86_64.INSTANCE.pltSlot(HexCode.of(bytes).code(), HexCode.ADDRESS))
                .isNull();
    }
}
