package dev.repoint.it.languages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program in a JVM of its own, which answers each line with a line.
final class Programs implements AutoCloseable {

    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Process process;
    private final BufferedReader out;
    private final PrintWriter in;

    private Programs(Process process) {
        this.process = process;
        this.out = process.inputReader();
        this.in = new PrintWriter(process.outputWriter(), true);
    }

    static Programs start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(JAVA, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading"));
        command.addAll(List.of(arguments));
        return new Programs(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    String pid() {
        return Long.toString(process.pid());
    }

    String ask() throws IOException {
        in.println("go");
        return String.valueOf(out.readLine());
    }

    /// Types a command.
    ///
    /// @return what it wrote, to both outputs; it ended with 0
    static String repoint(String... arguments) {
        StringWriter written = new StringWriter();
        int exit = Main.run(new PrintWriter(written, true), new PrintWriter(written, true), arguments);
        assertThat(exit).as(written.toString()).isZero();
        return written.toString();
    }

    /// Types a command that fails.
    static String refused(String... arguments) {
        StringWriter written = new StringWriter();
        int exit = Main.run(new PrintWriter(written, true), new PrintWriter(written, true), arguments);
        assertThat(exit).as(written.toString()).isEqualTo(1);
        return written.toString();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
