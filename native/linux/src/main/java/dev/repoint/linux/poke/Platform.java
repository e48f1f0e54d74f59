package dev.repoint.linux.poke;

import dev.repoint.elf.file.FileFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where this process runs.
///
/// @param system  the property `os.name`
/// @param machine the property `os.arch`
/// @param status  the lines of `/proc/self/status`; none where there is no such file
record Platform(String system, String machine, List<String> status) {

    /// Copies the list.
    Platform {
        status = List.copyOf(status);
    }

    /// That of this process.
    ///
    /// @throws PokeException if it is Linux and has no `/proc`
    static Platform own() {
        String system = System.getProperty("os.name", "");
        return new Platform(system, System.getProperty("os.arch", ""), isLinux(system) ? ownStatus() : List.of());
    }

    /// Checks that code can be changed there.
    ///
    /// @throws PokeException if not; the message says what to do
    void require() {
        if (!isLinux(system) || !machine.equals("amd64")) {
            throw PokeException.of(
                    0,
                    "live patches need x86-64 Linux, and this is " + system + " on " + machine
                            + "; patch the file instead (repoint patch)");
        }
        // Threads take the feature from the one that starts them.
        if (status.stream().anyMatch(line -> line.startsWith("x86_Thread_features:") && line.contains("shstk"))) {
            throw PokeException.of(
                    0,
                    "this process has a shadow stack (CET), on which calls cannot be emulated;"
                            + " start it without (GLIBC_TUNABLES=glibc.cpu.x86_shstk=off)");
        }
    }

    private static boolean isLinux(String system) {
        return system.equals("Linux");
    }

    private static List<String> ownStatus() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw PokeException.of(0, "live patches need /proc: " + FileFailure.reason(e), e);
        }
    }
}
