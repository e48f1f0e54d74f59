package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.agent.control.RunningJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// 200 class loaders with patchables, fields, targets and offers come and go in one JVM, which has memory for a
/// few of them. All are collected, and the program's own patchables are back at their defaults.
class LoadersComeAndGoTest {

    /// Each guest holds a megabyte of heap and some hundred kilobytes of classes.
    private static final String[] LITTLE_MEMORY = {"-Xmx48m", "-XX:MaxMetaspaceSize=48m", "-XX:+UseSerialGC"};

    @TempDir
    static Path folder;

    private static Path hotel;
    private static Path guest;
    private static Path wovenHotel;
    private static Path wovenGuest;

    @BeforeAll
    static void makeJars() throws IOException {
        Sources sources = new Sources(folder);
        Path hotelClasses = sources.compile("hotel", List.of("-cp", Jvm.RUNTIME.toString()), Hotel.HOTEL);
        hotel = sources.jar(hotelClasses, "");
        Path guestClasses = sources.compile(
                "guest", List.of("-cp", Jvm.RUNTIME + File.pathSeparator + hotelClasses), Hotel.GUEST, Hotel.WELCOME);
        Path services = Files.createDirectories(guestClasses.resolve("META-INF/services"));
        Files.writeString(services.resolve("dev.repoint.TargetProvider"), "guest.Welcome\n");
        wovenHotel = Sources.woven(hotel);
        guest = sources.jar(guestClasses, "");
        wovenGuest = Sources.woven(guest);
    }

    private static Jvm start(Path program, Path plugin, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(LITTLE_MEMORY));
        all.addAll(List.of(options));
        return Jvm.start(
                List.of("-cp", Jvm.RUNTIME + File.pathSeparator + program, "acme.Hotel", plugin.toString()),
                all.toArray(String[]::new));
    }

    private static void assertAllGone(Jvm jvm) throws IOException {
        assertThat(jvm.ask("gone")).isEqualTo("200 of 200");
        assertThat(jvm.ask("hotel"))
                .as("what guests had brought went with them")
                .isEqualTo("20 15 hello 7");
        assertThat(jvm.ask("keys")).isEqualTo("breakfast greeting rate");
        assertThat(jvm.ask("note rate")).isEqualTo("default; the offer guest.Guest.reduced went with its class loader");
        assertThat(jvm.errors()).isEmpty();
    }

    @Test
    void guestsThatWereWovenBeforeAreCollected() throws IOException {
        try (Jvm jvm = start(wovenHotel, wovenGuest)) {
            assertThat(jvm.ask("stay 200")).isEqualTo("200 were here");
            assertAllGone(jvm);
        }
    }

    @Test
    void guestsThatTheAgentWeavesAreCollected() throws IOException {
        Path report = folder.resolve("report.txt");
        try (Jvm jvm = start(hotel, wovenGuest, Jvm.agent("patchable=guest.**;guest.**:*,report=" + report))) {
            assertThat(jvm.ask("stay 200")).isEqualTo("200 were here");
            assertAllGone(jvm);
        }
    }

    @Test
    void guestsThatAreRetargetedFromOutsideAreCollected() throws IOException {
        try (Jvm jvm = start(wovenHotel, wovenGuest)) {
            assertThat(jvm.ask("stay 40")).isEqualTo("40 were here");
            assertThat(jvm.ask("tip")).isEqualTo("1");
            jvm.set("guest.Guest.tip=constant:3");
            assertThat(jvm.ask("tip")).as("of a guest that is there").isEqualTo("3");
            assertThat(jvm.ask("stay 80")).isEqualTo("120 were here");
            assertThat(jvm.ask("tip")).as("of one that came later").isEqualTo("3");
            jvm.reset("guest.Guest.tip");
            assertThat(jvm.ask("tip")).isEqualTo("1");
            assertThat(jvm.ask("stay 80")).isEqualTo("200 were here");
            assertAllGone(jvm);
            try (RunningJvm running = jvm.connect()) {
                assertThat(running.status().stream().map(status -> status.key()).toList())
                        .noneMatch(key -> key.startsWith("guest."));
            }
        }
    }
}
