package dev.repoint.bench.nativeentry;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// A call of a function on which another tool has put something, in a program of its own.
final class Tools {

    private static final String FUNCTION = "add_probed";
    /// They fit into a slice of time that the kernel gives a program.
    private static final int CALLS = 200;
    private static final int TIMES = 101;
    private static final int CALLS_OF_GDB = 100;
    private static final int TIMES_OF_GDB = 3;

    private final Path program;
    /// One line for each tool that does not run here.
    private final List<String> missing = new ArrayList<>();

    Tools(Path program) {
        this.program = program;
    }

    List<String> missing() {
        return missing.stream().distinct().toList();
    }

    /// The counter of calls that the kernel offers, as `perf stat` uses it: the first byte of the function is a
    /// breakpoint, and the instruction that was there is run elsewhere or emulated.
    ///
    /// @return nanoseconds for each call; empty if the kernel refuses it
    OptionalDouble uprobe() throws IOException, InterruptedException {
        return nanos(
                "uprobe",
                run(List.of(
                        program.toString(),
                        Integer.toString(CALLS),
                        Integer.toString(TIMES),
                        program.toString(),
                        Long.toString(offset()))));
    }

    private long offset() throws IOException {
        try {
            ElfFile file = ElfFile.read(program);
            return file.offsetOf(file.symbols().named(FUNCTION).getFirst().value())
                    .orElseThrow()
                    .value();
        } catch (ElfException e) {
            throw new IOException(e);
        }
    }

    /// A breakpoint of the debugger gdb that goes on by itself, without a word.
    ///
    /// @return nanoseconds for each call; empty if there is no gdb, or it may not run programs
    OptionalDouble gdb() throws IOException, InterruptedException {
        Path script = Files.writeString(program.resolveSibling("breakpoint.gdb"), """
            break *%s
            commands
            silent
            continue
            end
            run
            info breakpoints
            """.formatted(FUNCTION));
        List<String> lines;
        try {
            lines = run(List.of(
                    "gdb",
                    "-nx",
                    "-q",
                    "-batch",
                    "-iex",
                    "set debuginfod enabled off",
                    "-x",
                    script.toString(),
                    "--args",
                    program.toString(),
                    Integer.toString(CALLS_OF_GDB),
                    Integer.toString(TIMES_OF_GDB)));
        } catch (IOException e) {
            missing.add("gdb is left out: install the package gdb.");
            return OptionalDouble.empty();
        }
        int hits = CALLS_OF_GDB * (TIMES_OF_GDB + 1);
        if (lines.stream().noneMatch(each -> each.contains("already hit " + hits + " times"))) {
            missing.add("gdb is left out: it did not stop at each of " + hits + " calls: "
                    + (lines.isEmpty() ? "" : lines.getLast()) + ".");
            return OptionalDouble.empty();
        }
        return nanos("gdb", lines);
    }

    private OptionalDouble nanos(String tool, List<String> lines) {
        for (String line : lines) {
            if (line.startsWith("nanos ")) {
                return OptionalDouble.of(Double.parseDouble(line.substring(6)));
            }
        }
        missing.add(tool + " is left out: it was " + (lines.isEmpty() ? "silent" : lines.getLast()) + ".");
        return OptionalDouble.empty();
    }

    private static List<String> run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        process.waitFor();
        return lines;
    }
}
