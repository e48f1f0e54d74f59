package dev.repoint.it.jdks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Woven classes, without the agent.
class WovenTest {

    private static final String SHOP = "dev.repoint.it.jdks.Shop";

    @TempDir
    Path folder;

    @Test
    void wovenClassesFollowThePolicy() throws IOException {
        Path policy = Files.writeString(
                folder.resolve("policy"),
                SHOP + ".price = " + SHOP + ".sum\n" + SHOP + ".discount = true\n" + SHOP + ".twice = constant:9\n");
        try (Jvm jvm = Jvm.start(List.of(Jvm.WOVEN, Jvm.RUNTIME), "-Drepoint.policy=" + policy, SHOP)) {
            assertThat(jvm.line()).isEqualTo("up");
            assertThat(jvm.ask("price")).isEqualTo("7");
            assertThat(jvm.ask("discount")).isEqualTo("true");
            assertThat(jvm.ask("lambda")).isEqualTo("9");
            assertThat(jvm.ask("virtual")).isEqualTo("5");
            assertThat(jvm.end()).startsWith("0 ");
        }
    }

    @Test
    void aWovenLibraryIsAcceptedByTheVerifierAndWorks() {
        String guava = System.getProperty("it.guava", "");
        try (Jvm jvm = Jvm.start(
                List.of(guava, Jvm.RUNTIME, Jvm.classes()), "-Xverify:all", "dev.repoint.it.jdks.Loads", guava)) {
            assertThat(jvm.line()).matches("loaded [0-9]{4} classes, 3628800");
            assertThat(jvm.end()).startsWith("0 ");
        }
    }
}
