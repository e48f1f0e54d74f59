package dev.repoint.linux;

import dev.repoint.elf.ElfFile;
import dev.repoint.fixtures.ChildJvm;
import dev.repoint.fixtures.Run;
import dev.repoint.linux.poke.Poker;
import dev.repoint.machine.Architectures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Runs programs of these tests, each in a JVM of its own.
public final class OwnJvm {

    private static final ChildJvm JVM = new ChildJvm(Poker.class, Architectures.class, ElfFile.class);

    private OwnJvm() {}

    /// Runs a program and waits for its end.
    ///
    /// @param folder where it runs, and where a crash leaves its report
    public static Run run(Path folder, Class<?> program, String... arguments) throws IOException {
        return JVM.run(folder, program, arguments);
    }

    /// Starts a program.
    ///
    /// @param folder where it runs
    public static Process start(Path folder, Class<?> program, String... arguments) throws IOException {
        return new ProcessBuilder(command(program, arguments))
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// What starts a program.
    public static List<String> command(Class<?> program, String... arguments) {
        return JVM.command(program, arguments);
    }

    /// Runs a program that has to end well.
    ///
    /// @return the last line that it prints
    public static String succeeding(Path folder, Class<?> program, String... arguments) throws IOException {
        return JVM.succeeding(folder, program, arguments);
    }
}
