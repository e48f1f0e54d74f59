package dev.repoint.it.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.KeyPattern;
import dev.repoint.it.libraries.fixture.Gauge;
import dev.repoint.it.libraries.fixture.GaugeMBean;
import dev.repoint.it.libraries.fixture.OldCases;
import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.weave.Weaver;
import java.beans.Introspector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import junit.framework.TestResult;
import junit.framework.TestSuite;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Frameworks that look for methods by reflection find in woven classes what they find in plain ones.
class FrameworksTest {

    private static final List<Class<?>> FIXTURES = List.of(OldCases.class, Gauge.class, GaugeMBean.class);

    private final ClassLoader woven = new Weaving();

    /// Makes every method patchable, and patches every call.
    private static final class Weaving extends ClassLoader {

        private static final List<KeyPattern> ALL = List.of(KeyPattern.parse("**"));
        private static final Weaver WEAVER = Weaver.of(new Selection(ALL, true, ALL, List.of(), List.of()));

        private final Map<String, byte[]> defined = new ConcurrentHashMap<>();

        Weaving() {
            super(FrameworksTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known != null
                        || FIXTURES.stream().noneMatch(each -> each.getName().equals(name))) {
                    return known == null ? super.loadClass(name, resolve) : known;
                }
                ClassSource others = Weaving::bytes;
                byte[] bytes = WEAVER.weave(bytes(name.replace('.', '/')), others, Phase.LOAD)
                        .bytes();
                defined.put(name.replace('.', '/') + ".class", bytes);
                return defineClass(name, bytes, 0, bytes.length);
            }
        }

        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            byte[] woven = defined.get(name);
            return woven == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(woven);
        }

        private static byte @Nullable [] bytes(String internalName) {
            try (InputStream in = ClassLoader.getSystemResourceAsStream(internalName + ".class")) {
                return in == null ? null : in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Class<?> woven(Class<?> plain) throws ClassNotFoundException {
        return Class.forName(plain.getName(), true, woven);
    }

    @Test
    void jUnit3RunsTheTestsThatThereWere() throws Exception {
        TestResult result = new TestResult();
        new TestSuite(woven(OldCases.class)).run(result);

        assertThat(result.runCount()).isEqualTo(2);
        assertThat(result.failureCount() + result.errorCount()).isZero();
    }

    @Test
    void beansHaveThePropertiesThatTheyHad() throws Exception {
        assertThat(properties(woven(Gauge.class)))
                .isEqualTo(properties(Gauge.class))
                .contains("level", "full");
    }

    private static Set<String> properties(Class<?> bean) throws Exception {
        return Stream.of(Introspector.getBeanInfo(bean).getPropertyDescriptors())
                .map(each -> each.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void standardBeansOfJmxHaveWhatTheyHad() throws Exception {
        MBeanInfo plain = info(Gauge.class, "plain");
        MBeanInfo information = info(woven(Gauge.class), "woven");
        assertThat(information.getAttributes())
                .containsExactlyInAnyOrder(plain.getAttributes())
                .hasSize(2);
        assertThat(information.getOperations())
                .containsExactlyInAnyOrder(plain.getOperations())
                .hasSize(1);
    }

    private static MBeanInfo info(Class<?> type, String name) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName as = new ObjectName("dev.repoint.it:type=Gauge,name=" + name);
        server.registerMBean(type.getConstructor().newInstance(), as);
        try {
            return server.getMBeanInfo(as);
        } finally {
            server.unregisterMBean(as);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {OldCases.class, Gauge.class, GaugeMBean.class})
    void whatIsAddedIsPrivateAndSyntheticAndBeginsWithOurName(Class<?> plain) throws Exception {
        Set<String> before =
                Arrays.stream(plain.getDeclaredMethods()).map(Method::getName).collect(Collectors.toSet());
        List<Method> added = Arrays.stream(woven(plain).getDeclaredMethods())
                .filter(method -> !before.contains(method.getName()))
                .toList();

        assertThat(added).isNotEmpty().allSatisfy(method -> {
            assertThat(method.getName()).startsWith("repoint$");
            assertThat(method.isSynthetic()).isTrue();
            assertThat(Modifier.isPrivate(method.getModifiers())).isTrue();
        });
        assertThat(woven(plain).getDeclaredMethods()).hasSize(plain.getDeclaredMethods().length + added.size());
        assertThat(woven(plain).getDeclaredFields()).hasSameSizeAs(plain.getDeclaredFields());
        assertThat(woven(plain).getMethods()).hasSameSizeAs(plain.getMethods());
    }
}
