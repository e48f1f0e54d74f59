package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.tools.attach.VirtualMachine;
import dev.repoint.Repoint;
import dev.repoint.agent.control.Change;
import dev.repoint.agent.control.ControlException;
import dev.repoint.agent.control.Outcome;
import dev.repoint.agent.control.RunningJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Programs in the states in which an operator finds them, each attached to for the first time.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FirstAttachTest {

    @TempDir
    static Path folder;

    private static Sources sources;
    private static String shop;

    @BeforeAll
    static void compile() {
        sources = new Sources(folder);
        shop = sources.compile("shop", Programs.SHOP, Programs.SALE, Programs.LATE)
                .toString();
    }

    @Test
    void theAgentIsLoadedOnceAndThatIsSaid() throws Exception {
        List<String> progress = new ArrayList<>();
        try (Jvm jvm = Jvm.start("-cp", shop, "acme.Shop")) {
            jvm.ask("price");
            for (int i = 0; i < 3; i++) {
                RunningJvm.connect(jvm.pid(), Jvm.AGENT, progress::add).close();
            }
            assertThat(progress).containsExactly("loading the agent into process " + jvm.pid() + " (java)");
        }
    }

    @Test
    void aClassThatIsNotLoadedYetIsWovenAndSetWhenItIs() throws Exception {
        try (Jvm jvm = Jvm.start("-cp", shop, "acme.Shop")) {
            jvm.ask("price");
            assertThat(jvm.set("acme.Late.value=acme.Sale.value"))
                    .containsExactly(
                            new Outcome("acme.Late.value()", "default", "acme.Sale.value", "when it is loaded"));
            try (RunningJvm running = jvm.connect()) {
                assertThat(running.status())
                        .anyMatch(row -> row.key().equals("acme.Late.value()")
                                && row.target().equals("acme.Sale.value")
                                && row.note().equals("when it is loaded"));
            }
            assertThat(jvm.ask("late")).isEqualTo("2");
            jvm.reset("acme.Late.value");
            assertThat(jvm.ask("late")).isEqualTo("1");
        }
    }

    @Test
    void whatIsSetForAClassThatIsNotLoadedCanBeReset() throws Exception {
        try (Jvm jvm = Jvm.start("-cp", shop, "acme.Shop")) {
            jvm.ask("price");
            jvm.set("acme.Late.value=constant:7");
            assertThat(jvm.reset())
                    .containsExactly(new Outcome("acme.Late.value()", "constant:7", "default", "when it is loaded"));
            assertThat(jvm.ask("late")).isEqualTo("1");
        }
    }

    @Test
    void aTargetThatIsBroughtAlongWaitsForItsClassToo() throws Exception {
        Path classes = sources.compile("brought", """
            // other/Value.java
            package other;

            public class Value {
                public static int value() {
                    return 12;
                }
            }
            """);
        try (Jvm jvm = Jvm.start("-cp", shop, "acme.Shop")) {
            jvm.ask("price");
            try (RunningJvm running = jvm.connect()) {
                running.set(List.of(new Change("acme.Late.value", "other.Value.value")), List.of(classes));
            }
            assertThat(jvm.ask("late")).isEqualTo("12");
        }
    }

    @Test
    void policiesOfTheOptionsCanBeResetAndReplaced() throws Exception {
        try (Jvm jvm = Jvm.start(
                Jvm.agent("policy=acme.Shop.label=constant:a;acme.Late.value=constant:3"), "-cp", shop, "acme.Shop")) {
            assertThat(jvm.ask("label")).isEqualTo("a");
            jvm.reset("acme.Shop.label");
            assertThat(jvm.ask("label")).isEqualTo("plain 7");
            jvm.set("acme.Late.value=constant:4");
            assertThat(jvm.ask("late")).isEqualTo("4");
        }
    }

    @Test
    void aNamedModuleIsPatchedAndItsPackagesStayClosedToOthers() throws Exception {
        Path modules = sources.compile(
                "module", "// module-info.java\nmodule shop {}", Programs.SHOP, Programs.SALE, Programs.LATE);
        try (Jvm jvm = Jvm.start("-p", modules.toString(), "-m", "shop/acme.Shop")) {
            assertThat(jvm.ask("label")).isEqualTo("plain 7");
            jvm.set("acme.Shop.label=acme.Sale.label", "acme.Shop.price(int)=acme.Sale.price");
            assertThat(List.of(jvm.ask("label"), jvm.ask("price"))).containsExactly("sale 7", "107");
            jvm.reset();
            assertThat(jvm.ask("label")).isEqualTo("plain 7");
        }
    }

    @Test
    void aProgramThatHasTheRuntimeLoadedSharesItWithTheAgent() throws Exception {
        Path runtime = Path.of(System.getProperty("repoint.home"), "jvm", "runtime", "target", "classes");
        Path program = sources.compile("aware", List.of("-cp", runtime.toString()), AWARE);
        try (Jvm jvm = Jvm.start("-cp", program + ":" + runtime, "aware.Main")) {
            assertThat(jvm.ask("value")).isEqualTo("1 []");
            assertThat(jvm.set("aware.Main.value=constant:2")).hasSize(1);
            assertThat(jvm.ask("value")).isEqualTo("2 [aware.Main.value() constant:2]");
            assertThat(jvm.ask("default"))
                    .as("the default of a method that was woven in place")
                    .isEqualTo("1");
        }
    }

    @Test
    void aProgramWhoseRuntimeIsANamedModuleSharesItWithTheAgent() throws Exception {
        Path runtime = Path.of(System.getProperty("repoint.home"), "jvm", "runtime", "target", "classes");
        Path program = sources.compile(
                "aware-module",
                List.of("-p", runtime + ":" + annotations()),
                "// module-info.java\nmodule aware { requires dev.repoint; }",
                AWARE);
        String modules = program + ":" + runtime;
        try (Jvm jvm = Jvm.start("-p", modules, "-m", "aware/aware.Main")) {
            assertThat(jvm.ask("value")).isEqualTo("1 []");
            jvm.set("aware.Main.value=aware.Main.other");
            assertThat(jvm.ask("value")).isEqualTo("3 [aware.Main.value() aware.Main.other]");
            assertThat(jvm.ask("default")).isEqualTo("1");
        }
        try (Jvm jvm = Jvm.start(
                Jvm.agent("policy=aware.Main.value=aware.Main.other"), "-p", modules, "-m", "aware/aware.Main")) {
            assertThat(jvm.ask("value")).isEqualTo("3 [aware.Main.value() aware.Main.other]");
        }
    }

    @Test
    void aRuntimeOfAnotherVersionIsRefusedAndTheProgramGoesOn() throws Exception {
        Path program = sources.compile("old", """
            // dev/repoint/Repoint.java
            package dev.repoint;

            public class Repoint {
                public static final String VERSION = "0.0.9";
            }
            """, """
            // old/Main.java
            package old;

            import java.util.Scanner;

            public class Main {
                public static void main(String[] args) throws Exception {
                    Class.forName("dev.repoint.Repoint");
                    Scanner in = new Scanner(System.in);
                    while (in.hasNextLine()) {
                        System.out.println(in.nextLine());
                    }
                }
            }
            """);
        try (Jvm jvm = Jvm.start("-cp", program.toString(), "old.Main")) {
            assertThat(jvm.ask("hello")).isEqualTo("hello");
            assertThatThrownBy(jvm::connect)
                    .isInstanceOf(ControlException.class)
                    .hasMessageContaining(
                            "the program uses version 0.0.9 of Repoint, this agent is " + Repoint.version());
            assertThat(jvm.ask("still there")).isEqualTo("still there");
            assertThat(jvm.errors()).hasSize(1);
        }
    }

    @Test
    void theAgentMayBeLoadedAgainWithFurtherOptions() throws Exception {
        try (Jvm jvm = Jvm.start(Jvm.agent("policy=acme.Shop.label=constant:a"), "-cp", shop, "acme.Shop")) {
            assertThat(jvm.ask("label")).isEqualTo("a");
            VirtualMachine machine = VirtualMachine.attach(Long.toString(jvm.pid()));
            machine.loadAgent(Jvm.AGENT.toString(), "policy=acme.Late.value=constant:5,patchable=acme.Shop.discount");
            machine.loadAgent(Jvm.AGENT.toString(), "polcy=x");
            String failure = machine.getSystemProperties().getProperty("dev.repoint.failure");
            machine.detach();
            assertThat(failure).startsWith("unknown agent option 'polcy'");
            assertThat(jvm.ask("late")).isEqualTo("5");
            assertThat(jvm.ask("label")).isEqualTo("a");
            try (RunningJvm running = jvm.connect()) {
                assertThat(running.report())
                        .contains("entry acme.Shop.discount(int) in place", "entry acme.Late.value()");
            }
        }
    }

    @Test
    void policiesOfWhatWasCalledAlreadyAreOnePatch() throws Exception {
        try (Jvm jvm = Jvm.start(Jvm.agent("patchable=acme.Shop.*"), "-cp", shop, "acme.Shop")) {
            assertThat(jvm.ask("label")).isEqualTo("plain 7");
            assertThat(jvm.ask("price")).isEqualTo("7");
            VirtualMachine machine = VirtualMachine.attach(Long.toString(jvm.pid()));
            machine.loadAgent(Jvm.AGENT.toString(), "policy=acme.Shop.label=constant:b;acme.Shop.price(int)=nothing");
            String failure = machine.getSystemProperties().getProperty("dev.repoint.failure");
            assertThat(failure).startsWith("acme.Shop.price(int) cannot do nothing: it returns int");
            assertThat(jvm.ask("label")).isEqualTo("plain 7");
            machine.loadAgent(
                    Jvm.AGENT.toString(),
                    "policy=acme.Shop.label=constant:b;acme.Shop.price(int)=constant:2;acme.Late.value=constant:5");
            machine.detach();
            assertThat(jvm.ask("label")).isEqualTo("b");
            assertThat(jvm.ask("price")).isEqualTo("2");
            assertThat(jvm.ask("late")).isEqualTo("5");
        }
    }

    @Test
    void aProgramThatHasEndedIsNamed() throws Exception {
        long pid;
        try (Jvm jvm = Jvm.start("-cp", shop, "acme.Shop")) {
            pid = jvm.pid();
            jvm.end();
        }
        assertThatThrownBy(() -> RunningJvm.connect(pid, Jvm.AGENT, line -> {}))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("there is no process " + pid);
    }

    @Test
    void thisProcessItselfIsRefused() {
        assertThatThrownBy(() -> RunningJvm.connect(ProcessHandle.current().pid(), Jvm.AGENT, line -> {}))
                .hasMessageContaining("is this command itself");
    }

    @Test
    void anotherProgramIsNotSignalledButRefused() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "60").start();
        try {
            assertThatThrownBy(() -> RunningJvm.connect(sleep.pid(), Jvm.AGENT, line -> {}))
                    .hasMessageContaining("process " + sleep.pid() + " (sleep) is no JVM");
            assertThat(sleep.isAlive()).isTrue();
        } finally {
            sleep.destroyForcibly();
        }
    }

    @Test
    void aShellThatHasStartedAJvmIsAnsweredWithThatJvm() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process shell = new ProcessBuilder("sh", "-c", "'" + java + "' -cp '" + shop + "' acme.Shop; true").start();
        try {
            shell.outputWriter().append("price\n").flush();
            assertThat(shell.inputReader().readLine()).isEqualTo("7");
            long jvm = shell.descendants().findFirst().orElseThrow().pid();

            assertThatThrownBy(() -> RunningJvm.connect(shell.pid(), Jvm.AGENT, line -> {}))
                    .hasMessageContaining("is no JVM, but it has started process " + jvm + " (java); name that one");
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
    }

    @Test
    void aJvmThatLetsNobodyAttachIsNotSignalledButRefused() throws Exception {
        try (Jvm jvm = Jvm.start("-XX:+DisableAttachMechanism", "-cp", shop, "acme.Shop")) {
            jvm.ask("price");
            assertThatThrownBy(jvm::connect)
                    .hasMessageContaining("does not allow attaching (-XX:+DisableAttachMechanism)");
            assertThat(jvm.ask("price")).as("no thread dump in its output").isEqualTo("7");
        }
    }

    @Test
    void aJvmThatLetsNoAgentBeLoadedIsNamed() throws Exception {
        try (Jvm jvm = Jvm.start("-XX:-EnableDynamicAgentLoading", "-cp", shop, "acme.Shop")) {
            jvm.ask("price");
            assertThatThrownBy(jvm::connect)
                    .hasMessageContaining("does not allow agents (-XX:-EnableDynamicAgentLoading)");
        }
    }

    @Test
    void anOlderJvmIsRefusedBeforeAnythingIsLoadedIntoIt() throws Exception {
        Process process = programOfAnOlderJvm(sources);
        try {
            assertThat(process.inputReader().readLine()).isEqualTo("up");
            assertThatThrownBy(() -> RunningJvm.connect(process.pid(), Jvm.AGENT, line -> {}))
                    .hasMessageMatching("process \\d+ \\(java\\) runs Java 11; Repoint needs Java 17 or later there");
        } finally {
            process.destroyForcibly();
        }
    }

    /// A program that prints `up` and waits, in a JVM that says that it is of Java 11.
    static Process programOfAnOlderJvm(Sources sources) throws IOException {
        Path program = sources.compile("older-sleeper", """
            // Sleeper.java
            public class Sleeper {
                public static void main(String[] args) throws Exception {
                    System.setProperty("java.specification.version", "11");
                    System.out.println("up");
                    System.in.read();
                }
            }
            """);
        String java = ProcessHandle.current().info().command().orElseThrow();
        return new ProcessBuilder(java, "-cp", program.toString(), "Sleeper").start();
    }

    /// What the runtime's module needs to be compiled against.
    private static String annotations() {
        return NullMarked.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
    }

    /// Knows the runtime and lists its own patchables.
    private static final String AWARE = """
        // aware/Main.java
        package aware;

        import dev.repoint.Repoint;
        import java.lang.invoke.MethodHandles;
        import java.util.List;
        import java.util.Scanner;

        public class Main {

            static int value() {
                return 1;
            }

            static int other() {
                return 3;
            }

            public static void main(String[] args) {
                Scanner in = new Scanner(System.in);
                while (in.hasNextLine()) {
                    if (in.nextLine().equals("default")) {
                        System.out.println(byDefault());
                        continue;
                    }
                    List<String> states = Repoint.states().stream()
                            .filter(state -> state.links() > 0)
                            .map(state -> state.key() + " " + state.target())
                            .toList();
                    int value = value();
                    System.out.println(value + " " + (value == 1 ? states : states()));
                }
            }

            static String byDefault() {
                try {
                    return "" + (int) Repoint.find(MethodHandles.lookup(), Main.class, "value").defaultHandle().invokeExact();
                } catch (Throwable e) {
                    return e.toString();
                }
            }

            static List<String> states() {
                return Repoint.states().stream().map(state -> state.key() + " " + state.target()).toList();
            }
        }
        """;
}
