package dev.repoint.maven;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/// The weaver in a separate process, on the JDK of the build.
///
/// @param jdk a JDK 17 or later
/// @param jars the weaver and the runtime
record WeaverProcess(JdkChoice.Jdk jdk, List<String> jars) {

    private static final String MAIN = "dev.repoint.weaver.build.Main";

    /// Sends a request, and waits for the answer.
    ///
    /// @throws MojoFailureException if the weaver refuses; the message is that of the weaver
    /// @throws MojoExecutionException if the weaver does not run
    Answer ask(Request request) throws MojoExecutionException, MojoFailureException {
        Answer answer;
        try {
            answer = Answer.read(run(request));
        } catch (IOException | IllegalArgumentException e) {
            throw new MojoExecutionException("the weaver on " + jdk.java() + " failed: " + e.getMessage(), e);
        }
        if (!answer.errors().isEmpty()) {
            throw new MojoFailureException(String.join("\n", answer.errors()));
        }
        return answer;
    }

    private List<String> run(Request request) throws IOException, MojoExecutionException {
        Path errors = Files.createTempFile("repoint-weaver", ".log");
        // The process is short-lived, so it uses the quick compiler and the simplest collector.
        Process process = new ProcessBuilder(
                        jdk.java().toString(),
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
            throw new MojoExecutionException("interrupted while the weaver ran", e);
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(errors);
        }
    }
}
