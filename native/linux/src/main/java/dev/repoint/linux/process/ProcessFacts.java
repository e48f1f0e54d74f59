package dev.repoint.linux.process;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.platform.Processors;
import dev.repoint.linux.ptrace.ProcessFiles;
import dev.repoint.linux.refusal.ProcessRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A process as the kernel describes it in `/proc/PID` (`proc(5)`), without access to its memory. Immutable.
///
/// @param pid         its id
/// @param name        of its program, up to 15 characters
/// @param state       such as `R (running)` or `Z (zombie)`
/// @param group       its process: another id if this one is that of a thread
/// @param parent      the process that started it
/// @param user        the number of its user
/// @param tracer      the process that debugs it; 0 if none does
/// @param tracerName  the name of its program; empty if there is none
/// @param threads     the number of its threads
/// @param hasShadowStack whether the CPU checks its returns (CET)
/// @param program     the kind of its program
public record ProcessFacts(
        long pid,
        String name,
        String state,
        long group,
        long parent,
        long user,
        long tracer,
        String tracerName,
        int threads,
        boolean hasShadowStack,
        Program program) {

    /// The kind of program of a process.
    public enum Program {
        /// One that Repoint can look into: 64 bits, for the processor that we run on.
        FITTING(Processors.remote().machine().text()),
        /// None: it is a thread of the kernel.
        KERNEL("kernel thread"),
        /// None any more: it has ended, and its parent has not asked how.
        ENDED("ended"),
        /// One of 32 bits.
        NARROW("32 bits"),
        /// One for another machine.
        FOREIGN("another machine"),
        /// It must not be looked at.
        HIDDEN("not permitted");

        private final String text;

        Program(String text) {
            this.text = text;
        }

        /// As people read it.
        public String text() {
            return text;
        }
    }

    private static final int ELF_CLASS = 4;
    private static final int ELF_CLASS_64 = 2;
    private static final int ELF_MACHINE = 18;

    /// Asks the kernel.
    ///
    /// @throws NativePatchException if there is no such process
    public static ProcessFacts of(long pid) {
        Path folder = Path.of("/proc", Long.toString(pid));
        Map<String, String> status = status(folder);
        if (status.isEmpty()) {
            throw ProcessRefusal.of(
                    "",
                    "there is no process " + pid
                            + "; 'ps -e' lists those that run, and in a container only its own can be seen");
        }
        long tracer = number(status, "TracerPid");
        return new ProcessFacts(
                pid,
                status.getOrDefault("Name", ""),
                status.getOrDefault("State", ""),
                number(status, "Tgid"),
                number(status, "PPid"),
                number(status, "Uid"),
                tracer,
                tracer == 0
                        ? ""
                        : status(Path.of("/proc", Long.toString(tracer))).getOrDefault("Name", ""),
                (int) number(status, "Threads"),
                status.getOrDefault("x86_Thread_features", "").contains("shstk"),
                program(folder, status));
    }

    /// Whether an id is that of a thread which is not the first of its process.
    ///
    /// @return false as well if there is no such thread
    static boolean isThread(long id) {
        long group = number(status(Path.of("/proc", Long.toString(id))), "Tgid");
        return group != 0 && group != id;
    }

    /// The reason for which nothing of it can be read; empty if it can.
    public Optional<String> obstacle() {
        if (group != pid) {
            return Optional.of(pid + " is a thread of process " + group + "; write " + group);
        }
        return switch (program) {
            case FITTING -> Optional.empty();
            case KERNEL -> Optional.of(title() + " is a thread of the kernel, which has no program to patch");
            case ENDED ->
                Optional.of(title() + " has ended: it is a zombie that process " + parent + " has not waited for");
            case NARROW -> Optional.of(title() + " runs a program of 32 bits; Repoint patches programs of 64 bits");
            case FOREIGN ->
                Optional.of(title() + " runs a program for another machine than "
                        + Processors.remote().machine().text() + ", the one that can be patched while it runs");
            case HIDDEN -> Optional.of(notPermitted());
        };
    }

    /// The reason for which it cannot be patched, also where it can be read; empty if it can.
    public Optional<String> obstacleToPatching() {
        Optional<String> reading = obstacle();
        if (reading.isPresent()) {
            return reading;
        }
        long self = ProcessHandle.current().pid();
        if (pid == self) {
            return Optional.of("process " + pid + " is Repoint itself");
        }
        if (parent == self) {
            return Optional.of(title() + " is a child of this JVM, which would take its stops for its end;"
                    + " start it from a shell of its own (sh -c 'program &')");
        }
        if (tracer != 0) {
            return Optional.of(title() + " cannot be traced" + ProcessFiles.howToPermit(pid));
        }
        return hasShadowStack
                ? Optional.of(title() + " has a shadow stack (CET); start it without"
                        + " (GLIBC_TUNABLES=glibc.cpu.x86_shstk=off)")
                : Optional.empty();
    }

    private String title() {
        return "process " + pid + " (" + name + ")";
    }

    /// The reason for which a process must not be looked into, with what to do.
    private String notPermitted() {
        String scope = text(Path.of("/proc/sys/kernel/yama/ptrace_scope")).strip();
        String reason = title() + " of user " + user + " must not be looked into by this user";
        return scope.equals("2") || scope.equals("3")
                ? reason + ": kernel.yama.ptrace_scope is " + scope
                        + (scope.equals("2") ? "; run repoint as root" : ", which lasts until the next start")
                : number(status(Path.of("/proc/self")), "Uid") == user
                        ? reason + ", the same one: it has rights that this command lacks, or keeps debuggers out"
                                + " (PR_SET_DUMPABLE of prctl); run repoint as root, in a container with"
                                + " --cap-add=SYS_PTRACE"
                        : reason + "; run repoint as that user or as root, in a container with --cap-add=SYS_PTRACE";
    }

    private static Program program(Path folder, Map<String, String> status) {
        if (status.getOrDefault("State", "").startsWith("Z")) {
            return Program.ENDED;
        }
        if (!status.containsKey("VmSize") || status.getOrDefault("Kthread", "0").equals("1")) {
            return Program.KERNEL;
        }
        byte[] start = new byte[ELF_MACHINE + 2];
        try (var file = Files.newInputStream(folder.resolve("exe"))) {
            if (file.readNBytes(start, 0, start.length) < start.length) {
                return Program.FOREIGN;
            }
        } catch (IOException e) {
            return Program.HIDDEN;
        }
        if (start[ELF_CLASS] != ELF_CLASS_64) {
            return Program.NARROW;
        }
        int machine = start[ELF_MACHINE] & 0xff | (start[ELF_MACHINE + 1] & 0xff) << Byte.SIZE;
        return machine == Processors.remote().machineNumber() ? Program.FITTING : Program.FOREIGN;
    }

    private static long number(Map<String, String> status, String name) {
        String[] words = status.getOrDefault(name, "0").split("\\s+", -1);
        return Long.parseLong(words[0]);
    }

    private static Map<String, String> status(Path folder) {
        Map<String, String> status = new HashMap<>();
        for (String line : text(folder.resolve("status")).lines().toList()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                status.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return status;
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // it is not there, or was a moment ago
        }
    }
}
