package dev.repoint.linux.platform;

import dev.repoint.elf.file.FileFailure;
import dev.repoint.linux.processor.LiveCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where this process runs.
///
/// @param system  the property `os.name`
/// @param machine the property `os.arch`
/// @param status  the lines of `/proc/self/status`; none where there is no such file
public record Platform(String system, String machine, List<String> status) {

    /// Copies the list.
    public Platform {
        status = List.copyOf(status);
    }

    /// That of this process.
    ///
    /// @throws UncheckedIOException if it is Linux and has no `/proc`
    public static Platform own() {
        String system = System.getProperty("os.name", "");
        return new Platform(system, System.getProperty("os.arch", ""), isLinux(system) ? ownStatus() : List.of());
    }

    /// Why code cannot be changed there under running threads.
    ///
    /// @return what it is and what to do; empty if it can be
    public Optional<String> obstacle() {
        Optional<LiveCode> live = Processors.live(machine);
        if (!isLinux(system) || live.isEmpty()) {
            return Optional.of("live patches need Linux on x86-64 or AArch64, and this is " + system + " on " + machine
                    + "; patch the file instead (repoint patch)");
        }
        return live.get().obstacle(status);
    }

    private static boolean isLinux(String system) {
        return system.equals("Linux");
    }

    private static List<String> ownStatus() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("live patches need /proc: " + FileFailure.reason(e), e);
        }
    }
}
