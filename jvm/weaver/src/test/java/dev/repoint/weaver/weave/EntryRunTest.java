package dev.repoint.weaver.weave;

import static dev.repoint.weaver.weave.Try.patchable;
import static dev.repoint.weaver.weave.Try.weave;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.Crc;
import com.acme.Marked;
import com.acme.Shaped;
import dev.repoint.PatchableMethod;
import dev.repoint.Repoint;
import dev.repoint.Target;
import dev.repoint.internal.point.Points;
import dev.repoint.weaver.PatchedEntry;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveResult;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EntryRunTest {

    @ParameterizedTest
    @EnumSource(Phase.class)
    void everyDefaultDoesWhatItDid(Phase phase) throws Exception {
        Class<?> crc = load(phase);
        Object it = crc.getConstructor(int.class).newInstance(7);

        assertThat(call(crc, null, "update", 1, new byte[] {1, 2})).isEqualTo(Crc.update(1, new byte[] {1, 2}));
        assertThat(call(crc, null, "noBranch", 1, 2)).isEqualTo(3);
        assertThat(call(crc, null, "loopAtStart")).isNull();
        assertThat(call(crc, it, "mixed", 1L, 2.5, 3f, false, 'a', (short) 4, (byte) 5, "six", new int[7][]))
                .isEqualTo(new Crc(7).mixed(1L, 2.5, 3f, false, 'a', (short) 4, (byte) 5, "six", new int[7][]));
        assertThat(call(crc, null, "wide", 1.5, 2L)).isEqualTo(3.5);
        assertThat(call(crc, null, "single", 1.5f)).isEqualTo(3f);
        assertThat(call(crc, null, "flag", true)).isEqualTo(false);
        assertThat(call(crc, it, "locked", "a")).isEqualTo("atrue7");
        assertThat(call(crc, null, "lockedStatic")).isEqualTo(true);
        assertThat(call(crc, null, "caught", -1)).isEqualTo("negative");
        assertThat(call(crc, null, "chosen", 11)).isEqualTo("big");
        assertThat(call(crc, null, "table", 3)).isEqualTo(30);
        assertThat(call(crc, null, "generic", List.of("a"))).isEqualTo(List.of("a", "x1"));
        assertThat(call(crc, null, "sum", (Object) new int[] {1, 2})).isEqualTo(3);
        assertThat(call(crc, it, "callsHidden")).isEqualTo(7);
        assertThat(call(crc, null, "factorial", 10)).isEqualTo(3_628_800);
        assertThat(((StackTraceElement) call(crc, null, "here")).getLineNumber())
                .isEqualTo(Crc.here().getLineNumber());
        assertThat(call(crc, it, "compareTo", it)).isEqualTo(0);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void aTargetIsReachedAndResetLeadsBack(Phase phase) throws Throwable {
        Class<?> crc = load(phase);
        PatchableMethod noBranch = find(crc, "noBranch");
        MethodHandle product = MethodHandles.lookup()
                .findStatic(Math.class, "multiplyExact", MethodType.methodType(int.class, int.class, int.class));

        noBranch.set(Target.of(product));
        assertThat(call(crc, null, "noBranch", 3, 4)).isEqualTo(12);
        noBranch.reset();
        assertThat(call(crc, null, "noBranch", 3, 4)).isEqualTo(7);
    }

    @Test
    void aTargetGetsEveryArgumentAsItWasPassed() throws Throwable {
        Class<?> crc = load(Phase.LOAD);
        Object it = crc.getConstructor(int.class).newInstance(7);
        PatchableMethod mixed = find(crc, "mixed");
        Object[] seen = new Object[10];
        MethodHandle record = MethodHandles.lookup()
                .findStatic(
                        EntryRunTest.class, "record", MethodType.methodType(long.class, Object[].class, Object[].class))
                .bindTo(seen)
                .asCollector(Object[].class, 10)
                .asType(mixed.type());
        int[][] last = new int[7][];

        mixed.set(Target.of(record));

        assertThat(call(crc, it, "mixed", 1L, 2.5, 3f, true, 'a', (short) 4, (byte) 5, "six", last))
                .isEqualTo(42L);
        assertThat(seen).containsExactly(it, 1L, 2.5, 3f, true, 'a', (short) 4, (byte) 5, "six", last);
    }

    @Test
    void theDefaultIsTheBodyWithoutThePrologue() throws Throwable {
        Class<?> crc = load(Phase.LOAD);
        PatchableMethod noBranch = find(crc, "noBranch");
        MethodHandle around = MethodHandles.filterReturnValue(
                noBranch.defaultHandle(),
                MethodHandles.lookup()
                        .findStatic(Math.class, "negateExact", MethodType.methodType(int.class, int.class)));

        noBranch.set(Target.of(around));

        assertThat(call(crc, null, "noBranch", 3, 4)).isEqualTo(-7);
    }

    @Test
    void interfacesAreWovenToo() throws Throwable {
        byte[] woven =
                weave(patchable("com.acme.Shaped.*"), Shaped.class, Phase.LOAD).bytes();
        Class<?> shaped = new Throwaway().with("com.acme.Shaped", woven).load("com.acme.Shaped");
        Object three = shaped.getMethod("of", int.class).invoke(null, 3);
        assertThat(shaped.getMethod("name").invoke(three)).isEqualTo("shape3");

        PatchableMethod name = find(shaped, "name");
        name.set(Target.constant("fixed"));

        assertThat(shaped.getMethod("name").invoke(three)).isEqualTo("fixed");
        name.reset();
        assertThat(shaped.getMethod("name").invoke(three)).isEqualTo("shape3");
        assertThatThrownBy(() -> shaped.getMethod("of", int.class).invoke(null, -1))
                .isInstanceOf(InvocationTargetException.class)
                .hasRootCauseMessage("sides");
    }

    @Test
    void annotatedMethodsArePatchableInTheirModes() throws Throwable {
        byte[] woven = weave(Selection.ofAnnotated(), Marked.class, Phase.LOAD).bytes();
        Class<?> marked = new Throwaway().with("com.acme.Marked", woven).load("com.acme.Marked");

        for (String name : List.of("twice", "often")) {
            find(marked, name).set(Target.constant(99));
            assertThat(call(marked, null, name, 1)).isEqualTo(99);
            find(marked, name).reset();
        }
        assertThat(call(marked, null, "twice", 4)).isEqualTo(8);
        assertThat(call(marked, null, "often", 4)).isEqualTo(12);
    }

    static long record(Object[] seen, Object[] arguments) {
        System.arraycopy(arguments, 0, seen, 0, seen.length);
        return 42;
    }

    private static Class<?> load(Phase phase) {
        WeaveResult result = weave(patchable("com.acme.**"), Crc.class, phase);
        Class<?> crc = new Throwaway().with("com.acme.Crc", result.bytes()).load("com.acme.Crc");
        for (PatchedEntry entry : result.entries()) {
            Points.of(crc, entry.key().name(), entry.key().descriptor()).declareEntry();
        }
        return crc;
    }

    private static PatchableMethod find(Class<?> owner, String name) throws Exception {
        return Repoint.find((MethodHandles.Lookup) owner.getMethod("lookup").invoke(null), owner, name);
    }

    private static Object call(Class<?> owner, Object receiver, String name, Object... arguments) throws Exception {
        for (Method method : owner.getDeclaredMethods()) {
            if (method.getName().equals(name) && !method.isSynthetic()) {
                return method.invoke(receiver, arguments);
            }
        }
        throw new AssertionError("no method " + name);
    }
}
