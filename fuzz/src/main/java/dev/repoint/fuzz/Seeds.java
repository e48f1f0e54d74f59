package dev.repoint.fuzz;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.StringJoiner;

/// Small files that compilers and linkers make of `seed.c`: what the fuzzer begins with.
final class Seeds {

    private static final String SMALL_LINK = " -nostdlib -Wl,-z,noseparate-code -Wl,-z,max-page-size=64"
            + " -Wl,--unresolved-symbols=ignore-all -Wl,--emit-relocs -Wl,--build-id";

    /// Small classes of many forms: an enum with bodies, a record, interfaces, switches, handlers, lambdas, calls and fields
    /// of every kind.
    private static final List<Class<?>> CLASSES = List.of(
            Target.class,
            Recipe.class,
            TableTarget.class,
            Main.class,
            Iterable.class,
            Optional.class,
            Objects.class,
            Override.class,
            StringJoiner.class,
            Void.class,
            ThreadLocal.class,
            Properties.class);

    private Seeds() {}

    /// A way to make one.
    private record Recipe(String name, Tool compiler, String options) {}

    private static final List<Recipe> RECIPES = List.of(
            new Recipe("gcc-x86_64-object", Tool.GCC, "-O1 -fPIC -c"),
            new Recipe("gcc-x86_64-sections", Tool.GCC, "-O2 -ffunction-sections -fno-plt -c"),
            new Recipe("gcc-x86_64-debug", Tool.GCC, "-O1 -g -c"),
            new Recipe("gcc-x86_64-debug-4", Tool.GCC, "-O1 -gdwarf-4 -c"),
            new Recipe("gcc-x86_64-debug-types", Tool.GCC, "-O1 -g -fdebug-types-section -gz -c"),
            new Recipe("clang-x86_64-debug", Tool.CLANG, "-O1 -g -c"),
            new Recipe("gcc-x86_64-shared", Tool.GCC, "-O1 -fPIC -shared -Wl,-soname,seed" + SMALL_LINK),
            new Recipe("gcc-x86_64-shared-debug", Tool.GCC, "-O1 -g -fPIC -shared" + SMALL_LINK),
            new Recipe(
                    "gcc-x86_64-packed",
                    Tool.GCC,
                    "-O1 -fPIE -pie -Wl,-e,run -Wl,-z,pack-relative-relocs" + SMALL_LINK),
            new Recipe("gcc-x86_64-fixed", Tool.GCC, "-O1 -fno-pie -no-pie -static -Wl,-e,run" + SMALL_LINK),
            new Recipe("gcc-x86_64-stripped", Tool.GCC, "-O1 -s -fPIC -shared -Wl,--hash-style=sysv" + SMALL_LINK),
            new Recipe("gcc-aarch64-object", Tool.AARCH64_GCC, "-O1 -fPIC -c"),
            new Recipe("gcc-aarch64-shared", Tool.AARCH64_GCC, "-O1 -fPIC -shared" + SMALL_LINK));

    /// Writes all seeds of a target into a folder. Those whose compiler is missing are left out.
    ///
    /// @throws IOException if a compiler fails
    static void write(Target target, Path folder) throws IOException {
        Files.createDirectories(folder);
        if (target.isOfClassFiles()) {
            for (Class<?> each : CLASSES) {
                String name = each.getName().replace('.', '/') + ".class";
                try (InputStream in = ClassLoader.getSystemResourceAsStream(name)) {
                    Files.copy(Objects.requireNonNull(in, name), folder.resolve(each.getSimpleName()));
                }
            }
            return;
        }
        Path source = folder.resolve("seed.c");
        try (InputStream in = Seeds.class.getResourceAsStream("seed.c")) {
            Files.copy(Objects.requireNonNull(in, "seed.c"), source, StandardCopyOption.REPLACE_EXISTING);
        }
        try {
            for (Recipe recipe : RECIPES) {
                if (recipe.compiler.find().isPresent()) {
                    write(target, recipe, folder);
                }
            }
        } finally {
            Files.delete(source);
        }
    }

    private static void write(Target target, Recipe recipe, Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of(recipe.compiler.command(), "-w", "-o", recipe.name, "seed.c"));
        command.addAll(Arrays.asList(recipe.options.split(" ")));
        Run.succeeding(folder, command);
        Path built = folder.resolve(recipe.name);
        byte[] file = Files.readAllBytes(built);
        Files.delete(built);
        write(target, file, built);
        if (!recipe.options.endsWith(" -c")) {
            write(target, withoutSections(file), folder.resolve(recipe.name + "-bare"));
        }
    }

    private static void write(Target target, byte[] file, Path seed) throws IOException {
        Optional<byte[]> bytes = target.seed(file);
        if (bytes.isPresent()) {
            Files.write(seed, bytes.get());
        }
    }

    /// The fields of the ELF header that lead to section headers, zero.
    private static byte[] withoutSections(byte[] file) {
        byte[] bare = file.clone();
        Arrays.fill(bare, 40, 48, (byte) 0);
        Arrays.fill(bare, 60, 64, (byte) 0);
        return bare;
    }
}
