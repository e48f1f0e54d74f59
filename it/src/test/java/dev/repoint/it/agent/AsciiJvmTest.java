package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.agent.control.Change;
import dev.repoint.agent.control.ControlException;
import dev.repoint.agent.control.RunningJvm;
import java.io.BufferedReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A program in the C locale, as cron and containers start it: its JVM can name files in ASCII only.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class AsciiJvmTest {

    @TempDir
    private Path folder;

    @Test
    void itIsPatchedByAnAgentThatItCannotName() throws Exception {
        Assumptions.assumeTrue(
                "UTF-8".equals(System.getProperty("sun.jnu.encoding")),
                "this JVM cannot name such files: run the tests with LC_ALL=C.UTF-8");
        Sources sources = new Sources(folder);
        Path shop = sources.compile("shop", Programs.SHOP, Programs.SALE, Programs.LATE);
        Path odd = Files.createDirectory(folder.resolve("caf\u00e9"));
        Path agent = Files.copy(Jvm.AGENT, odd.resolve("agent.jar"));
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:+EnableDynamicAgentLoading",
                        "-cp",
                        shop.toString(),
                        "acme.Shop")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try (BufferedReader out = process.inputReader();
                Writer in = process.outputWriter()) {
            assertThat(ask("price", in, out)).isEqualTo("7");
            try (RunningJvm jvm = RunningJvm.connect(process.pid(), agent, line -> {})) {
                jvm.set(List.of(new Change("acme.Shop.label", "acme.Sale.label")), List.of());
                assertThat(ask("label", in, out)).isEqualTo("sale 7");
                assertThatThrownBy(
                                () -> jvm.set(List.of(new Change("acme.Shop.label", "acme.Sale.label")), List.of(odd)))
                        .isInstanceOf(ControlException.class)
                        .hasMessageContaining("the program runs in the encoding ANSI_X3.4-1968, which cannot name it");
                assertThat(ask("label", in, out)).isEqualTo("sale 7");
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static String ask(String line, Writer in, BufferedReader out) throws Exception {
        in.write(line + "\n");
        in.flush();
        return out.readLine();
    }
}
