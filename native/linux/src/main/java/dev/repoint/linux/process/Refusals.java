package dev.repoint.linux.process;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.ptrace.ProcessFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Processes that cannot be patched from outside, each with its reason.
final class Refusals {

    private static final int CLASS = 4;
    private static final int MACHINE = 18;
    private static final int HEADER = 20;
    private static final int CLASS_32 = 1;
    private static final int X86_64 = 62;

    private Refusals() {}

    /// Checks all that can be known without touching the process.
    ///
    /// @throws NativePatchException if it cannot be patched
    static void check(long pid) {
        String state = ProcessFiles.status(pid, "State");
        if (state == null) {
            throw refused("there is no process " + pid + "; see ps -e");
        }
        String name = "process " + pid + " (" + ProcessFiles.status(pid, "Name") + ")";
        String group = ProcessFiles.status(pid, "Tgid");
        String tracer = ProcessFiles.status(pid, "TracerPid");
        long self = ProcessHandle.current().pid();
        if (group != null && !group.equals(Long.toString(pid))) {
            throw refused(pid + " is a thread of process " + group + "; give that number");
        }
        if (pid == self) {
            throw refused("process " + pid + " is Repoint itself");
        }
        if (state.startsWith("Z") || state.startsWith("X")) {
            throw refused(name + " has ended, and only waits for its parent to notice");
        }
        if ("1".equals(ProcessFiles.status(pid, "Kthread")) || ProcessFiles.status(pid, "VmSize") == null) {
            throw refused(name + " is a thread of the kernel; only programs can be patched");
        }
        if (Long.toString(self).equals(ProcessFiles.status(pid, "PPid"))) {
            throw refused(name + " is a child of this JVM, which would take its stops for its end;"
                    + " start it from a shell of its own (sh -c 'program &')");
        }
        if (tracer != null && !tracer.equals("0")) {
            throw refused(name + " cannot be traced" + ProcessFiles.howToPermit(pid));
        }
        String features = ProcessFiles.status(pid, "x86_Thread_features");
        if (features != null && features.contains("shstk")) {
            throw refused(
                    name + " has a shadow stack (CET); start it without" + " (GLIBC_TUNABLES=glibc.cpu.x86_shstk=off)");
        }
        machine(pid, name);
    }

    private static void machine(long pid, String name) {
        byte[] header;
        try (InputStream file = Files.newInputStream(Path.of("/proc/" + pid + "/exe"))) {
            header = file.readNBytes(HEADER);
        } catch (IOException e) {
            throw refused("the program of " + name + " cannot be read" + ProcessFiles.howToPermit(pid));
        }
        int machine = header.length == HEADER ? header[MACHINE] & 0xff | (header[MACHINE + 1] & 0xff) << 8 : 0;
        if (machine != X86_64 || header[CLASS] == CLASS_32) {
            throw refused(name + " runs a program for " + (header[CLASS] == CLASS_32 ? "32 bits" : "machine " + machine)
                    + "; only x86-64 can be patched from outside");
        }
    }

    /// Why memory cannot be opened for writing.
    static NativePatchException explain(long pid, CallFailedException e) {
        return refused("process " + pid + " cannot be changed: " + e.getMessage() + ProcessFiles.howToPermit(pid));
    }

    /// Why memory cannot be opened for reading.
    static NativePatchException unreadable(long pid, CallFailedException e) {
        return refused("process " + pid + " cannot be looked into: " + e.getMessage() + ProcessFiles.howToPermit(pid));
    }

    private static NativePatchException refused(String reason) {
        return NativePatchException.of("", reason);
    }
}
