package dev.repoint.elf;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/// Files that compilers and linkers make of `util.c` and `main.c`, each built once, when it is first asked for.
/// Named compiler, architecture, feature.
enum Fixture {
    GCC_X86_64_OBJECT(Tool.GCC, "-O1 -fPIC -ffunction-sections -fcommon -c util.c"),
    GCC_X86_64_OBJECT_VERSIONS(Tool.GCC, "-O1 -fPIC -DVERSIONS -g -c util.c"),
    GCC_X86_64_OBJECT_COMPRESSED(Tool.GCC, "-O1 -g -gz -c util.c"),
    GCC_X86_64_SHARED(
            Tool.GCC,
            "-O1 -fPIC -DVERSIONS -shared -Wl,--version-script=versions.map -Wl,-soname,libutil.so.1"
                    + " -Wl,--emit-relocs -Wl,-Bsymbolic util.c"),
    GCC_X86_64_SHARED_SYSV_HASH(Tool.GCC, "-O1 -fPIC -shared -Wl,--hash-style=sysv util.c"),
    GCC_X86_64_SHARED_BOTH_HASHES(Tool.GCC, "-O1 -fPIC -shared -Wl,--hash-style=both -Wl,--build-id=md5 util.c"),
    GCC_X86_64_PIE(Tool.GCC, "-O2 -fPIE -pie -Wl,--emit-relocs -Wl,-rpath,/opt/util util.c main.c"),
    GCC_X86_64_PIE_PACKED(Tool.GCC, "-O2 -fPIE -pie -Wl,-z,pack-relative-relocs util.c main.c"),
    GCC_X86_64_PIE_STRIPPED(Tool.GCC, "-O2 -fPIE -pie -s -Wl,-z,now util.c main.c"),
    GCC_X86_64_FIXED(Tool.GCC, "-O2 -fno-pie -no-pie -Wl,--emit-relocs util.c main.c"),
    GCC_X86_64_STATIC(Tool.GCC, "-O2 -static util.c main.c"),
    GCC_X86_64_STATIC_PIE(Tool.GCC, "-O2 -static-pie -fPIE util.c main.c"),
    GOLD_X86_64_PIE(Tool.GOLD, "gcc", "-O2 -fuse-ld=gold -fPIE -pie -Wl,--emit-relocs util.c main.c"),
    CLANG_X86_64_OBJECT(Tool.CLANG, "-O1 -fPIC -ffunction-sections -g -c util.c"),
    LLD_X86_64_PIE(Tool.LLD, "clang", "-O2 -fuse-ld=lld -fPIE -pie -Wl,--emit-relocs util.c main.c"),
    LLD_X86_64_PIE_PACKED(Tool.LLD, "clang", "-O2 -fuse-ld=lld -fPIE -pie -Wl,--pack-dyn-relocs=relr util.c main.c"),
    GCC_AARCH64_OBJECT(Tool.AARCH64_GCC, "-O1 -fPIC -ffunction-sections -c util.c"),
    GCC_AARCH64_SHARED(
            Tool.AARCH64_GCC,
            "-O1 -fPIC -DVERSIONS -shared -Wl,--version-script=versions.map" + " -Wl,--emit-relocs util.c"),
    GCC_AARCH64_PIE(Tool.AARCH64_GCC, "-O2 -fPIE -pie util.c main.c");

    private static final List<String> SOURCES = List.of("util.c", "main.c", "versions.map");
    private static final Path FOLDER = folder();

    private final Tool tool;
    private final String compiler;
    private final String options;

    Fixture(Tool tool, String options) {
        this(tool, tool.command(), options);
    }

    Fixture(Tool tool, String compiler, String options) {
        this.tool = tool;
        this.compiler = compiler;
        this.options = options;
    }

    /// The file. Skips the running test if its tools are missing.
    Path path() throws IOException {
        tool.required();
        Path built = FOLDER.resolve(toString());
        synchronized (FOLDER) {
            if (!Files.exists(built)) {
                List<String> command = new ArrayList<>(List.of(compiler, "-w", "-o", built.toString()));
                command.addAll(Arrays.asList(options.split(" ")));
                Run.succeeding(FOLDER, command);
            }
        }
        return built;
    }

    /// A copy of its bytes.
    byte[] bytes() throws IOException {
        return Files.readAllBytes(path());
    }

    /// The view of the file.
    ElfFile read() throws IOException {
        return ElfFile.read(path());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-').replace("x86-64", "x86_64");
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("repoint-elf");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            for (String source : SOURCES) {
                try (InputStream in = Fixture.class.getResourceAsStream(source)) {
                    Files.copy(Objects.requireNonNull(in, source), folder.resolve(source));
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
