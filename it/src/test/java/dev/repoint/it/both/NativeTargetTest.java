package dev.repoint.it.both;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.PatchException;
import dev.repoint.PatchableMethod;
import dev.repoint.Repoint;
import dev.repoint.Target;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import dev.repoint.linux.HandleOption;
import dev.repoint.linux.NativeModule;
import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.NativePatchable;
import dev.repoint.linux.NativeTarget;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.weave.Weaver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Methods of Java that lead to native functions, and native functions that lead to methods of Java.
class NativeTargetTest {

    private static final Path HOME =
            Path.of(System.getProperty("repoint.home")).toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private NativeModule library;
    private MethodHandle of;
    private MethodHandle mixInJava;
    private PatchableMethod update;
    private PatchableMethod mix;

    @BeforeEach
    void loadBoth() throws IOException, ReflectiveOperationException {
        Tool.GCC.required();
        Path source = folder.resolve("checksum.c");
        try (InputStream text = Objects.requireNonNull(NativeTargetTest.class.getResourceAsStream("checksum.c"))) {
            Files.copy(text, source);
        }
        // The name is new each time: a library that was patched stays loaded.
        Path file = folder.resolve("lib" + folder.getFileName() + ".so");
        Run.succeeding(
                folder,
                List.of(
                        "gcc",
                        "-O2",
                        "-fPIC",
                        "-shared",
                        "-ffunction-sections",
                        "-Wl,--emit-relocs",
                        "-Wl,-Bsymbolic",
                        "-Wl,--build-id",
                        "-I" + HOME.resolve("include"),
                        "-o",
                        file.toString(),
                        source.toString()));
        library = NativeModule.load(file);

        Class<?> woven = woven();
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(woven, MethodHandles.lookup());
        of = lookup.findStatic(woven, "of", MethodType.methodType(long.class, byte[].class));
        update = Repoint.find(lookup, woven, "update");
        mix = Repoint.find(lookup, woven, "mix");
        mixInJava = lookup.findStatic(woven, "mix", mix.type());
    }

    /// A copy of [Checksum] of this test's own, woven.
    private static Class<?> woven() throws IOException, ClassNotFoundException {
        String name = Checksum.class.getName();
        byte[] plain;
        try (InputStream in = Objects.requireNonNull(Checksum.class.getResourceAsStream("Checksum.class"))) {
            plain = in.readAllBytes();
        }
        byte[] bytes = Weaver.of(Selection.ofAnnotated())
                .weave(plain, other -> null, Phase.LOAD)
                .bytes();
        ClassLoader loader = new ClassLoader(Checksum.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
                if (!wanted.equals(name)) {
                    return super.loadClass(wanted, resolve);
                }
                synchronized (getClassLoadingLock(wanted)) {
                    Class<?> known = findLoadedClass(wanted);
                    return known != null ? known : defineClass(wanted, bytes, 0, bytes.length);
                }
            }

            @Override
            public InputStream getResourceAsStream(String resource) {
                return resource.equals(name.replace('.', '/') + ".class")
                        ? new ByteArrayInputStream(bytes)
                        : super.getResourceAsStream(resource);
            }
        };
        return Class.forName(name, true, loader);
    }

    private static List<byte[]> inputs() {
        Random random = new Random(4);
        List<byte[]> inputs = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            byte[] each = new byte[i];
            random.nextBytes(each);
            inputs.add(each);
        }
        return inputs;
    }

    private List<Long> results() throws Throwable {
        List<Long> results = new ArrayList<>();
        for (byte[] each : inputs()) {
            results.add((long) of.invokeExact(each));
        }
        return results;
    }

    private long calls() throws Throwable {
        return (long)
                library.handle("calls_made", MethodType.methodType(long.class)).invokeExact();
    }

    @Test
    void aJavaMethodLeadsToANativeFunctionAndBackWithTheSameResults() throws Throwable {
        List<Long> inJava = results();
        assertThat(calls()).isZero();

        update.set(Target.of(library.handle("update", update.type(), HandleOption.CRITICAL)));
        assertThat(results()).isEqualTo(inJava);
        assertThat(calls()).isEqualTo(inJava.size());

        update.reset();
        assertThat(results()).isEqualTo(inJava);
        assertThat(calls()).isEqualTo(inJava.size());
    }

    @Test
    void whatIsSetInTheLibraryIsSeenThroughTheJavaMethod() throws Throwable {
        List<Long> before = results();
        update.set(Target.of(library.handle("update", update.type(), HandleOption.CRITICAL)));
        List<Long> xor = new ArrayList<>();
        for (byte[] each : inputs()) {
            int sum = 17;
            for (byte next : each) {
                sum = 31 * sum ^ next;
            }
            xor.add(Integer.toUnsignedLong(sum));
        }

        NativePatchable step = library.patchable("mix");
        step.set(NativeTarget.symbol("mix_xor"));
        assertThat(results()).isEqualTo(xor).isNotEqualTo(before);
        step.reset();
        assertThat(results()).isEqualTo(before);
        update.reset();
    }

    @Test
    void aNativeHookLeadsToAJavaMethodThatIsPatchableItself() throws Throwable {
        MethodHandle sum =
                library.handle("update", MethodType.methodType(long.class, long.class, MemorySegment.class, int.class));
        library.patchable("mix")
                .set(NativeTarget.java(mixInJava, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_BYTE)));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocateFrom(JAVA_BYTE, (byte) 1, (byte) 2, (byte) -3);
            assertThat((long) sum.invokeExact(17L, data, 3)).isEqualTo(507_467L);
            mix.set(Target.constant(5));
            assertThat((long) sum.invokeExact(17L, data, 3)).isEqualTo(5);
            mix.reset();
            library.patchable("mix").reset();
            assertThat((long) sum.invokeExact(17L, data, 3)).isEqualTo(507_467L);
        }
    }

    @Test
    void whatDoesNotFitIsRefusedWithBothTypesAndChangesNothing() throws Throwable {
        List<Long> before = results();
        assertThatExceptionOfType(NativePatchException.class)
                .isThrownBy(() -> library.handle("update", update.type()))
                .withMessageContaining("(long,byte[],int)long")
                .withMessageContaining("parameter 2 is byte[]")
                .withMessageContaining("CRITICAL");
        assertThatExceptionOfType(NativePatchException.class)
                .isThrownBy(() -> library.handle(
                        "update",
                        update.type(),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT),
                        HandleOption.CRITICAL))
                .withMessageContaining("parameter 1 is long")
                .withMessageContaining("JAVA_INT");
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> update.set(Target.of(library.handle("mix_xor", mix.type()))))
                .withMessageContaining("(long,byte[],int)long")
                .withMessageContaining("(int,byte)int");
        assertThat(update.isDefault()).isTrue();
        assertThat(results()).isEqualTo(before);
    }
}
