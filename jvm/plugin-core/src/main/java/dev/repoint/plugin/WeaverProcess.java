package dev.repoint.plugin;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The weaver in a separate process, on the JDK of the build.
///
/// @param java the command of a JDK 17 or later
/// @param jars the weaver and the runtime
public record WeaverProcess(Path java, List<String> jars) {

    private static final String MAIN = "dev.repoint.weaver.build.Main";

    /// Copies the list.
    public WeaverProcess {
        jars = List.copyOf(jars);
    }

    /// Sends a request, and waits for the answer.
    ///
    /// @param request what to do
    /// @return the answer, without errors
    /// @throws Refusal if the weaver refuses; the message is that of the weaver
    /// @throws IOException if the weaver does not run
    public Answer ask(Request request) throws IOException, Refusal {
        Answer answer;
        try {
            answer = Answer.read(run(request));
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("the weaver on " + java + " failed: " + e.getMessage(), e);
        }
        if (!answer.errors().isEmpty()) {
            throw new Refusal(String.join("\n", answer.errors()));
        }
        return answer;
    }

    private List<String> run(Request request) throws IOException {
        Path errors = Files.createTempFile("repoint-weaver", ".log");
        // The process is short-lived, so it uses the quick compiler and the simplest collector.
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-XX:-UsePerfData",
                        "-cp",
                        String.join(File.pathSeparator, jars),
                        MAIN)
                .redirectError(errors.toFile())
                .start();
        try {
            // The weaver reads the whole request before it writes, so neither process waits for the other.
            try (OutputStream in = process.getOutputStream()) {
                in.write(request.toString().getBytes(StandardCharsets.UTF_8));
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException("its exit code is " + status + "; "
                        + Files.readString(errors).strip());
            }
            return text.lines().toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the weaver ran");
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(errors);
        }
    }
}
