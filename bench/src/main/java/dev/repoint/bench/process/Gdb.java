package dev.repoint.bench.process;

import dev.repoint.elf.ElfFile;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.site.Collector;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.Site;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The same change made by the debugger gdb in batch mode: the displacement of every call, written into the
/// program.
final class Gdb {

    private static final int CALL_LENGTH = 5;

    private final Path program;
    private final Target target;
    private final List<Long> calls = new ArrayList<>();

    /// @param program that the target runs
    /// @param target the running program
    Gdb(Path program, Target target) throws IOException {
        this.program = program;
        this.target = target;
        Patchable hook = Collector.collect(ElfFile.read(program))
                .find(NativeKey.parse("hook"))
                .orElseThrow();
        long bias = target.addOne() - hook.address().value();
        for (Site site : hook.sites()) {
            if (site.kind() == SiteKind.CALL) {
                calls.add(bias + site.address().value());
            }
        }
        calls.sort(Long::compare);
    }

    /// What is missing to run it.
    ///
    /// @return one line; empty if nothing is
    static String missing() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, "gdb"))) {
                return "";
            }
        }
        return "gdb is left out: install the package gdb";
    }

    /// How many calls it changes.
    int size() {
        return calls.size();
    }

    /// Leads all calls to a function, with one `set var` for each.
    void setEach(long function) throws IOException, InterruptedException {
        StringBuilder commands = new StringBuilder();
        for (long call : calls) {
            commands.append("set var *(int *) ")
                    .append(call + 1)
                    .append(" = ")
                    .append(displacement(call, function))
                    .append('\n');
        }
        Path script = Files.writeString(program.resolveSibling("each.gdb"), commands);
        run("-p", Long.toString(target.pid()), "-x", script.toString());
    }

    /// Leads all calls to a function, as fast as gdb can: the symbols of the program are read before it stops
    /// it, those of libraries are not read at all, and everything from the first call to the last is written at
    /// once.
    void setAtOnce(long function) throws IOException, InterruptedException {
        long first = calls.getFirst();
        byte[] image = new byte[Math.toIntExact(calls.getLast() + CALL_LENGTH - first)];
        try (RandomAccessFile memory = new RandomAccessFile("/proc/" + target.pid() + "/mem", "r")) {
            memory.seek(first);
            memory.readFully(image);
        }
        ByteBuffer bytes = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        for (long call : calls) {
            bytes.putInt(Math.toIntExact(call + 1 - first), displacement(call, function));
        }
        Path file = Files.write(program.resolveSibling("image"), image);
        run(
                "-iex",
                "set auto-solib-add off",
                "-iex",
                "set auto-load libthread-db off",
                program.toString(),
                "-p",
                Long.toString(target.pid()),
                "-ex",
                "restore " + file + " binary " + first);
    }

    private static int displacement(long call, long function) {
        return Math.toIntExact(function - call - CALL_LENGTH);
    }

    private static void run(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("gdb", "-nx", "-q", "-batch", "-iex", "set debuginfod enabled off"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + said);
        }
    }
}
