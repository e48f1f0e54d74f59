package dev.repoint.it.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.Repoint;
import dev.repoint.it.table.fixtures.standalone.Main;
import java.lang.invoke.MethodHandles;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    @Test
    void aTargetThatIsNamedAsTextIsReachedInModulesThatTheRuntimeNeverHeardOf() throws Throwable {
        Path runtime = Path.of(Repoint.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration =
                boot.configuration().resolve(ModuleFinder.of(runtime), ModuleFinder.of(), List.of("dev.repoint"));
        ModuleLayer layer = boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
        ClassLoader loader = layer.findLoader("dev.repoint");
        assertThat(loader.loadClass(Repoint.class.getName()).getModule().isNamed())
                .isTrue();

        Class<?> main = new Program(loader).loadClass(Main.class.getName());
        Method twice = main.getDeclaredMethod("twice", int.class);
        twice.setAccessible(true);
        assertThat(twice.invoke(null, 5)).isEqualTo(10);

        Object patchable = call(
                loader,
                Repoint.class.getName(),
                "find",
                MethodHandles.privateLookupIn(main, MethodHandles.lookup()),
                main,
                "twice");
        Object target = call(loader, "dev.repoint.Target", "parse", FIXTURE + ".Main$Negative.of");
        patchable
                .getClass()
                .getMethod("set", loader.loadClass("dev.repoint.Target"))
                .invoke(patchable, target);
        assertThat(twice.invoke(null, 5)).isEqualTo(-5);
        patchable.getClass().getMethod("reset").invoke(patchable);
        assertThat(twice.invoke(null, 5)).isEqualTo(10);
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
