package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.jmx.Patchables;
import dev.repoint.jmx.PatchablesMXBean;
import java.lang.invoke.MethodHandles;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whoever gives null for something hears what it was.
class NullArgumentsTest {

    static Stream<Executable> callable() {
        return Stream.of(
                        Repoint.class,
                        Patch.class,
                        Patchables.class,
                        TargetOffer.class,
                        Condition.class,
                        Key.class,
                        KeyPattern.class,
                        ClassPattern.class,
                        Target.class)
                .flatMap(type -> Stream.<Executable>concat(
                        Arrays.stream(type.getDeclaredMethods())
                                .filter(method -> !method.isSynthetic()
                                        && !method.getName().equals("equals"))
                                .filter(method -> !method.getName().equals("constant")) // null is a value
                                .filter(method -> Modifier.isStatic(method.getModifiers()) || type == Patch.class),
                        type.isRecord() ? Arrays.stream(type.getDeclaredConstructors()) : Stream.of()))
                .filter(each -> Modifier.isPublic(each.getModifiers()))
                .filter(each -> Arrays.stream(each.getParameterTypes()).anyMatch(type -> !type.isPrimitive()));
    }

    @ParameterizedTest
    @MethodSource("callable")
    void nullIsNamed(Executable called) {
        Object[] arguments = Arrays.stream(called.getParameterTypes())
                .map(type -> type == int.class ? (Object) 1 : type == boolean.class ? (Object) false : null)
                .toArray();
        assertThatThrownBy(() -> call(called, arguments))
                .isInstanceOf(NullPointerException.class)
                .satisfies(thrown -> assertThat(thrown.getMessage())
                        .as("the name of a parameter")
                        .matches("[a-zA-Z]+"));
    }

    @Test
    void aClassOrANameThatIsNullIsNamedBehindTheLookup() {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        assertThatThrownBy(() -> Repoint.find(lookup, null, "x")).hasMessage("owner");
        assertThatThrownBy(() -> Repoint.find(lookup, String.class, null)).hasMessage("name");
        assertThatThrownBy(() -> Repoint.findField(lookup, null, "x")).hasMessage("owner");
        assertThatThrownBy(() -> Repoint.find(lookup, (String) null)).hasMessage("key");
    }

    @Test
    void soIsWhatAClientOfTheBeanDoesNotGive() throws Exception {
        MBeanServer server = MBeanServerFactory.newMBeanServer();
        ObjectName name = Patchables.register(server, true);
        PatchablesMXBean bean = JMX.newMXBeanProxy(server, name, PatchablesMXBean.class);
        Map<String, String> withNull = new HashMap<>();
        withNull.put("a.B.c", null);

        assertThatThrownBy(() -> bean.set(null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the key is null; give one");
        assertThatThrownBy(() -> bean.set("a.B.c", null)).hasMessage("the target is null; give one");
        assertThatThrownBy(() -> bean.setAll(null)).hasMessage("the targets are null; give some");
        assertThatThrownBy(() -> bean.setAll(withNull)).hasMessage("the target is null; give one");
        assertThatThrownBy(() -> bean.reset(null)).hasMessage("the key is null; give one");
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(name))
                .isFalse();
    }

    private static void call(Executable called, Object[] arguments) throws Throwable {
        try {
            if (called instanceof Method method) {
                method.invoke(Modifier.isStatic(method.getModifiers()) ? null : new Patch(), arguments);
            } else {
                ((java.lang.reflect.Constructor<?>) called).newInstance(arguments);
            }
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
