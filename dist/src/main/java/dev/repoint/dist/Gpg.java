package dev.repoint.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The program `gpg` with keys of its own, in a folder that is deleted at the end.
final class Gpg implements AutoCloseable {

    private final Path home;

    private Gpg(Path home) {
        this.home = home;
    }

    /// With a new key that lives until [#close].
    static Gpg withNewKey() throws IOException {
        Gpg gpg = new Gpg(Files.createTempDirectory("repoint-gpg"));
        gpg.run("--passphrase", "", "--quick-gen-key", "Repoint, a dry run", "rsa3072", "sign", "1d");
        return gpg;
    }

    /// With a public key, to verify.
    static Gpg withKey(Path key) throws IOException {
        Gpg gpg = new Gpg(Files.createTempDirectory("repoint-gpg"));
        gpg.run("--import", key.toString());
        return gpg;
    }

    /// Writes the public key.
    void export(Path file) throws IOException {
        Files.deleteIfExists(file);
        run("--armor", "--output", file.toString(), "--export");
    }

    /// The signature of a file.
    String sign(Path file) throws IOException {
        return run("--armor", "--output", "-", "--detach-sign", file.toString());
    }

    /// Whether a signature is that of a file by the key.
    boolean verifies(byte[] signature, byte[] content) throws IOException {
        Path file = Files.write(home.resolve("content"), content);
        Path mark = Files.write(home.resolve("content.asc"), signature);
        return start(List.of("--verify", mark.toString(), file.toString())).exit() == 0;
    }

    private record Outcome(int exit, String output) {}

    private String run(String... arguments) throws IOException {
        Outcome outcome = start(List.of(arguments));
        if (outcome.exit() != 0) {
            throw new IOException("gpg " + String.join(" ", arguments) + ": exit code " + outcome.exit());
        }
        return outcome.output();
    }

    private Outcome start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("gpg", "--homedir", home.toString(), "--batch", "--quiet"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.to(home.resolve("errors").toFile()))
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Outcome(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /// Ends gpg's agent, and deletes the keys.
    @Override
    public void close() throws IOException {
        try {
            Process agent = new ProcessBuilder("gpgconf", "--homedir", home.toString(), "--kill", "gpg-agent")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            int unused = agent.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> all = Files.walk(home)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
