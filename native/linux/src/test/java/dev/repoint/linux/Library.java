package dev.repoint.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.repoint.elf.Segment;
import dev.repoint.fixtures.Run;
import dev.repoint.linux.call.Loader;
import dev.repoint.linux.call.Memory;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A library of these tests: its functions take and return `int`.
final class Library {

    private static final Path INCLUDE =
            Path.of(System.getProperty("repoint.include", "../../include")).toAbsolutePath();

    private final NativeModule module;

    private Library(NativeModule module) {
        this.module = module;
    }

    /// Compiles a source beside the tests.
    static Path compile(Path folder, String source, String name, String... flags) throws IOException {
        return compile("gcc", folder, source, name, flags);
    }

    /// The same of C++.
    static Path compileCxx(Path folder, String source, String name, String... flags) throws IOException {
        return compile("g++", folder, source, name, flags);
    }

    private static Path compile(String compiler, Path folder, String source, String name, String... flags)
            throws IOException {
        Path c = folder.resolve(source);
        if (!Files.exists(c)) {
            try (InputStream text = Library.class.getResourceAsStream(source)) {
                Files.copy(text, c);
            }
        }
        Path library = folder.resolve(name);
        List<String> command = new ArrayList<>(
                List.of(compiler, "-O2", "-fPIC", "-shared", "-I" + INCLUDE, "-o", library.toString(), c.toString()));
        command.addAll(Arrays.asList(flags));
        Run.succeeding(folder, command);
        return library;
    }

    /// The library with patchables of all kinds, built as the documents say.
    static Path patchable(Path folder, String... more) throws IOException {
        List<String> flags = new ArrayList<>(List.of(
                "-ffunction-sections",
                "-Wl,--emit-relocs",
                "-Wl,--build-id",
                "-Wl,-Bsymbolic",
                "-Wl,-soname,liblive.so"));
        flags.addAll(Arrays.asList(more));
        return compile(folder, "live.c", "liblive.so", flags.toArray(String[]::new));
    }

    static Library load(Path path) {
        return new Library(NativeModule.load(path));
    }

    NativeModule module() {
        return module;
    }

    NativePatchable patchable(String key) {
        return module.patchable(key);
    }

    void set(String key, String target) {
        patchable(key).set(NativeTarget.symbol(target));
    }

    int call(String function, int... arguments) {
        return call(module.symbol(function).orElseThrow(), arguments);
    }

    static int call(MemorySegment function, int... arguments) {
        MemoryLayout[] types = new MemoryLayout[arguments.length];
        Arrays.fill(types, JAVA_INT);
        MethodHandle handle = Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.of(JAVA_INT, types));
        try {
            Object[] boxed = Arrays.stream(arguments).boxed().toArray();
            return (int) handle.invokeWithArguments(boxed);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /// A copy of all that is loaded of it but the data that its program may change.
    List<byte[]> memory() throws IOException {
        List<byte[]> memory = new ArrayList<>();
        Loader.Loaded loaded =
                NativeRegistry.all().files().find(String.valueOf(module.path())).orElseThrow();
        for (Segment segment : dev.repoint.elf.ElfFile.read(module.path()).segments()) {
            if (segment.isLoaded()) {
                memory.add(Memory.bytes(loaded.bias() + segment.address().value(), (int) segment.fileSize()));
            }
        }
        return memory;
    }

    static boolean isSame(List<byte[]> one, List<byte[]> other) {
        return Arrays.deepEquals(one.toArray(), other.toArray());
    }
}
