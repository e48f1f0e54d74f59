package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.repoint.agent.control.Outcome;
import dev.repoint.agent.control.PatchableStatus;
import dev.repoint.agent.control.RunningJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Class loaders of a program that have a runtime of their own, as those of a Spring Boot jar, a WAR or a
/// bundle do, and those that find none.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RuntimesOfLoadersTest {

    @TempDir
    static Path folder;

    private static String host;
    private static String aware;
    private static String plain;

    @BeforeAll
    static void compile() throws IOException {
        Sources sources = new Sources(folder);
        host = sources.compile("host", Plugins.HOST).toString();
        Path classes = sources.compile("aware", List.of("-cp", Jvm.RUNTIME.toString()), Plugins.AWARE, Plugins.LATE);
        aware = Sources.woven(sources.jar(classes, "")) + " " + Jvm.RUNTIME;
        plain = sources.compile("plain", Plugins.PLAIN, Plugins.LATE) + "/";
    }

    private static Jvm start(String... options) throws IOException {
        return Jvm.start(List.of("-cp", host, "host.Host"), options);
    }

    @ParameterizedTest
    @ValueSource(strings = {"parent-first", "child-first"})
    void commandsWorkAgainstTheRuntimeThatALoaderHas(String kind) throws IOException {
        try (Jvm jvm = start()) {
            jvm.ask("open " + kind + " " + aware);
            assertThat(jvm.ask("value 0")).isEqualTo("1");
            assertThat(jvm.set("plug.P.value=plug.P.other"))
                    .containsExactly(new Outcome("plug.P.value()", "default", "plug.P.other", ""));
            assertThat(jvm.ask("value 0")).isEqualTo("7");
            assertThat(jvm.ask("own 0 5")).as("the program's own change").isEqualTo("set");
            assertThat(jvm.ask("value 0")).isEqualTo("5");
            try (RunningJvm running = jvm.connect()) {
                assertThat(running.status())
                        .extracting(PatchableStatus::key, PatchableStatus::target)
                        .containsExactly(tuple("plug.P.value()", "constant:5"));
            }
            assertThat(jvm.reset()).hasSize(1);
            assertThat(jvm.ask("value 0")).isEqualTo("1");
            assertThat(jvm.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parent-first", "child-first"})
    void aRefusedChangeLeavesTheProgramAsItWas(String kind) throws IOException {
        try (Jvm jvm = start()) {
            jvm.ask("open " + kind + " " + aware);
            assertThatThrownBy(() -> jvm.set("plug.P.valu=plug.P.other"))
                    .hasMessageContaining("did you mean plug.P.value()");
            assertThatThrownBy(() -> jvm.set("plug.P.value=plug.P.nobody")).hasMessageContaining("plug.P.nobody");
            assertThat(jvm.ask("value 0")).isEqualTo("1");
            jvm.ask("own 0 5");
            assertThat(jvm.ask("value 0")).isEqualTo("5");
            assertThat(jvm.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parent-first", "child-first", "java-only"})
    void whatIsNotWovenIsWovenInPlaceAndWhatIsNotLoadedAsItIs(String kind) throws IOException {
        try (Jvm jvm = start()) {
            jvm.ask("open " + kind + " " + (kind.equals("java-only") ? plain : aware));
            jvm.ask("value 0");
            jvm.set("plug.P.other=constant:8", "plug.P.value=plug.P.other");
            assertThat(jvm.ask("value 0")).isEqualTo("8");
            if (!kind.equals("java-only")) { // it lets nobody see its class files
                jvm.set("plug.Late.value=constant:9");
                assertThat(jvm.ask("late 0")).isEqualTo("9");
            }
            jvm.reset();
            assertThat(List.of(jvm.ask("value 0"), jvm.ask("late 0"))).containsExactly("1", "1");
            assertThat(jvm.errors()).isEmpty();
        }
    }

    @Test
    void oneCommandChangesAllRuntimesAndThoseThatComeLater() throws IOException {
        try (Jvm jvm = start()) {
            jvm.ask("open parent-first " + aware);
            jvm.ask("open child-first " + aware);
            assertThat(jvm.set("plug.P.value=plug.P.other"))
                    .containsExactly(new Outcome("plug.P.value()", "default", "plug.P.other", "in 2 runtimes"));
            assertThat(List.of(jvm.ask("value 0"), jvm.ask("value 1"))).containsExactly("7", "7");
            jvm.ask("open child-first " + aware);
            jvm.ask("open java-only " + plain);
            jvm.set("host.Host.host=host.Host.other");
            assertThat(jvm.ask("host")).isEqualTo("7");
            jvm.reset();
            assertThat(List.of(jvm.ask("value 0"), jvm.ask("value 1"), jvm.ask("value 2"), jvm.ask("host")))
                    .containsExactly("1", "1", "1", "1");
            assertThat(jvm.errors()).isEmpty();
        }
    }

    @Test
    void eachRuntimeHasABeanOfItsOwn() throws IOException {
        try (Jvm jvm = start("-Drepoint.mxbean=write")) {
            jvm.ask("open child-first " + aware);
            assertThat(jvm.ask("value 0")).isEqualTo("1");
            jvm.await("beans", "[dev.repoint:type=Patchables]");
            jvm.ask("open child-first " + aware);
            assertThat(jvm.ask("value 1")).isEqualTo("1");
            jvm.await("beans", "[dev.repoint:type=Patchables,runtime=2, dev.repoint:type=Patchables]");
            jvm.ask("bean dev.repoint:type=Patchables,runtime=2 plug.P.value constant:7");
            assertThat(List.of(jvm.ask("value 0"), jvm.ask("value 1"))).containsExactly("1", "7");
            jvm.ask("bean dev.repoint:type=Patchables plug.P.value constant:5");
            assertThat(List.of(jvm.ask("value 0"), jvm.ask("value 1"))).containsExactly("5", "7");
            assertThat(jvm.errors()).isEmpty();
        }
    }

    @Test
    void aPatchOfSeveralRuntimesIsRefusedAsAWhole() throws IOException {
        try (Jvm jvm = start()) {
            jvm.ask("open parent-first " + aware);
            jvm.ask("value 0");
            for (String bad : List.of("host.Host.host=plug.P.other", "host.Host.host=constant:x")) {
                assertThatThrownBy(() -> jvm.set("plug.P.value=plug.P.other", bad))
                        .hasMessageContaining("host.Host.host()");
                assertThatThrownBy(() -> jvm.set(bad, "plug.P.value=plug.P.other"))
                        .hasMessageContaining("host.Host.host()");
                assertThat(List.of(jvm.ask("value 0"), jvm.ask("host"))).containsExactly("1", "1");
            }
            jvm.set("plug.P.value=plug.P.other", "host.Host.host=host.Host.other");
            assertThat(List.of(jvm.ask("value 0"), jvm.ask("host"))).containsExactly("7", "7");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parent-first", "child-first", "java-only"})
    void theAgentAtStartServesThem(String kind) throws Exception {
        servesThem(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"parent-first", "child-first", "java-only"})
    void theAgentOnTheBootClassPathServesThem(String kind) throws Exception {
        servesThem(kind, "-Xbootclasspath/a:" + Jvm.AGENT);
    }

    private static void servesThem(String kind, String... further) throws Exception {
        Path report = folder.resolve(kind + ".txt");
        String options = "policy=plug.P.value=plug.P.other;plug.Late.value=constant:9,report=" + report;
        List<String> all = new ArrayList<>(List.of(further));
        all.add(Jvm.agent(options));
        try (Jvm jvm = start(all.toArray(String[]::new))) {
            jvm.ask("open " + kind + " " + (kind.equals("java-only") ? plain : aware));
            assertThat(List.of(jvm.ask("value 0"), jvm.ask("late 0"))).containsExactly("7", "9");
            jvm.set("plug.P.value=constant:6");
            assertThat(jvm.ask("value 0")).isEqualTo("6");
            jvm.reset();
            assertThat(List.of(jvm.ask("value 0"), jvm.ask("late 0"))).containsExactly("1", "1");
            assertThat(jvm.end()).isZero();
            assertThat(jvm.errors())
                    .as("keys that matched in another runtime are not missed")
                    .isEmpty();
        }
        assertThat(report).content().contains("entry plug.Late.value()").doesNotContain("unmatched");
    }

    @Test
    void aKeyThatALoaderWithoutRuntimeDoesNotHaveIsRefused() throws IOException {
        try (Jvm jvm = start()) {
            jvm.ask("open java-only " + plain);
            assertThatThrownBy(() -> jvm.set("plug.P.valu=constant:2"))
                    .hasMessageContaining("did you mean plug.P.value()");
            assertThatThrownBy(() -> jvm.set("plug.P.value=constant:x")).hasMessageContaining("'x' is no value of it");
            try (RunningJvm running = jvm.connect()) {
                assertThat(running.status())
                        .noneMatch(status -> !status.target().equals("default"));
            }
            assertThat(jvm.ask("value 0")).isEqualTo("1");
        }
    }

    @Test
    void loadersAreCollectedWithTheirRuntimes() throws IOException {
        try (Jvm jvm =
                start("-XX:SoftRefLRUPolicyMSPerMB=0")) { // the JDK's caches would keep them until memory is short
            jvm.ask("open parent-first " + aware);
            jvm.ask("open child-first " + aware);
            jvm.ask("open java-only " + plain);
            jvm.set("plug.P.value=plug.P.other");
            jvm.ask("open child-first " + aware);
            jvm.ask("open java-only " + plain);
            assertThat(List.of(jvm.ask("value 2"), jvm.ask("value 3"), jvm.ask("value 4")))
                    .containsExactly("7", "7", "7");
            jvm.reset();
            assertThat(jvm.ask("drop")).isEqualTo("5 of 5");
            assertThat(jvm.set("host.Host.host=host.Host.other")).hasSize(1);
            assertThat(jvm.errors()).isEmpty();
        }
    }
}
