package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator finds afterwards: in the recording of the flight recorder, and in the log.
class RecordingTest {

    @TempDir
    static Path folder;

    private static String shop;

    @BeforeAll
    static void compile() {
        shop = new Sources(folder)
                .compile("shop", Programs.SHOP, Programs.SALE, Programs.LATE)
                .toString();
    }

    @Test
    void patchesAndLinksAreInTheRecording() throws Exception {
        Path file = folder.resolve("shop.jfr");
        try (Jvm jvm = Jvm.start(
                Jvm.agent("patchable=acme.Shop.*,policy=acme.Shop.label=acme.Sale.label"),
                "-XX:StartFlightRecording:filename=" + file,
                "-cp",
                shop,
                "acme.Shop")) {
            assertThat(jvm.read()).contains("Started recording"); // the recorder's own words, on the program's output
            jvm.read();
            jvm.read();
            assertThat(jvm.ask("price")).isEqualTo("7");
            assertThat(jvm.ask("label")).isEqualTo("sale 7");
            jvm.set("acme.Shop.price(int)=acme.Sale.price", "acme.Shop.audit=nothing");
            assertThat(jvm.ask("price")).isEqualTo("107");
            jvm.reset("acme.Shop.price(int)");
            assertThat(jvm.end()).isZero();
        }

        List<RecordedEvent> patches = events(file, "dev.repoint.Patch");
        assertThat(patches)
                .extracting(event -> event.getString("key") + ": " + event.getString("oldTarget") + " -> "
                        + event.getString("newTarget") + ", " + event.getInt("sites"))
                .containsExactlyInAnyOrder(
                        "acme.Shop.price(int): default -> acme.Sale.price, 1",
                        "acme.Shop.audit(java.lang.StringBuilder): default -> nothing, 0",
                        "acme.Shop.price(int): acme.Sale.price -> default, 1");
        assertThat(patches).extracting(event -> event.getLong("patch")).containsExactlyInAnyOrder(1L, 1L, 2L);
        assertThat(patches).allSatisfy(event -> {
            assertThat(event.getDuration()).isPositive();
            assertThat(event.getStackTrace().getFrames()).isNotEmpty();
        });
        assertThat(events(file, "dev.repoint.Link"))
                .extracting(event -> event.getString("key") + " " + event.getString("kind") + " in "
                        + event.getClass("caller").getName() + " -> " + event.getString("target"))
                .contains(
                        "acme.Shop.price(int) entry in acme.Shop -> default",
                        "acme.Shop.label(int) entry in acme.Shop -> acme.Sale.label")
                .noneMatch(line -> line.startsWith("acme.Shop.audit"));
    }

    @Test
    void theLogTellsOfPatchesIfAskedTo() throws Exception {
        try (Jvm jvm = Jvm.start("-Drepoint.log=info", Jvm.agent("patchable=acme.Shop.*"), "-cp", shop, "acme.Shop")) {
            assertThat(jvm.ask("price")).isEqualTo("7");
            jvm.set("acme.Shop.price(int)=acme.Sale.price");
            assertThat(jvm.end()).isZero();
            assertThat(jvm.errors()).contains("INFO: acme.Shop.price(int): default -> acme.Sale.price");
        }
    }

    @Test
    void aValueWithEndsOfLinesIsOneLineOfTheLog() throws Exception {
        try (Jvm jvm = Jvm.start("-Drepoint.log=info", Jvm.agent("patchable=acme.Shop.*"), "-cp", shop, "acme.Shop")) {
            assertThat(jvm.ask("label")).isNotEmpty();
            jvm.set("acme.Shop.label=constant:x\nSEVERE: forged\u001b[2J");
            assertThat(jvm.end()).isZero();
            assertThat(jvm.errors())
                    .noneMatch(line -> line.startsWith("SEVERE: forged"))
                    .anyMatch(line -> line.contains("x\\nSEVERE: forged\\u001b[2J"));
        }
    }

    @Test
    void aLevelThatThereIsNotIsToldAndTakenForInfo() throws Exception {
        try (Jvm jvm = Jvm.start("-Drepoint.log=loud", Jvm.agent("patchable=acme.Shop.*"), "-cp", shop, "acme.Shop")) {
            assertThat(jvm.ask("price")).isEqualTo("7");
            jvm.set("acme.Shop.price(int)=acme.Sale.price");
            assertThat(jvm.end()).isZero();
            assertThat(jvm.errors())
                    .contains("INFO: acme.Shop.price(int): default -> acme.Sale.price")
                    .anyMatch(line -> line.contains("repoint.log=loud is no level"));
        }
    }

    static List<RecordedEvent> events(Path file, String name) throws Exception {
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }
}
