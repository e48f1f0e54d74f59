package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.fixture.Subject;
import dev.repoint.fixture.Targets;
import dev.repoint.jmx.Patchables;
import dev.repoint.jmx.PatchablesMXBean;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.util.Map;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The bean.
class PatchablesTest {

    private static final String SUBJECT = Subject.class.getName() + ".";
    private static final String TARGETS = Targets.class.getName() + ".";
    private static final String ADD = SUBJECT + "add(int,int)";

    private final Woven woven = new Woven();
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();

    PatchablesTest() {
        sum();
        woven.call(Subject.class, "anInt");
    }

    @AfterEach
    void resetAll() {
        Patchables.unregister(server);
        Patchables.register(server, true);
        bean().resetAll();
    }

    private int sum() {
        return (int) woven.call(Subject.class, "add", 6, 7);
    }

    private PatchablesMXBean bean() {
        try {
            return JMX.newMXBeanProxy(server, new ObjectName(Patchables.NAME), PatchablesMXBean.class);
        } catch (MalformedObjectNameException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void itTellsWhatThereIs() {
        Patchables.register(server, false);
        woven.patchable(Subject.class, "add").set(Target.constant(3));
        assertThat(bean().isWritable()).isFalse();
        assertThat(bean().getPatchables())
                .filteredOn(row ->
                        row.loader().equals(woven.toString()) && row.key().equals(ADD))
                .containsExactly(new PatchablesMXBean.Row(
                        ADD, "int add(int,int)", "constant:3", "constant", "", 1, 1, woven.toString(), ""));
    }

    @Test
    void itChangesNothingUnlessThatIsAllowed() {
        Patchables.register(server, false);
        String refusal = "targets may only be looked at; start the program with -Drepoint.mxbean=write to change them";
        assertThatThrownBy(() -> bean().set(ADD, "constant:1"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(refusal);
        assertThatThrownBy(() -> bean().resetAll())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(refusal);
        assertThat(sum()).isEqualTo(13);
    }

    @Test
    void targetsAreSetAndReset() {
        Patchables.register(server, true);
        bean().set(ADD, TARGETS + "multiply");
        assertThat(sum()).isEqualTo(42);
        bean().setAll(Map.of(ADD, "constant:1", SUBJECT + "anInt", "8"));
        assertThat(sum()).isEqualTo(1);
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(8);
        bean().reset(SUBJECT + "a*");
        assertThat(sum()).isEqualTo(13);
        bean().set(ADD, "constant:1");
        bean().resetAll();
        assertThat(sum()).isEqualTo(13);
    }

    @Test
    void aKeyWithQuotesAndBackticksIsTypedAsItIsShown() {
        String odd = "it's `so`, \"a=b\" (c)";
        Woven renamed = new Woven(bytes -> Prologue.weave(renamed(bytes, odd)));
        assertThat(renamed.call(Subject.class, odd, 6, 7)).isEqualTo(13);
        Patchables.register(server, true);
        String key = bean().getPatchables().stream()
                .filter(row -> row.loader().equals(renamed.toString()))
                .map(PatchablesMXBean.Row::key)
                .findFirst()
                .orElseThrow();
        bean().set(key, "constant:1");
        assertThat(renamed.call(Subject.class, odd, 6, 7)).isEqualTo(1);
        bean().reset(key);
        assertThat(renamed.call(Subject.class, odd, 6, 7)).isEqualTo(13);
    }

    /// A class file whose method `add` has another name.
    private static byte[] renamed(byte[] classFile, String name) {
        ClassFile files = ClassFile.of();
        return files.transformClass(files.parse(classFile), (builder, element) -> {
            if (element instanceof MethodModel method && method.methodName().equalsString("add")) {
                builder.withMethod(
                        name,
                        method.methodTypeSymbol(),
                        method.flags().flagsMask(),
                        body -> method.forEach(body::with));
            } else {
                builder.with(element);
            }
        });
    }

    @Test
    void whatIsRefusedIsRefusedWholeInOneLine() {
        Patchables.register(server, true);
        assertThatThrownBy(() -> bean().setAll(Map.of(ADD, "constant:1", SUBJECT + "anInt", "constant:x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessage(SUBJECT + "anInt() returns int: 'x' is no value of it");
        assertThat(sum()).isEqualTo(13);
        assertThatThrownBy(() -> bean().set(SUBJECT + "ad", "constant:1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no patchable that was called or read yet matches '" + SUBJECT + "ad'")
                .hasMessageContaining("did you mean " + ADD);
        assertThatThrownBy(() -> bean().set(SUBJECT + "*", "constant:1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key '" + SUBJECT + "*' has a wildcard; name one method or field");
        assertThatThrownBy(() -> bean().reset("acme.Nothing.at.all"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no patchable");
    }

    @Test
    void thereIsOneOfThatNameInAServer() {
        ObjectName name = Patchables.register(server, false);
        assertThat(server.isRegistered(name)).isTrue();
        assertThatThrownBy(() -> Patchables.register(server, false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(Patchables.NAME + " cannot be registered: ");
        Patchables.unregister(server);
        Patchables.unregister(server);
        assertThat(server.isRegistered(name)).isFalse();
    }
}
