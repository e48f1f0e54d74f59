package dev.repoint.it.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.repoint.cli.Main;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands that start a JVM leave nothing in the folder for temporary files. Each runs in a namespace in which
/// `/tmp` is empty at first and belongs to it alone.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LeftoversTest {

    /// What the JVM itself keeps there.
    private static final String LIST = "; ls -A /tmp | grep -v '^hsperfdata_' || true";

    @BeforeAll
    static void mayMount() throws Exception {
        assumeThat(System.getProperty("user.name")).as("who may mount a folder").isEqualTo("root");
        assumeThat(run("true"))
                .as("unshare of the Debian package util-linux may make namespaces")
                .isEmpty();
    }

    private static List<String> run(String script) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder("unshare", "-m", "sh", "-c", "mount -t tmpfs tmpfs /tmp && " + script)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return List.of(e.toString());
        }
        List<String> lines = process.inputReader().lines().toList();
        process.waitFor();
        return lines;
    }

    private static String repoint(String arguments) {
        Path home = Path.of(System.getProperty("repoint.home")).toAbsolutePath().normalize();
        Path cli = home.resolve("cli").resolve("target");
        return Path.of(System.getProperty("java.home"), "bin", "java") + " -XX:TieredStopAtLevel=1 -Drepoint.home="
                + home
                + " --enable-native-access=ALL-UNNAMED -cp '" + cli.resolve("repoint-cli-0.1.0.jar")
                + File.pathSeparator + cli.resolve("lib") + "/*' " + Main.class.getName() + " " + arguments;
    }

    @ParameterizedTest
    @ValueSource(strings = {"doctor", "demo --seconds 4"})
    void nothingIsLeftWhenACommandHasEnded(String command) throws Exception {
        assertThat(run(repoint(command) + " > /dev/null 2>&1" + LIST)).isEmpty();
    }

    @Test
    void nothingIsLeftOfADemoThatIsInterrupted() throws Exception {
        // The first line says that its service runs; the end of the file, that both have ended.
        String demo = "mkfifo /tmp/lines; { exec " + repoint("demo --seconds 60") + "; } > /tmp/lines 2>&1 & "
                + "{ read -r line; kill -TERM $!; cat > /dev/null; } < /tmp/lines; wait; rm /tmp/lines";
        assertThat(run(demo + LIST)).isEmpty();
    }
}
