package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.tools.attach.VirtualMachine;
import dev.repoint.agent.control.ControlException;
import dev.repoint.agent.control.PatchableStatus;
import dev.repoint.agent.control.RunningJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Programs whose calls the agent points elsewhere while it loads their classes.
class DirectAgentTest {

    private static final String PRICE = "direct=acme.Shop.price(int)=acme.Sale.price";

    @TempDir
    static Path folder;

    private static String shop;

    @BeforeAll
    static void compile() {
        shop = new Sources(folder)
                .compile("shop", Programs.SHOP, Programs.SALE, Programs.LATE)
                .toString();
    }

    private static Jvm start(String options) throws Exception {
        return Jvm.start(Jvm.agent(options), "-Xverify:all", "-cp", shop, "acme.Shop");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "direct=acme.Shop.price(int)=acme.Sale.price | price | 107",
                "direct=acme.Shop.price(int)=acme.Sale.price | referenced | 107",
                "direct=acme.Shop.price(java.lang.String)=acme.Sale.price | item | 203",
                "direct=acme.Shop.price(java.lang.String)=acme.Sale.price | price | 7",
                "direct=acme.Late.value=acme.Sale.value | late | 2",
                "direct=java.lang.System.currentTimeMillis=acme.Sale.now | now | long ago",
                "direct=acme.Shop.price(int)=acme.Sale.price,exclude=acme.Shop | price | 7",
                "direct=acme.Shop.price(int)=acme.Sale.price,policy=acme.Shop.label=constant:x | label | x",
                "direct=acme.Shop.price(int)=acme.Sale.price,policy=acme.Shop.label=constant:x | price | 107",
            })
    void callsInClassesThatLoadReachTheTarget(String options, String question, String answer) throws Exception {
        try (Jvm jvm = start(options)) {
            assertThat(jvm.ask(question)).isEqualTo(answer);
            assertThat(jvm.end()).isZero();
        }
    }

    @Test
    void aKeyIsShownAndCannotBeSetOrReset() throws Exception {
        String refusal = "acme.Shop.price(int): the agent's option 'direct' points its calls at acme.Sale.price when"
                + " their classes are loaded, so they ask for no other target; use 'policy' instead of 'direct'";
        try (Jvm jvm = start(PRICE)) {
            assertThat(jvm.ask("price")).isEqualTo("107");
            try (RunningJvm running = jvm.connect()) {
                assertThat(running.status())
                        .filteredOn(each -> each.key().equals("acme.Shop.price(int)"))
                        .singleElement()
                        .returns("acme.Sale.price(int)", PatchableStatus::target)
                        .returns("direct", PatchableStatus::mode)
                        .returns(2, PatchableStatus::links);
            }
            assertThatThrownBy(() -> jvm.set("acme.Shop.price(int)=constant:4"))
                    .isInstanceOf(ControlException.class)
                    .hasMessageContaining(refusal);
            assertThatThrownBy(() -> jvm.reset("acme.Shop.price(int)"))
                    .isInstanceOf(ControlException.class)
                    .hasMessageContaining(refusal);
        }
    }

    @Test
    void callsStayDirectWhenTheirClassIsTransformedAgain() throws Exception {
        try (Jvm jvm = start(PRICE)) {
            assertThat(jvm.ask("price")).isEqualTo("107");
            assertThat(jvm.set("acme.Shop.label=constant:x", "acme.Shop.price(String)=constant:9"))
                    .hasSize(2);
            assertThat(jvm.ask("label")).isEqualTo("x");
            assertThat(jvm.ask("item")).isEqualTo("9");
            assertThat(jvm.ask("price")).isEqualTo("107");
            assertThat(jvm.ask("referenced")).isEqualTo("107");
        }
    }

    @Test
    void callsThatStayAndKeysWithoutCallsAreToldAtTheEnd() throws Exception {
        try (Jvm jvm = start("direct=acme.Shop.discount=acme.Sale.discount;acme.Shop.prize=acme.Sale.price")) {
            assertThat(jvm.ask("discount")).isEqualTo("7");
            jvm.end();
            assertThat(String.join("\n", jvm.errors()))
                    .contains("agent option 'direct': acme.Shop.discount(int): the call in"
                            + " acme.Shop.answer(java.lang.String) line")
                    .contains(
                            "stays: the receiver may be of a subclass that is not seen and overrides it: acme.Shop can"
                                    + " be extended")
                    .contains("agent option 'direct': no loaded class calls acme.Shop.prize");
        }
    }

    @Test
    void callsInLoadedClassesStayAndThisIsToldAtOnce() throws Exception {
        try (Jvm jvm = Jvm.start("-cp", shop, "acme.Shop")) {
            assertThat(jvm.ask("price")).isEqualTo("7");
            VirtualMachine machine = VirtualMachine.attach(Long.toString(jvm.pid()));
            machine.loadAgent(Jvm.AGENT.toString(), PRICE + ";acme.Late.value=acme.Sale.value");
            machine.detach();
            assertThat(jvm.ask("price")).isEqualTo("7");
            jvm.end();
            assertThat(String.join("\n", jvm.errors()))
                    .contains("agent option 'direct': calls of acme.Shop.price(int) in classes that are loaded already"
                            + " stay: acme.Shop; start the program with the option")
                    .contains("calls of acme.Late.value() in classes that are loaded already stay: acme.Shop");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "direct=acme.Shop.audit=nothing | agent option 'direct': 'nothing' is no method; name a static method",
                "direct=acme.Shop.price(int)=acme.Sale.price,policy=acme.Shop.price(int)=constant:1 | is in 'policy',"
                        + " too",
                "direct=acme.Shop.price | 'acme.Shop.price' has no target",
            })
    void wrongOptionsStopTheProgram(String options, String message) throws Exception {
        try (Jvm jvm = start(options)) {
            assertThat(jvm.end()).isNotZero();
            assertThat(String.join("\n", jvm.errors())).contains(message);
        }
    }
}
