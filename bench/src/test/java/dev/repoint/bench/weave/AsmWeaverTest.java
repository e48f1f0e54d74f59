package dev.repoint.bench.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.PatchableMethod;
import dev.repoint.Repoint;
import dev.repoint.Target;
import dev.repoint.bench.Jars;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.Test;

/// What the weaver is compared with weaves, too.
class AsmWeaverTest {

    /// A method with branches, a loop, a catch and frames that name `new` instructions.
    public static final class Sample {

        private Sample() {}

        public static long sum(long from, long to) {
            long sum = 0;
            for (long i = from; i < to; i++) {
                try {
                    sum += i % 2 == 0
                            ? i
                            : Long.parseLong(new StringBuilder(i > 5 ? "x" : "")
                                    .append(i)
                                    .toString());
                } catch (NumberFormatException e) {
                    sum += 100;
                }
            }
            return sum;
        }
    }

    @Test
    void whatItWeavesCanBePatchedAndHasItsDefault() throws Throwable {
        Class<?> woven = define(new AsmWeaver(Selected.one(Sample.class.getName() + ".sum"))
                .weaveMatching(Jars.classFile(Sample.class)));
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(woven, MethodHandles.lookup());
        MethodHandle sum = lookup.findStatic(woven, "sum", MethodType.methodType(long.class, long.class, long.class));
        PatchableMethod patchable = Repoint.find(lookup, woven, "sum");
        long plain = Sample.sum(1, 9);

        assertThat((long) sum.invokeExact(1L, 9L)).isEqualTo(plain);
        patchable.set(Target.of(LongBinaryOperator.class, (from, to) -> to - from));
        assertThat((long) sum.invokeExact(1L, 9L)).isEqualTo(8);
        assertThat((long) patchable.defaultHandle().invokeExact(1L, 9L)).isEqualTo(plain);
    }

    @Test
    void aClassThatDoesNotMatchIsReturnedAsItCame() throws IOException {
        byte[] classFile = Jars.classFile(Sample.class);

        assertThat(new AsmWeaver(Selected.one("com.acme.Other.sum")).weaveMatching(classFile))
                .isSameAs(classFile);
    }

    private static Class<?> define(byte[] classFile) {
        return new ClassLoader(AsmWeaverTest.class.getClassLoader()) {
            Class<?> define() {
                return defineClass(Sample.class.getName(), classFile, 0, classFile.length);
            }

            @Override
            public InputStream getResourceAsStream(String name) {
                return new ByteArrayInputStream(classFile);
            }
        }.define();
    }
}
