package dev.repoint.it.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.Key;
import dev.repoint.PatchException;
import dev.repoint.PatchableMethod;
import dev.repoint.Repoint;
import dev.repoint.Target;
import dev.repoint.internal.agent.Weaving;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Named modules: what is not exported stays out of reach, and what may be patched is up to the module.
class ModulesTest {

    private static final String ROOT = "dev.repoint.it.table.fixtures.modules.";

    @TempDir
    static Path folder;

    private static MethodHandles.Lookup appLookup(Modules modules) {
        try {
            return (MethodHandles.Lookup)
                    modules.type("app", "app.ModuleProgram").getMethod("lookup").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Weave.class, mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void accessBetweenModulesIsAsWithoutRepoint(Weave weave) throws IOException {
        List<String> plain = Modules.define(Weave.PLAIN, folder).run();
        assertThat(plain)
                .contains("module: app", "own: 14", "exported: 31", "not exported threw")
                .contains("inherited from what is not exported: 8700")
                .anyMatch(line -> line.startsWith("  java.lang.IllegalAccessError: class " + ROOT + "app"));

        Comparison.same(weave, plain, Modules.define(weave, folder).run());
    }

    @ParameterizedTest
    @EnumSource(
            value = Weave.class,
            names = {"ENTRIES", "ENTRIES_IN_PLACE"})
    void aModuleLetsItsOwnMethodsBePatched(Weave weave) throws IOException {
        Modules modules = Modules.define(weave, folder);
        modules.run();
        PatchableMethod own = Repoint.find(appLookup(modules), modules.type("app", "app.ModuleProgram"), "own");
        own.set(Target.method(modules.type("app", "app.ModuleProgram"), "target"));
        assertThat(modules.run()).contains("own: -2");

        own.set(Target.parse("java.lang.Math.abs").in(null));
        assertThat(modules.run()).contains("own: 2");
        own.reset();
        assertThat(modules.run()).contains("own: 14");
    }

    @ParameterizedTest
    @EnumSource(
            value = Weave.class,
            names = {"ENTRIES", "ENTRIES_IN_PLACE"})
    void anotherModulesMethodsNeedItsConsent(Weave weave) throws IOException {
        Modules modules = Modules.define(weave, folder);
        modules.run();
        Class<?> published = modules.type("lib", "lib.Published");

        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> Repoint.find(appLookup(modules), published, "call"))
                .withMessageContaining("Published.call(int) may not be patched by " + ROOT + "app.ModuleProgram")
                .withMessageContaining("open its package");
    }

    @ParameterizedTest
    @EnumSource(
            value = Weave.class,
            names = {"SITES", "SITES_IN_PLACE"})
    void theCallsOfAModuleAreLedElsewhereByItself(Weave weave) throws IOException {
        Modules modules = Modules.define(weave, folder);
        Weaving.declareSites(new Key(ROOT + "lib.Published", "call", "(I)I"));
        PatchableMethod call = Repoint.find(appLookup(modules), modules.type("lib", "lib.Published"), "call");
        call.set(Target.method(modules.type("app", "app.ModuleProgram"), "target"));

        assertThat(modules.run()).contains("exported: -3");
        call.reset();
        assertThat(modules.run()).contains("exported: 31");
    }
}
