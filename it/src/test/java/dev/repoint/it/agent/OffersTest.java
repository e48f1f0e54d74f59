package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A woven program whose targets come with other jars. There is no agent, unless a test says so.
class OffersTest {

    @TempDir
    static Path folder;

    private static Path till;
    private static Path fast;
    private static Path made;

    @BeforeAll
    static void makeJars() throws IOException {
        Sources sources = new Sources(folder);
        List<String> withRuntime = List.of("-cp", Jvm.RUNTIME.toString());
        till = Sources.woven(sources.jar(sources.compile("till", withRuntime, Programs.TILL), ""));
        fast = Sources.woven(sources.jar(sources.compile("fast", withRuntime, Programs.FAST), ""));
        Path maker = sources.compile("made", withRuntime, Programs.MAKER);
        Path services = Files.createDirectories(maker.resolve("META-INF/services"));
        Files.writeString(services.resolve("dev.repoint.TargetProvider"), "fast.Maker\n");
        made = sources.jar(maker, "");
    }

    private static String path(Path... jars) {
        return String.join(
                File.pathSeparator, List.of(jars).stream().map(Path::toString).toList());
    }

    @Test
    void theBestSupportedOfferOfAnotherJarIsChosen() throws IOException {
        try (Jvm jvm = Jvm.start("-cp", path(Jvm.RUNTIME, till, fast, made), "acme.Till")) {
            assertThat(jvm.ask("total")).isEqualTo("304");
            assertThat(jvm.ask("label")).isEqualTo("made 7");
            assertThat(jvm.ask("note total"))
                    .isEqualTo("fast.Fast.total; offer fast.Fast.total(int,int) (priority 10);"
                            + " not fast.Fast.impossible(int,int) (priority 30): needs cpu no_such_feature;"
                            + " not fast.Fast.best(int,int) (priority 20): needs property fast.best");
            assertThat(jvm.ask("note label")).isEqualTo("Maker's label; offer Maker's label (priority 0)");
            assertThat(jvm.errors()).isEmpty();
        }
        try (Jvm jvm = Jvm.start("-Dfast.best=", "-cp", path(Jvm.RUNTIME, till, fast), "acme.Till")) {
            assertThat(jvm.ask("total")).isEqualTo("3004");
        }
        try (Jvm jvm =
                Jvm.start("-Drepoint.cpu=no_such_feature,avx2", "-cp", path(Jvm.RUNTIME, till, fast), "acme.Till")) {
            assertThat(jvm.ask("total")).as("the listed features").isEqualTo("0");
        }
        try (Jvm jvm = Jvm.start("-Drepoint.offers=false", "-cp", path(Jvm.RUNTIME, till, fast), "acme.Till")) {
            assertThat(jvm.ask("total")).as("turned off").isEqualTo("7");
        }
    }

    @Test
    void aPolicyFileWinsOverOffers() throws IOException {
        Path policy = Files.writeString(folder.resolve("till.policy"), """
            # for the weekend
            acme.Till.total(int,int) = default
            acme.Till.l* = constant:sold out
            """);
        try (Jvm jvm =
                Jvm.start("-Drepoint.policy=" + policy, "-cp", path(Jvm.RUNTIME, till, fast, made), "acme.Till")) {
            assertThat(jvm.ask("total")).isEqualTo("7");
            assertThat(jvm.ask("label")).isEqualTo("sold out");
            assertThat(jvm.ask("note label")).isEqualTo("constant:sold out; " + policy + " line 3");
        }
        try (Jvm jvm =
                Jvm.start(Jvm.agent("policyfile=" + policy), "-cp", path(till, fast, made, Jvm.RUNTIME), "acme.Till")) {
            assertThat(jvm.ask("total")).isEqualTo("7");
            assertThat(jvm.ask("label")).isEqualTo("sold out");
        }
    }

    @Test
    void aPolicyFileThatIsWrongIsLoggedAndTheProgramRuns() throws IOException {
        Path policy = Files.writeString(folder.resolve("wrong.policy"), "acme.Till.total\n");
        try (Jvm jvm = Jvm.start("-Drepoint.policy=" + policy, "-cp", path(Jvm.RUNTIME, till), "acme.Till")) {
            assertThat(jvm.ask("total")).isEqualTo("7");
            assertThat(jvm.ask("note total")).contains("policy not applied: ").contains("line 1");
            assertThat(jvm.errors())
                    .anyMatch(line -> line.contains(policy + " line 1: found 'acme.Till.total'; write KEY = TARGET"));
        }
    }

    @Test
    void anEditOfAWatchedFileIsAppliedWithoutAnAgent() throws IOException {
        Path policy = Files.writeString(folder.resolve("watched.policy"), "");
        try (Jvm jvm = Jvm.start(
                "-Drepoint.policy=" + policy,
                "-Drepoint.policy.watch=true",
                "-cp",
                path(Jvm.RUNTIME, till),
                "acme.Till")) {
            assertThat(jvm.ask("total")).isEqualTo("7");
            Files.writeString(policy, "acme.Till.total = constant:42\n");
            jvm.await("total", "42");
            Files.writeString(policy, "");
            jvm.await("total", "7");
        }
    }

    @Test
    void thePluginsOffersComeAndGo() throws IOException {
        try (Jvm jvm = Jvm.start("-cp", path(Jvm.RUNTIME, till), "acme.Till")) {
            assertThat(jvm.ask("total")).isEqualTo("7");
            assertThat(jvm.ask("plug " + fast)).isEqualTo("plugged");
            assertThat(jvm.ask("total")).isEqualTo("304");
            assertThat(jvm.ask("unplug")).isEqualTo("unplugged");
            assertThat(jvm.ask("total")).isEqualTo("7");
            assertThat(jvm.ask("drop")).isEqualTo("collected");
            for (int i = 0; i < 3; i++) {
                assertThat(jvm.ask("plug " + fast)).isEqualTo("plugged");
                assertThat(jvm.ask("total")).isEqualTo("304");
                assertThat(jvm.ask("drop"))
                        .as("although nobody has withdrawn it")
                        .isEqualTo("collected");
                assertThat(jvm.ask("total")).isEqualTo("7");
                assertThat(jvm.ask("note total")).endsWith("went with its class loader");
            }
        }
    }

    @Test
    void modulesOfferToModules() throws IOException {
        Sources sources = new Sources(folder);
        // The runtime needs it to compile against, and not to run.
        Path annotations = sources.compile("jspecify", "// module-info.java\nmodule org.jspecify {}");
        List<String> path = List.of("-p", path(Jvm.RUNTIME, annotations));
        Path shop = Sources.woven(sources.jar(
                sources.compile(
                        "shop-module",
                        path,
                        Programs.TILL,
                        "// module-info.java\nmodule shop { requires dev.repoint; }"),
                ""));
        Path maker = sources.jar(sources.compile("maker-module", path, Programs.MAKER, """
            // module-info.java
            module maker {
                requires dev.repoint;
                provides dev.repoint.TargetProvider with fast.Maker;
            }
            """), "");
        try (Jvm jvm = Jvm.start("-p", path(Jvm.RUNTIME, shop, maker), "-m", "shop/acme.Till")) {
            assertThat(jvm.ask("label")).isEqualTo("made 7");
            assertThat(jvm.ask("note label")).isEqualTo("Maker's label; offer Maker's label (priority 0)");
            assertThat(jvm.errors()).isEmpty();
        }
    }
}
