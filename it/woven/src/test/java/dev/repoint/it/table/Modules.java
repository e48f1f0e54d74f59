package dev.repoint.it.table;

import dev.repoint.it.table.fixtures.modules.app.ModuleProgram;
import dev.repoint.weaver.WeaveResult;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// The fixtures of named modules, written as two modules and defined in a layer of their own: `app` and `lib`,
/// which exports one of its two packages.
final class Modules {

    private static final String ROOT = "dev.repoint.it.table.fixtures.modules.";

    private final ModuleLayer layer;

    private Modules(ModuleLayer layer) {
        this.layer = layer;
    }

    /// Weaves and defines both modules.
    static Modules define(Weave weave, Path folder) throws IOException {
        Path app = Files.createDirectories(folder.resolve(weave + "/app"));
        Path lib = Files.createDirectories(folder.resolve(weave + "/lib"));
        write(app, weave, "app.ModuleProgram");
        write(lib, weave, "lib.Published");
        write(lib, weave, "hidden.Hidden");
        declare(
                app,
                "app",
                List.of(ROOT + "app"),
                module -> module.requires(ModuleDesc.of("lib"), 0, null).exports(PackageDesc.of(ROOT + "app"), 0));
        declare(
                lib,
                "lib",
                List.of(ROOT + "lib", ROOT + "hidden"),
                module -> module.exports(PackageDesc.of(ROOT + "lib"), 0));
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration =
                boot.configuration().resolve(ModuleFinder.of(app, lib), ModuleFinder.of(), List.of("app"));
        ModuleLayer.Controller controller =
                ModuleLayer.defineModulesWithOneLoader(configuration, List.of(boot), Modules.class.getClassLoader());
        // Tests and runtime lie on the class path. An agent makes the modules that it weaves read it, as the JVM has
        // it.
        controller.layer().modules().forEach(module -> controller.addReads(module, Modules.class.getModule()));
        return new Modules(controller.layer());
    }

    Class<?> type(String module, String name) {
        try {
            return Class.forName(ROOT + name, false, layer.findLoader(module));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /// Runs the program, and takes its trace.
    List<String> run() {
        Trace.take();
        try {
            ((Runnable) type("app", "app.ModuleProgram").getConstructor().newInstance()).run();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        return Trace.take();
    }

    private static void write(Path folder, Weave weave, String simpleName) throws IOException {
        String path = (ROOT + simpleName).replace('.', '/');
        byte[] bytes = bytes(path);
        if (weave != Weave.PLAIN) {
            WeaveResult woven = weave.apply(bytes, Modules::find);
            bytes = woven.bytes();
        }
        Path file = folder.resolve(path + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private static void declare(
            Path folder, String name, List<String> packages, Consumer<ModuleAttribute.ModuleAttributeBuilder> with)
            throws IOException {
        ModuleAttribute attribute = ModuleAttribute.of(ModuleDesc.of(name), module -> {
            module.requires(ModuleDesc.of("java.base"), ClassFile.ACC_MANDATED, null);
            with.accept(module);
        });
        byte[] info = ClassFile.of()
                .buildModule(
                        attribute,
                        type -> type.with(java.lang.classfile.attribute.ModulePackagesAttribute.ofNames(
                                packages.stream().map(PackageDesc::of).toList())));
        Files.write(folder.resolve("module-info.class"), info);
    }

    private static byte[] find(String internalName) {
        try {
            return bytes(internalName);
        } catch (IOException e) {
            return null;
        }
    }

    private static byte[] bytes(String path) throws IOException {
        try (InputStream in = ModuleProgram.class.getClassLoader().getResourceAsStream(path + ".class")) {
            return in == null ? null : in.readAllBytes();
        }
    }
}
