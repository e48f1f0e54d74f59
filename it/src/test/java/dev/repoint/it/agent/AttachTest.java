package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.agent.control.Change;
import dev.repoint.agent.control.ControlException;
import dev.repoint.agent.control.Outcome;
import dev.repoint.agent.control.PatchableStatus;
import dev.repoint.agent.control.RunningJvm;
import java.io.File;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One program that runs on while it is attached to, again and again.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class AttachTest {

    @TempDir
    static Path folder;

    private static Jvm jvm;

    @BeforeAll
    static void start() throws IOException {
        Path shop = new Sources(folder).compile("shop", Programs.SHOP, Programs.SALE, Programs.LATE);
        jvm = Jvm.start("-cp", shop.toString(), "acme.Shop");
        jvm.ask("price");
    }

    @AfterEach
    void reset() throws IOException {
        jvm.reset();
        assertThat(List.of(jvm.ask("price"), jvm.ask("item"), jvm.ask("label"), jvm.ask("now"), jvm.ask("audit")))
                .containsExactly("7", "3", "plain 7", "today", "audited");
    }

    @AfterAll
    static void end() throws Exception {
        Path socket = Path.of(jvm.ask("property"));
        assertThat(jvm.end()).isZero();
        assertThat(jvm.errors()).isEmpty();
        assertThat(socket.getParent()).doesNotExist();
        jvm.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "acme.Shop.price(int)=acme.Sale.price | price | 107",
                "acme.Shop.price(String)=acme.Sale.price | item | 203",
                "acme.Shop.label=acme.Sale.label | label | sale 7",
                "acme.Shop.discount=acme.Sale.discount | discount | 50",
                "acme.Shop.price(int)=constant:-3 | referenced | -3",
                "acme.Shop.price(int)=default | price | 7",
                "acme.Shop.label=constant:a;b,c=d | label | a;b,c=d",
            })
    void aTargetThatIsSetIsCalled(String change, String question, String answer) throws IOException {
        jvm.set(change);

        assertThat(jvm.ask(question)).isEqualTo(answer);
    }

    @Test
    void outcomesTellWhatWasAndWhatIs() {
        assertThat(jvm.set("acme.Shop.price(int)=acme.Sale.price"))
                .containsExactly(new Outcome("acme.Shop.price(int)", "default", "acme.Sale.price", ""));
        assertThat(jvm.set("acme.Shop.price(int)=constant:4"))
                .containsExactly(new Outcome("acme.Shop.price(int)", "acme.Sale.price", "constant:4", ""));
        assertThat(jvm.reset("acme.Shop.price(int)"))
                .containsExactly(new Outcome("acme.Shop.price(int)", "constant:4", "default", ""));
        assertThat(jvm.reset("acme.Shop.price(int)"))
                .containsExactly(new Outcome("acme.Shop.price(int)", "default", "default", ""));
        assertThat(jvm.reset()).isEmpty();
    }

    @Test
    void statusTellsAllThatIsKnown() throws IOException {
        jvm.set("acme.Shop.audit=nothing", "acme.Shop.label=acme.Sale.label");
        jvm.ask("audit");

        try (RunningJvm running = jvm.connect()) {
            List<PatchableStatus> all = running.status();
            assertThat(all).extracting(PatchableStatus::key).isSorted();
            PatchableStatus audit = all.stream()
                    .filter(one -> one.key().startsWith("acme.Shop.audit"))
                    .findFirst()
                    .orElseThrow();
            assertThat(audit)
                    .returns("void audit(java.lang.StringBuilder)", PatchableStatus::defaultMethod)
                    .returns("nothing", PatchableStatus::target)
                    .returns("constant", PatchableStatus::mode)
                    .returns("app", PatchableStatus::loader)
                    .returns(1, PatchableStatus::links);
            assertThat(audit.changes()).isPositive();
            assertThat(running.report()).contains("entry acme.Shop.audit(java.lang.StringBuilder) in place");
        }
    }

    @Test
    void statusTellsOfAPatchableThatIsChangedOften() throws IOException {
        jvm.ask("discount");
        for (int i = 1; i <= 100; i++) {
            jvm.set("acme.Shop.discount=constant:" + i);
        }
        assertThat(jvm.ask("discount")).isEqualTo("100");
        try (RunningJvm running = jvm.connect()) {
            assertThat(running.status())
                    .filteredOn(status -> status.key().startsWith("acme.Shop.discount"))
                    .singleElement()
                    .extracting(PatchableStatus::mode)
                    .isIn("pointer (often changed)", "pointer (costly to change)");
        }
    }

    @Test
    void severalKeysAreSetTogetherOrNotAtAll() throws IOException {
        jvm.set("acme.Shop.price(int)=acme.Sale.price", "acme.Shop.label=acme.Sale.label", "acme.Shop.audit=nothing");
        assertThat(List.of(jvm.ask("price"), jvm.ask("label"), jvm.ask("audit")))
                .containsExactly("107", "sale 7", "");

        jvm.reset();
        assertThatThrownBy(() -> jvm.set(
                        "acme.Shop.price(int)=acme.Sale.price",
                        "acme.Shop.label=constant:x",
                        "acme.Shop.discount=constant:y"))
                .hasMessage("acme.Shop.discount(int) returns int: 'y' is no value of it");
        assertThat(List.of(jvm.ask("price"), jvm.ask("label"))).containsExactly("7", "plain 7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "acme.Shop.prize=nothing | there is no method acme.Shop.prize; did you mean acme.Shop.price(int)",
                "acme.Shp.price=nothing | there is no class acme.Shp in the program; did you mean acme.Shop.price(int)",
                "acme.Shop.price=nothing | acme.Shop.price is ambiguous; name one of acme.Shop.price(int),"
                        + " acme.Shop.price(java.lang.String)",
                "acme.Shop.price(long)=nothing | there is no method acme.Shop.price(long); did you mean",
                "acme.Shop.hashCode=constant:1 | is inherited; name the class that declares it:"
                        + " java.lang.Object.hashCode()",
                "acme.**=nothing | key 'acme.**' has a wildcard; name one method",
                "acme.Shop.<init>=nothing | acme.Shop.<init> is a constructor",
                "acme.Shop.label=acme.Sale.lable | acme.Shop.label(int): there is no method acme.Sale.lable; did you"
                        + " mean acme.Sale.label(int)",
                "acme.Shop.label=acme.Sole.label | acme.Shop.label(int): there is no class acme.Sole for its target",
                "acme.Shop.label=acme.Sale.wrong | acme.Shop.label(int) has the type (int)java.lang.String, the target"
                        + " acme.Sale.wrong has (java.lang.String)long",
                "acme.Shop.label=nothing | acme.Shop.label(int) cannot do nothing: it returns java.lang.String",
                "acme.Shop.label=something | target 'something': write",
                "acme.Shop=nothing | there is no class acme in the program",
            })
    void whatCannotBeSetIsRefusedInOneLine(String change, String message) {
        assertThatThrownBy(() -> jvm.set(change))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n", "repoint.Probe");
    }

    @Test
    void aKeyThatIsNamedTwiceIsRefused() {
        assertThatThrownBy(() -> jvm.set("acme.Shop.label=constant:a", "acme.Shop.label(int)=constant:b"))
                .hasMessageContaining("is named twice");
    }

    @Test
    void resettingWhatIsNotPatchableIsRefusedWithTheNearest() {
        jvm.set("acme.Shop.label=constant:x");

        assertThatThrownBy(() -> jvm.reset("acme.Shop.lable"))
                .hasMessageStartingWith("no patchable matches 'acme.Shop.lable'; did you mean acme.Shop.label(int)");
        assertThat(jvm.reset("acme.**")).extracting(Outcome::key).containsExactly("acme.Shop.label(int)");
    }

    @Test
    void aNativeMethodIsPatchedAtItsCalls() throws IOException {
        List<Outcome> outcomes = jvm.set("java.lang.System.currentTimeMillis=acme.Sale.now");

        assertThat(outcomes)
                .singleElement()
                .extracting(Outcome::note)
                .asString()
                .startsWith("at its calls, in 1 loaded class (");
        assertThat(jvm.ask("now")).isEqualTo("long ago");
        jvm.reset("java.lang.System.currentTimeMillis");
        assertThat(jvm.ask("now")).isEqualTo("today");
    }

    @Test
    void anAbstractMethodIsPatchedAtItsCalls() throws IOException {
        jvm.set("java.util.List.size=acme.Sale.size");
        assertThat(jvm.ask("size")).isEqualTo("-1");
        jvm.reset("java.util.List.size");
        assertThat(jvm.ask("size")).isEqualTo("2");
    }

    @Test
    void aMethodOfTheJdkIsPatchedAtItsEntry() throws IOException {
        List<Outcome> outcomes = jvm.set("java.util.UUID.randomUUID=constant:null");

        assertThat(outcomes).singleElement().extracting(Outcome::note).isIn("", "when it is loaded");
    }

    @Test
    void targetsThatTheProgramDoesNotHaveAreBroughtAlong() throws IOException {
        Sources sources = new Sources(folder);
        Path jar = sources.jar(
                sources.compile(
                        "fix",
                        List.of(
                                "-cp",
                                folder.resolve("shop") + File.pathSeparator + System.getProperty("java.class.path")),
                        """
                        // acme/Fix.java
                        package acme;

                        import dev.repoint.Original;
                        import java.util.List;
                        import java.util.function.IntFunction;
                        import java.util.function.ToIntFunction;

                        public class Fix {
                            public static String label(int n) {
                                return "fixed " + n + " of " + Shop.class.getClassLoader().getName();
                            }

                            static String around(@Original IntFunction<String> original, int n) {
                                return "<" + original.apply(n + 1) + ">";
                            }

                            static int more(@Original ToIntFunction<List<?>> original, List<?> list) {
                                return 100 + original.applyAsInt(list);
                            }
                        }
                        """),
                "");
        try (RunningJvm running = jvm.connect()) {
            running.set(List.of(new Change("acme.Shop.label", "acme.Fix.label")), List.of(jar));
            assertThat(jvm.ask("label")).isEqualTo("fixed 7 of app");
            running.set(List.of(new Change("acme.Shop.label", "acme.Fix.around")), List.of(jar));
            assertThat(jvm.ask("label")).isEqualTo("<plain 8>");
            running.set(List.of(new Change("java.util.List.size", "acme.Fix.more")), List.of(jar));
            assertThat(jvm.ask("size")).as("at its calls").isEqualTo("102");
            running.reset(List.of("java.util.List.size"));
            Path missing = folder.resolve("missing.jar");
            assertThatThrownBy(() ->
                            running.set(List.of(new Change("acme.Shop.label", "acme.Fix.label")), List.of(missing)))
                    .hasMessage("class path " + missing + ": there is no such file");
        }
    }

    @Test
    void bytesThatAreNoRequestDoNotHurtTheProgram() throws IOException {
        jvm.set("acme.Shop.price(int)=constant:8");
        Path socket = Path.of(jvm.ask("property"));
        List<byte[]> attempts = new ArrayList<>(List.of(
                new byte[0],
                "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                new byte[100_000],
                new byte[] {0x52, 0x50, 0x4e, 0x54, 0, 1, 0x7f, 0, 0, 0},
                new byte[] {0x52, 0x50, 0x4e, 0x54, 0, 9},
                new byte[] {0x52, 0x50, 0x4e, 0x54, 0, 1, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0}));
        for (byte[] attempt : attempts) {
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                channel.write(ByteBuffer.wrap(attempt));
            } catch (IOException e) {
                // refused before all of it was written
            }
        }

        assertThat(jvm.ask("price")).isEqualTo("8");
        assertThat(jvm.reset()).hasSize(1);
    }

    @Test
    void onlyTheUserCanEnterTheFolderOfTheSocket() throws IOException {
        jvm.reset();
        Path socket = Path.of(jvm.ask("property"));

        assertThat(Files.getPosixFilePermissions(socket.getParent()))
                .isEqualTo(Set.of(
                        java.nio.file.attribute.PosixFilePermission.OWNER_READ,
                        java.nio.file.attribute.PosixFilePermission.OWNER_WRITE,
                        java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE));
    }

    @Test
    void aSocketThatIsGoneIsOpenedAgain() throws IOException {
        jvm.reset();
        Path socket = Path.of(jvm.ask("property"));
        Files.delete(socket);
        List<String> progress = new ArrayList<>();

        try (RunningJvm running = RunningJvm.connect(jvm.pid(), Jvm.AGENT, progress::add)) {
            running.set(List.of(new Change("acme.Shop.price(int)", "constant:6")), List.of());
        }
        assertThat(progress).singleElement().asString().contains("socket is gone");
        assertThat(jvm.ask("price")).isEqualTo("6");
        Files.deleteIfExists(socket.getParent());
    }
}
