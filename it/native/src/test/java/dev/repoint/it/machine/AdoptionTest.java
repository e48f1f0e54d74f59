package dev.repoint.it.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.ElfFile;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import dev.repoint.machine.site.Collector;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.Safety;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a project takes Repoint in: by make, by CMake, by pkg-config.
class AdoptionTest {

    @TempDir
    private Path folder;

    @Test
    void theExampleBuildsWithMake() throws IOException {
        Tool.GCC.required();
        Path example = example();
        Run.succeeding(example, List.of(Tool.MAKE.required().command(), "CC=gcc"));
        assertShopIsPatchable(example.resolve("shop"));
    }

    @Test
    void theExampleBuildsWithMakeAndClang() throws IOException {
        Tool.CLANG.required();
        Path example = example();
        Run.succeeding(example, List.of(Tool.MAKE.required().command(), "CC=clang", "CFLAGS=-O2 -Werror"));
        assertThat(Run.succeeding(example, List.of("./shop")).output()).isEqualTo("two teas cost 60\n");
    }

    @Test
    void theExampleBuildsWithCmake() throws IOException {
        Path example = example();
        cmake(example, example.resolve("built"));
        assertShopIsPatchable(example.resolve("built/shop"));
    }

    @Test
    void pkgConfigTellsTheFlags() throws IOException {
        Tool.GCC.required();
        Path example = example();
        List<String> command = new ArrayList<>(List.of(Tool.GCC.command(), "-O2", "shop.c", "price.c", "-o", "shop"));
        command.addAll(pkgConfig("--cflags", "--libs", "repoint"));
        Run.succeeding(example, command);
        assertShopIsPatchable(example.resolve("shop"));
        assertThat(pkgConfig("--libs", "repoint-shared")).contains("-Wl,--emit-relocs", "-Wl,-Bsymbolic");
        assertThat(pkgConfig("--libs", "repoint")).doesNotContain("-Wl,-Bsymbolic");
    }

    /// The same words in five files.
    @Test
    void allWaysGiveTheSameFlagsAndTheVersionOfThisProject() throws IOException {
        Path include = Sources.include();
        assertThat(words(include.resolve("repoint.cflags")))
                .isEqualTo(pkgConfig("--cflags", "repoint").stream()
                        .filter(word -> !word.startsWith("-I"))
                        .toList());
        assertThat(words(include.resolve("repoint-entries.cflags")))
                .startsWith(words(include.resolve("repoint.cflags")).toArray(String[]::new))
                .contains("-fpatchable-function-entry=5");
        assertThat(words(include.resolve("repoint.ldflags"))).isEqualTo(pkgConfig("--libs", "repoint"));
        assertThat(words(include.resolve("repoint-shared.ldflags"))).isEqualTo(pkgConfig("--libs", "repoint-shared"));
        String version = System.getProperty("repoint.version");
        assertThat(pkgConfig("--modversion", "repoint")).containsExactly(version);
        assertThat(pkgConfig("--modversion", "repoint-shared")).containsExactly(version);
        assertThat(Files.readString(include.resolve("cmake/RepointConfigVersion.cmake")))
                .contains("set(PACKAGE_VERSION \"" + version + "\")");
    }

    @Test
    void everyKindOfTargetOfCmakeKeepsItsRelocations() throws IOException {
        Path source = copy(Sources.folder("kinds"), folder.resolve("kinds"));
        Path built = folder.resolve("built");
        cmake(source, built);
        assertThat(Run.succeeding(built, List.of("./app")).output()).isEqualTo("4 11 8\n");
        assertThat(Run.succeeding(built, List.of("./pointers")).output()).isEqualTo("4 11 8\n");

        assertThat(sites(built.resolve("app"), "own")).isEqualTo(Safety.HOOK);
        assertThat(sites(built.resolve("app"), "later")).isEqualTo(Safety.HOOK);
        assertThat(sites(built.resolve("libbeside.so"), "inside")).isEqualTo(Safety.HOOK);

        Path patched = Files.createDirectory(folder.resolve("patched"));
        Patched.write(built.resolve("app"), patched.resolve("app"), "own=own_new", "later=later_new");
        assertThat(Run.succeeding(patched, List.of("./app")).output()).isEqualTo("4 1001 701\n");
        Patched.write(built.resolve("pointers"), patched.resolve("pointers"), "own=own_new");
        assertThat(Run.succeeding(patched, List.of("./pointers")).output()).isEqualTo("4 1001 8\n");
        Patched.write(built.resolve("libbeside.so"), built.resolve("libbeside.so"), "inside=inside_new");
        assertThat(Run.succeeding(built, List.of("./app")).output()).isEqualTo("103 11 8\n");
    }

    @Test
    void cmakeIsToldOfAWordThatItDoesNotKnow() throws IOException {
        Path source = copy(Sources.folder("kinds"), folder.resolve("kinds"));
        Path lists = source.resolve("CMakeLists.txt");
        Files.writeString(lists, Files.readString(lists).replace("repoint_enable(app)", "repoint_enable(app POINTER)"));
        Run run = Run.in(folder, configure(source, folder.resolve("built")));
        assertThat(run.exit()).isNotZero();
        assertThat(run.errors()).contains("repoint_enable(app): POINTER is neither POINTERS nor HIDDEN");
    }

    private void assertShopIsPatchable(Path shop) throws IOException {
        assertThat(Run.succeeding(folder, List.of(shop.toString())).output()).isEqualTo("two teas cost 60\n");
        assertThat(sites(shop, "price")).isEqualTo(Safety.HOOK);
        Path patched = folder.resolve("sale");
        Patched.write(shop, patched, "price=price_sale");
        assertThat(Run.succeeding(folder, List.of("./sale")).output()).isEqualTo("two teas cost 30\n");
    }

    /// That there are some; and how safe they are.
    private static Safety sites(Path file, String key) throws IOException {
        Patchable patchable =
                Collector.collect(ElfFile.read(file)).find(NativeKey.of(key)).orElseThrow();
        assertThat(patchable.sites()).as(key).isNotEmpty();
        return patchable.safety();
    }

    private static void cmake(Path source, Path build) throws IOException {
        Run.succeeding(source, configure(source, build));
        Run.succeeding(source, List.of(Tool.CMAKE.command(), "--build", build.toString()));
    }

    private static List<String> configure(Path source, Path build) {
        Tool.GCC.required();
        Tool.MAKE.required();
        return List.of(
                Tool.CMAKE.required().command(),
                "-G",
                "Unix Makefiles",
                "-S",
                source.toString(),
                "-B",
                build.toString(),
                "-DCMAKE_C_COMPILER=gcc",
                "-DCMAKE_BUILD_TYPE=Release",
                "-DCMAKE_PREFIX_PATH=" + Sources.include());
    }

    private List<String> pkgConfig(String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.addAll(List.of(
                "env",
                "PKG_CONFIG_PATH=" + Sources.include(),
                Tool.PKG_CONFIG.required().command()));
        command.addAll(List.of(words));
        return words(Run.succeeding(folder, command).output());
    }

    /// The example beside the header, as in the project.
    private Path example() throws IOException {
        copy(Sources.include(), folder.resolve("include"));
        return copy(Sources.home().resolve("examples/native-hook"), folder.resolve("examples/native-hook"));
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path place = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(place);
                } else {
                    Files.copy(file, place);
                }
            }
        }
        return to;
    }

    private static List<String> words(Path file) throws IOException {
        return words(Files.readString(file));
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }
}
