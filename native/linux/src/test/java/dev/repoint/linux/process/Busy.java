package dev.repoint.linux.process;

import dev.repoint.fixtures.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A process of a C program that lies beside these tests; it is no child of this JVM. It takes what time of the processors
/// others leave: it is as busy as it can be, also while a test compiles something or starts a JVM.
final class Busy implements AutoCloseable {

    private static final long LIMIT_SECONDS = 60;
    /// The programs by the commands that compile them: each is compiled once.
    private static final Map<List<String>, byte[]> BUILT = new ConcurrentHashMap<>();

    private final Path folder;
    private final Path file;
    private final long pid;

    private Busy(Path folder, Path file, long pid) {
        this.folder = folder;
        this.file = file;
        this.pid = pid;
    }

    /// Compiles and starts it.
    static Busy start(Path folder, String name, String... flags) throws IOException {
        boolean isC = Busy.class.getResource(name + ".c") != null;
        String source = name + (isC ? ".c" : ".cc");
        copy(folder, source, "counts.h");
        Path file = folder.toRealPath().resolve(name);
        List<String> command = new ArrayList<>(List.of(
                isC ? "gcc" : "g++", "-O2", "-pthread", "-ffunction-sections", "-Wl,--build-id", "-o", name, source));
        command.addAll(Arrays.asList(flags));
        if (!command.contains("-s")) { // a stripped program has no relocations
            command.add("-Wl,--emit-relocs");
        }
        byte[] built = BUILT.get(command);
        if (built == null) {
            Run.succeeding(folder, command);
            BUILT.put(command, Files.readAllBytes(file));
        } else {
            Files.write(file, built);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        String line = Run.succeeding(folder, List.of("sh", "-c", "nice ./" + name + " >out 2>&1 </dev/null & echo $!"))
                .lines()
                .getFirst();
        Busy busy = new Busy(folder, file, Long.parseLong(line));
        busy.awaitReady();
        return busy;
    }

    /// Copies sources that lie beside these tests, unless they are there.
    static void copy(Path folder, String... names) throws IOException {
        for (String name : names) {
            if (!Files.exists(folder.resolve(name))) {
                try (InputStream text = Busy.class.getResourceAsStream(name)) {
                    Files.copy(text, folder.resolve(name));
                }
            }
        }
    }

    /// Waits until `main` runs: all libraries are there then.
    private void awaitReady() throws IOException {
        long start = System.nanoTime();
        while (!Files.exists(folder.resolve("ready"))) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
                close();
                throw new IOException(file + " does not begin");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    long pid() {
        return pid;
    }

    Path file() {
        return file;
    }

    /// Has it end, and waits for that.
    ///
    /// @return what it printed
    String end() throws Exception {
        Files.writeString(folder.resolve("stop"), "");
        ProcessHandle.of(pid)
                .ifPresent(each ->
                        each.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join());
        return Files.readString(folder.resolve("out")).strip();
    }

    @Override
    public void close() {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
}
