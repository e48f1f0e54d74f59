package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.repoint.agent.control.Change;
import dev.repoint.agent.control.RunningJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A JVM that has another root than the command, as one in a container has. Its root is a folder into which
/// what Java needs is mounted; the mounts go with the process.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OtherRootTest {

    private static final String JAVA_HOME = System.getProperty("java.home");

    @TempDir
    static Path folder;

    private static Path root;

    @BeforeAll
    static void makeRoot() throws Exception {
        assumeThat(System.getProperty("user.name"))
                .as("who may make another root")
                .isEqualTo("root");
        assumeThat(runs("unshare", "-m", "-p", "-f", "true"))
                .as("unshare of the Debian package util-linux may make namespaces")
                .isTrue();
        root = Files.createDirectory(folder.resolve("root"));
        for (String each : List.of("tmp", "proc", JAVA_HOME.substring(1))) {
            Files.createDirectories(root.resolve(each));
        }
        for (String each : List.of("/usr", "/lib", "/lib64", "/bin")) {
            Path path = Path.of(each);
            if (Files.isSymbolicLink(path)) {
                Files.createSymbolicLink(root.resolve(each.substring(1)), Files.readSymbolicLink(path));
            } else if (Files.isDirectory(path)) {
                Files.createDirectories(root.resolve(each.substring(1)));
            }
        }
        new Sources(root).compile("app", Programs.SHOP, Programs.SALE, Programs.LATE);
    }

    private static boolean runs(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// A process in the other root.
    private record Inside(Process process, BufferedReader out) implements AutoCloseable {

        static Inside start(String namespaces, String... options) throws IOException {
            StringBuilder script = new StringBuilder("set -e;");
            for (String each : List.of("/usr", "/lib", "/lib64", JAVA_HOME)) {
                if (Files.isDirectory(Path.of(each)) && !Files.isSymbolicLink(Path.of(each))) {
                    script.append(" mount --bind ")
                            .append(each)
                            .append(' ')
                            .append(root)
                            .append(each)
                            .append(';');
                }
            }
            script.append(" mount -t proc proc ")
                    .append(root)
                    .append("/proc; exec chroot ")
                    .append(root);
            script.append(' ').append(JAVA_HOME).append("/bin/java ").append(String.join(" ", options));
            script.append(" -cp /app acme.Shop");
            List<String> command = new ArrayList<>(List.of("unshare"));
            command.addAll(List.of(namespaces.split(" ")));
            command.addAll(List.of("sh", "-c", script.toString()));
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Inside(process, process.inputReader());
        }

        String ask(String question) throws IOException {
            process.outputWriter().append(question).append('\n').flush();
            return out.readLine();
        }

        /// As the process is called from here.
        long pid() {
            return process.descendants().findFirst().map(ProcessHandle::pid).orElse(process.pid());
        }

        RunningJvm connect() {
            return RunningJvm.connect(pid(), Jvm.AGENT, line -> {});
        }

        @Override
        public void close() throws IOException {
            process.outputWriter().close(); // the program ends with its input, and clears away what it has
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<String> temporary() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("tmp"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("hsperfdata"))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-m", "-m -p -f --kill-child"})
    void aJvmInAnotherRootIsPatchedAndTheAgentsJarIsTakenAwayAgain(String namespaces) throws IOException {
        try (Inside jvm = Inside.start(namespaces)) {
            assertThat(jvm.ask("price")).isEqualTo("7");
            try (RunningJvm running = jvm.connect()) {
                running.set(List.of(new Change("acme.Shop.price(int)", "acme.Sale.price")), List.of());
            }
            assertThat(jvm.ask("price")).isEqualTo("107");
            assertThat(temporary()).noneMatch(name -> name.endsWith(".jar"));
            try (RunningJvm running = jvm.connect()) {
                assertThat(running.set(List.of(new Change("acme.Late.value", "constant:5")), List.of()))
                        .hasSize(1);
                assertThat(running.status()).hasSize(2);
            }
            assertThat(jvm.ask("late")).isEqualTo("5");
        }
        assertThat(temporary()).isEmpty();
    }

    @Test
    void nothingIsLeftThereByACommandThatIsRefused() throws IOException {
        try (Inside jvm = Inside.start("-m", "-XX:-EnableDynamicAgentLoading")) {
            assertThat(jvm.ask("price")).isEqualTo("7");
            assertThatThrownBy(jvm::connect).hasMessageContaining("-XX:-EnableDynamicAgentLoading");
            assertThat(temporary()).noneMatch(name -> name.endsWith(".jar"));
        }
        assertThat(temporary()).isEmpty();
    }

    @Test
    void aClassPathThatIsNotVisibleThereIsRefusedByName() throws IOException {
        try (Inside jvm = Inside.start("-m")) {
            assertThat(jvm.ask("price")).isEqualTo("7");
            try (RunningJvm running = jvm.connect()) {
                assertThatThrownBy(() ->
                                running.set(List.of(new Change("acme.Shop.price(int)", "a.B.c")), List.of(folder)))
                        .hasMessageContaining("class path " + folder + ": process " + jvm.pid())
                        .hasMessageContaining("does not see it");
            }
            assertThat(jvm.ask("price")).isEqualTo("7");
        }
    }
}
