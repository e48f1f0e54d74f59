package dev.repoint.cli.doctor;

import dev.repoint.agent.control.Change;
import dev.repoint.agent.control.RunningJvm;
import dev.repoint.cli.home.ChildJvm;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;

/// A JVM of the doctor's own, in which [ProbeMain] runs.
final class Probe implements AutoCloseable {

    private static final String KEY = ProbeMain.class.getName() + ".answer";
    private static final String CHANGED = "changed";

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;

    private final Thread stopper;

    private Probe(Process process) {
        this.stopper = new Thread(() -> ChildJvm.end(process), "doctor-stopper");
        Runtime.getRuntime().addShutdownHook(stopper);
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
    }

    /// Starts the JVM.
    ///
    /// @throws IOException if it cannot be started
    static Probe start() throws IOException {
        CodeSource source = ProbeMain.class.getProtectionDomain().getCodeSource();
        return new Probe(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+EnableDynamicAgentLoading",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        Path.of(URI.create(source.getLocation().toString())).toString(),
                        ProbeMain.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /// Attaches, retargets a method, and looks whether calls arrive where they should; then the same with
    /// `reset`.
    ///
    /// @return what was found, for people to read
    /// @throws IOException if the JVM does not answer, or otherwise than it should
    String retarget(Path agentJar) throws IOException {
        require("default", ask(ProbeMain.ASK));
        long begin = System.nanoTime();
        try (RunningJvm jvm = RunningJvm.connect(process.pid(), agentJar, progress -> {})) {
            jvm.set(List.of(new Change(KEY, "constant:" + CHANGED)), List.of());
            require(CHANGED, ask(ProbeMain.ASK));
            jvm.reset(List.of());
            require("default", ask(ProbeMain.ASK));
        }
        return "attached to a JVM, redirected and reset a method in " + (System.nanoTime() - begin) / 1_000_000 + " ms";
    }

    /// Has the JVM call a C function.
    ///
    /// @return what was found, for people to read
    /// @throws IOException if the JVM does not answer, or otherwise than it should
    String callNative() throws IOException {
        require(Long.toString(process.pid()), ask(ProbeMain.CALL_NATIVE));
        return "getpid";
    }

    @Override
    public void close() {
        ChildJvm.end(process);
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(stopper);
        } catch (IllegalStateException e) {
            // This process is ending, so the hook runs now.
        }
    }

    private String ask(String question) throws IOException {
        questions.write(question);
        questions.newLine();
        questions.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the JVM that was started for this test ended unexpectedly");
        }
        return answer;
    }

    private static void require(String expected, String found) throws IOException {
        if (!expected.equals(found)) {
            throw new IOException(
                    "the JVM that was started for this test answered '" + found + "' and not '" + expected + "'");
        }
    }
}
