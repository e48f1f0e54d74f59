package dev.repoint.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.fixtures.Tool;
import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.patcher.ProcessPatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What cannot be patched from outside is refused in one line that says why.
class RefusalsTest {

    @TempDir
    Path folder;

    private static void refused(long pid, String reason) {
        assertThatThrownBy(() -> OtherProcess.patcher(pid).close())
                .isInstanceOf(NativePatchException.class)
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void noProcess() {
        refused(4_194_304, "there is no process 4194304");
    }

    @Test
    void thisProcess() {
        refused(ProcessHandle.current().pid(), "is Repoint itself");
    }

    @Test
    void aChildOfThisJvm() throws IOException {
        Process child = new ProcessBuilder("sleep", "60").start();
        try {
            refused(child.pid(), "is a child of this JVM");
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void aThreadOfTheKernel() {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/2")), "kernel threads are not seen in a container");
        refused(2, "is a thread of the kernel");
    }

    @Test
    void aThreadThatIsNoProcess() throws IOException {
        Tool.GCC.required();
        try (Busy busy = Busy.start(folder, "busy")) {
            Path tasks = Path.of("/proc/" + busy.pid() + "/task");
            List<Long> others = List.of();
            while (others.isEmpty()) {
                others = List.of(tasks.toFile().list()).stream()
                        .map(Long::valueOf)
                        .filter(each -> each != busy.pid())
                        .toList();
            }
            long other = Collections.min(others); // the first one stays
            refused(other, "is a thread of process " + busy.pid());
        }
    }

    @Test
    void aProcessThatADebuggerHolds() throws Exception {
        Tool.GCC.required();
        Tool.GDB.required();
        try (Busy busy = Busy.start(folder, "busy")) {
            Process gdb = new ProcessBuilder("gdb", "-q", "-nx", "-p", Long.toString(busy.pid()))
                    .redirectErrorStream(true)
                    .start();
            try {
                gdb.outputWriter().append("echo attached\\n\n").flush();
                assertThat(gdb.inputReader().lines().anyMatch(line -> line.contains("attached")))
                        .isTrue();
                refused(busy.pid(), "a debugger is attached: gdb");
            } finally {
                gdb.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void aProcessThatIsBeingPatched() throws Exception {
        Tool.GCC.required();
        try (Busy busy = Busy.start(folder, "busy");
                ProcessPatcher first = ProcessPatcher.open(busy.pid())) {
            assertThat(first.entries()).isEmpty();
            refused(busy.pid(), "is being patched by another Repoint");
        }
    }
}
