package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Programs that are started with the agent.
class PremainTest {

    @TempDir
    static Path folder;

    private static String shop;

    @BeforeAll
    static void compile() {
        shop = new Sources(folder)
                .compile("shop", Programs.SHOP, Programs.SALE, Programs.LATE)
                .toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "policy=acme.Shop.price(int)=acme.Sale.price | price | 107",
                "policy=acme.Shop.price(String)=acme.Sale.price | item | 203",
                "policy=acme.Shop.price(String)=acme.Sale.price | price | 7",
                "policy=acme.Shop.label=acme.Sale.label | label | sale 7",
                "policy=acme.Shop.discount=acme.Sale.discount | discount | 50",
                "policy=acme.Shop.price(int)=constant:-3 | referenced | -3",
                "policy=acme.Late.value=constant:9 | late | 9",
                "policy=acme.Shop.price(int)=default | price | 7",
                "policy=acme.Shop.label=constant:a(b,in=*,policy=acme.Shop.price(int)=constant:3 | label | a(b",
                "sites=java.lang.System.currentTimeMillis,policy=java.lang.System.currentTimeMillis=acme.Sale.now |"
                        + " now | long ago",
                "sites=java.util.List.size,in=acme.*,policy=java.util.List.size=acme.Sale.size | size | -1",
                "sites=java.util.List.size,in=other.*,policy=java.util.List.size=acme.Sale.size | size | 2",
                "sites=acme.Shop.price(int),policy=acme.Shop.price(int)=acme.Sale.price | referenced | 107",
                "patchable=acme.**;java.util.**;java.time.** | price | 7",
                "patchable=**,sites=**,in=** | label | plain 7",
                "policy=acme.Shop.price(int)=acme.Sale.price,exclude=acme.** | price | 7",
            })
    void optionsApplyFromTheFirstCallOn(String options, String question, String answer) throws Exception {
        try (Jvm jvm = Jvm.start(Jvm.agent(options), "-cp", shop, "acme.Shop")) {
            assertThat(jvm.ask(question)).isEqualTo(answer);
            assertThat(jvm.end()).isZero();
        }
    }

    @Test
    void callersWithoutCallsAreTold() throws Exception {
        try (Jvm jvm = Jvm.start(Jvm.agent("in=acme.**"), "-cp", shop, "acme.Shop")) {
            assertThat(jvm.ask("price")).isEqualTo("7");
            jvm.end();
            assertThat(String.join("\n", jvm.errors())).contains("agent option 'in' without 'sites' has no effect now");
        }
    }

    @Test
    void nothingSwitchesAMethodOff() throws Exception {
        try (Jvm jvm = Jvm.start(Jvm.agent("policy=acme.Shop.audit=nothing"), "-cp", shop, "acme.Shop")) {
            assertThat(jvm.ask("audit")).isEmpty();
        }
    }

    @Test
    void aReportAndADumpLeaveWhatIsNoFileAsItIs() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path dumped = Files.createDirectories(folder.resolve("odd/acme")).resolve("Shop.class");
        assertThat(new ProcessBuilder("mkfifo", dumped.toString()).start().waitFor())
                .isZero();
        String options = "patchable=acme.Shop.*,report=" + pipe + ",classdump=" + folder.resolve("odd");
        try (Jvm jvm = Jvm.start(Jvm.agent(options), "-cp", shop, "acme.Shop")) {
            assertThat(jvm.ask("price")).isEqualTo("7");
            assertThat(jvm.end()).isZero();
            assertThat(jvm.errors())
                    .anyMatch(line -> line.endsWith(
                            "the report cannot be written to " + pipe + ": it is a pipe; name a file to write"));
        }
        assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther())
                .isTrue();
        assertThat(Files.readAttributes(dumped, BasicFileAttributes.class).isOther())
                .isTrue();
    }

    @Test
    void theReportTellsWhatWasWovenAndWhatNotAndWhy() throws Exception {
        Path report = folder.resolve("reports/woven.txt");
        Path dump = folder.resolve("dump");
        String options =
                "patchable=acme.Shop.*;java.util.HashMap.hash,policy=acme.Shop.prize=nothing;acme.Late.value=constant:3,"
                    + "sites=java.lang.System.currentTimeMillis,report=" + report + ",classdump=" + dump;
        try (Jvm jvm = Jvm.start(Jvm.agent(options), "-cp", shop, "acme.Shop")) {
            jvm.ask("now");
            jvm.end();
            assertThat(jvm.errors())
                    .anyMatch(line -> line.contains("acme.Shop.prize") && line.contains("acme.Shop.price"))
                    .anyMatch(line -> line.contains("acme.Late.value"))
                    .anyMatch(line -> line.contains("java.util.HashMap.hash(java.lang.Object)"));
        }

        List<String> lines = Files.readAllLines(report);
        assertThat(lines)
                .contains(
                        "entry acme.Shop.price(int)",
                        "entry acme.Shop.main(java.lang.String[])",
                        "unmatched acme.Late.value")
                .anyMatch(line -> line.startsWith(
                        "site java.lang.System.currentTimeMillis() invokestatic in acme.Shop.now() line "))
                .anyMatch(line -> line.startsWith(
                        "refused java.util.HashMap.hash(java.lang.Object): the JVM needs it to link patchables"))
                .anyMatch(line -> line.startsWith("unmatched acme.Shop.prize; did you mean acme.Shop.price("))
                .filteredOn(line -> line.startsWith("entry"))
                .isSorted();
        assertThat(dump.resolve("acme/Shop.class")).isNotEmptyFile();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "polcy=acme.Shop.price=nothing | repoint: unknown agent option 'polcy'",
                "patchable=acme..Shop | repoint: agent option 'patchable': key 'acme..Shop'",
                "policy=acme.Shop.price | repoint: agent option 'policy': 'acme.Shop.price' has no target",
                "watch=true | repoint: agent option 'watch': there is no policy file to watch",
            })
    void aWrongOptionEndsTheJvmWithOneLine(String options, String message) throws Exception {
        try (Jvm jvm = Jvm.start(Jvm.agent(options), "-cp", shop, "acme.Shop")) {
            assertThat(jvm.end()).isEqualTo(1);
            assertThat(jvm.errors()).singleElement().asString().startsWith(message);
        }
    }

    @Test
    void aPolicyThatCannotBeAppliedIsLoggedAndTheDefaultStays() throws Exception {
        String policy =
                "policy=acme.Shop.price(int)=acme.Sale.wrong;acme.Shop.label=acme.Nowhere.label;acme.Shop.discount=nothing";
        try (Jvm jvm = Jvm.start(Jvm.agent(policy), "-cp", shop, "acme.Shop")) {
            assertThat(List.of(jvm.ask("price"), jvm.ask("label"), jvm.ask("discount")))
                    .containsExactly("7", "plain 7", "7");
            jvm.end();
            assertThat(String.join("\n", jvm.errors()))
                    .contains("acme.Shop.price(int) has the type (int)int, the target acme.Sale.wrong has"
                            + " (java.lang.String)long")
                    .contains("there is no class acme.Nowhere")
                    .contains("acme.Shop.discount(int) cannot do nothing: it returns int");
        }
    }

    @Test
    void aPolicyForAnOverloadedNameIsLoggedWithTheCandidates() throws Exception {
        try (Jvm jvm = Jvm.start(Jvm.agent("policy=acme.Shop.price=acme.Sale.price"), "-cp", shop, "acme.Shop")) {
            assertThat(jvm.ask("price")).isEqualTo("7");
            jvm.end();
            assertThat(String.join("\n", jvm.errors()))
                    .contains("acme.Shop.price is ambiguous; name one of acme.Shop.price(int),"
                            + " acme.Shop.price(java.lang.String)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "platform", "app"})
    void aClassLoaderThatDoesNotKnowTheProgramFindsTheRuntime(String parent) throws Exception {
        Sources sources = new Sources(folder);
        Path host = sources.compile("host-" + parent, Programs.HOST);
        Path plugin = sources.compile("plugin-" + parent, Programs.PLUGIN, Programs.PLUGGED);
        try (Jvm jvm = Jvm.start(
                Jvm.agent("policy=plugin.Plugin.value=plugin.Plugged.value"),
                "-cp",
                host.toString(),
                "acme.Host",
                plugin + "/",
                parent)) {
            assertThat(jvm.ask("load")).isEqualTo("loaded");
            assertThat(jvm.ask("call")).isEqualTo("2");
        }
    }

    @Test
    void aDroppedClassLoaderWithWovenClassesIsCollected() throws Exception {
        Sources sources = new Sources(folder);
        Path host = sources.compile("host", Programs.HOST);
        Path plugin = sources.compile("plugin", Programs.PLUGIN, Programs.PLUGGED);
        try (Jvm jvm = Jvm.start(
                Jvm.agent("patchable=plugin.**,policy=plugin.Plugin.value=plugin.Plugged.value"),
                "-cp",
                host.toString(),
                "acme.Host",
                plugin + "/",
                "app")) {
            jvm.ask("load");
            assertThat(jvm.ask("call")).isEqualTo("2");
            jvm.set("plugin.Plugin.value=constant:5");
            assertThat(jvm.ask("call")).isEqualTo("5");
            jvm.set("plugin.Plugin.value=plugin.Plugged.value");
            assertThat(jvm.ask("drop")).isEqualTo("collected");
            jvm.ask("load");
            assertThat(jvm.ask("call"))
                    .as("what was set holds for the class that is loaded next")
                    .isEqualTo("2");
        }
    }

    @Test
    void whatWasWovenAtLoadTimeStaysWhenMoreIsWovenInPlace() throws Exception {
        String options =
                "policy=acme.Shop.label=acme.Sale.label;java.util.List.size=acme.Sale.size,sites=java.util.List.size";
        try (Jvm jvm = Jvm.start(Jvm.agent(options), "-cp", shop, "acme.Shop")) {
            assertThat(List.of(jvm.ask("label"), jvm.ask("size"))).containsExactly("sale 7", "-1");
            jvm.set("acme.Shop.price(int)=constant:4", "java.lang.System.currentTimeMillis=constant:1");
            assertThat(List.of(jvm.ask("price"), jvm.ask("now"), jvm.ask("label"), jvm.ask("size")))
                    .containsExactly("4", "long ago", "sale 7", "-1");
            jvm.reset();
            assertThat(List.of(jvm.ask("price"), jvm.ask("now"), jvm.ask("label"), jvm.ask("size")))
                    .containsExactly("7", "today", "plain 7", "2");
        }
    }

    @Test
    void aNamedModuleIsWovenAndItsPackagesStayClosed() throws IOException {
        Path modules = module();
        try (Jvm jvm = Jvm.start(
                Jvm.agent("policy=acme.Shop.label=acme.Sale.label;acme.Shop.price(int)=acme.Sale.price"),
                "-p",
                modules.toString(),
                "-m",
                "shop/acme.Shop")) {
            assertThat(jvm.ask("label")).isEqualTo("sale 7");
            assertThat(jvm.ask("price")).isEqualTo("107");
        }
    }

    static Path module() {
        return new Sources(folder)
                .compile("module", "// module-info.java\nmodule shop {}", Programs.SHOP, Programs.SALE, Programs.LATE);
    }
}
