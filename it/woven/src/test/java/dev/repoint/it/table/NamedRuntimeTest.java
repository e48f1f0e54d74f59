package dev.repoint.it.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.Repoint;
import dev.repoint.it.table.fixtures.standalone.Main;
import java.lang.invoke.MethodHandles;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The runtime as a named module, beside a program that is none.
class NamedRuntimeTest {

    private static final String FIXTURE = Main.class.getPackageName();

    /// Loads the fixtures woven, and sees the runtime of a layer.
    private static final class Program extends ClassLoader {
        Program(ClassLoader runtime) {
            super(runtime);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(FIXTURE)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (var in = ClassLoader.getSystemResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] woven = Weave.ALL.apply(in.readAllBytes(), path -> null).bytes();
                return defineClass(name, woven, 0, woven.length);
            } catch (java.io.IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private final ClassLoader loader = runtime();
    private final Class<?> main = main(loader);
    private final Method twice = twice(main);

    @Test
    void aTargetThatIsNamedAsTextIsReachedInModulesThatTheRuntimeNeverHeardOf() throws Throwable {
        assertThat(twice.invoke(null, 5)).isEqualTo(10);
        Object patchable = find();
        setNegative(patchable);
        assertThat(twice.invoke(null, 5)).isEqualTo(-5);
        patchable.getClass().getMethod("reset").invoke(patchable);
        assertThat(twice.invoke(null, 5)).isEqualTo(10);
    }

    @Test
    void linksAndPatchesAreRecorded(@TempDir Path folder) throws Throwable {
        Path file = folder.resolve("named.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("dev.repoint.Link").withoutThreshold();
            recording.enable("dev.repoint.Patch").withoutThreshold();
            recording.start();
            assertThat(twice.invoke(null, 5)).isEqualTo(10);
            setNegative(find());
            recording.dump(file);
        }
        String key = FIXTURE + ".Main.twice(int)";
        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.hasField("key") && event.getString("key").equals(key))
                .toList();
        assertThat(events)
                .extracting(event -> event.getEventType().getName())
                .containsExactlyInAnyOrder("dev.repoint.Link", "dev.repoint.Patch");
        assertThat(events)
                .filteredOn(event -> event.hasField("newTarget"))
                .extracting(event -> event.getString("oldTarget") + " -> " + event.getString("newTarget"))
                .containsExactly("default -> " + FIXTURE + ".Main$Negative.of");
    }

    /// The class loader of a layer that has the runtime as a module.
    private static ClassLoader runtime() {
        Path runtime;
        try {
            runtime = Path.of(Repoint.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration =
                boot.configuration().resolve(ModuleFinder.of(runtime), ModuleFinder.of(), List.of("dev.repoint"));
        ModuleLayer layer = boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
        return layer.findLoader("dev.repoint");
    }

    private static Class<?> main(ClassLoader loader) {
        try {
            assertThat(loader.loadClass(Repoint.class.getName()).getModule().isNamed())
                    .isTrue();
            return new Program(loader).loadClass(Main.class.getName());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Method twice(Class<?> main) {
        try {
            Method twice = main.getDeclaredMethod("twice", int.class);
            twice.setAccessible(true);
            return twice;
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private Object find() throws ReflectiveOperationException {
        return call(
                loader,
                Repoint.class.getName(),
                "find",
                MethodHandles.privateLookupIn(main, MethodHandles.lookup()),
                main,
                "twice");
    }

    private void setNegative(Object patchable) throws ReflectiveOperationException {
        Object target = call(loader, "dev.repoint.Target", "parse", FIXTURE + ".Main$Negative.of");
        patchable
                .getClass()
                .getMethod("set", loader.loadClass("dev.repoint.Target"))
                .invoke(patchable, target);
    }

    private static Object call(ClassLoader loader, String type, String name, Object... arguments)
            throws ReflectiveOperationException {
        for (Method method : loader.loadClass(type).getMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
                boolean fits = true;
                for (int i = 0; i < arguments.length; i++) {
                    fits &= method.getParameterTypes()[i].isInstance(arguments[i]);
                }
                if (fits) {
                    return method.invoke(null, arguments);
                }
            }
        }
        throw new AssertionError("no method " + type + "." + name);
    }
}
