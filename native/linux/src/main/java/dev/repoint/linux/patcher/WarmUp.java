package dev.repoint.linux.patcher;

import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.call.Memory;
import dev.repoint.linux.ledger.KeyChange;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.ptrace.ProcessFiles;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.linux.ptrace.RemoteSteps;
import dev.repoint.linux.ptrace.Stop;
import dev.repoint.linux.ptrace.TraceException;
import dev.repoint.linux.ptrace.TracingThread;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs through a stop and its phases, and through a borrowed thread, with a process of our own that sleeps:
/// what runs for the first time takes a hundred times as long, and may not do so while the threads of others
/// are stopped.
final class WarmUp {

    private static final int ROUNDS = 30;
    private static final long LIMIT_NANOS = 1_000_000_000;
    /// A grandchild, because the JVM takes the stops of its children for their ends.
    private static final List<String> SLEEPER =
            List.of("/bin/sh", "-c", "sleep 20 >/dev/null 2>&1 </dev/null & echo $!");
    private static boolean isDone;

    private WarmUp() {}

    /// Does it, the first time that it is asked to.
    static synchronized void once() {
        if (isDone) {
            return;
        }
        isDone = true;
        long pid = 0;
        try {
            pid = sleeper();
            if (sleeps(pid)) {
                warm(pid);
            }
        } catch (IOException | CallFailedException | TraceException e) {
            // Nothing depends on it but the length of the first pause.
        } finally {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static long sleeper() throws IOException {
        Process shell = new ProcessBuilder(SLEEPER).start();
        try (BufferedReader output = shell.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            return line == null ? 0 : Long.parseLong(line.strip());
        }
    }

    /// Waits until the shell has become what it runs.
    private static boolean sleeps(long pid) {
        long start = System.nanoTime();
        boolean sleeps = false;
        while (!sleeps && System.nanoTime() - start < LIMIT_NANOS) {
            sleeps = "sleep".equals(ProcessFiles.status(pid, "Name"))
                    && String.valueOf(ProcessFiles.status(pid, "State")).startsWith("S");
        }
        return sleeps;
    }

    private static void warm(long pid) throws IOException {
        try (RemoteMemory memory = RemoteMemory.openForWriting(pid);
                Arena arena = Arena.ofShared()) {
            Mapping code = Mappings.of(pid).all().stream()
                    .filter(Mapping::isExecutable)
                    .findFirst()
                    .orElse(null);
            if (code == null) {
                return;
            }
            memory.write(code.start(), RemoteSteps.code());
            warmSteps(pid, memory, code.start());
            int length = 5;
            long bytes = memory.word(code.start()) & (1L << Byte.SIZE * length) - 1;
            WriteImages images = new WriteImages(
                    memory,
                    List.of(new KeyChange.Site(code.start(), length, bytes, bytes, bytes, bytes)),
                    List.of(),
                    arena);
            for (int i = 0; i < ROUNDS; i++) {
                TracingThread.run(() -> Stop.during(pid, stop -> {
                    stop.inside(images.addresses(), images.lengths());
                    images.require();
                    images.write(WriteImages.Form.VIA);
                    images.write(WriteImages.Form.NEXT);
                }));
            }
        }
    }

    /// It never runs what it has been given for code, but for this.
    private static void warmSteps(long pid, RemoteMemory memory, long code) {
        long data = code + Memory.PAGE / 2;
        long word = memory.word(data);
        for (int i = 0; i < ROUNDS; i++) {
            new RemoteSteps()
                    .protect(code, Memory.PAGE, Memory.READ | Memory.WRITE | Memory.EXECUTE)
                    .store(data, word, word)
                    .protect(code, Memory.PAGE, Memory.READ | Memory.EXECUTE)
                    .run(pid, memory, code);
        }
    }
}
