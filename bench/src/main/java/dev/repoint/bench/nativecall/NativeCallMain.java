package dev.repoint.bench.nativecall;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.repoint.bench.Samples;
import dev.repoint.bench.calls.Patching;
import dev.repoint.linux.NativeModule;
import dev.repoint.linux.NativePatchable;
import dev.repoint.linux.NativeTarget;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// One fork: brings each form into its state, lets native code time calls of each in turn, and prints the
/// median of each.
final class NativeCallMain {

    private static final int HOT_CALLS = 100_000;
    private static final int MANY_ROUNDS = 10;
    private static final int X = 7;

    private final NativeModule library;
    private final MethodHandle elapsed;
    private final MemorySegment result;

    private NativeCallMain(NativeModule library, Arena arena) {
        this.library = library;
        this.elapsed = Linker.nativeLinker()
                .downcallHandle(
                        function("elapsed"), FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
        this.result = arena.allocate(JAVA_INT);
    }

    /// @param args the library, and how many times each form is timed
    public static void main(String[] args) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            new NativeCallMain(NativeModule.load(Path.of(args[0])), arena).measure(Integer.parseInt(args[1]));
        }
    }

    private void measure(int times) throws Throwable {
        for (Form form : Form.values()) {
            prepare(form);
        }
        check();
        print("hot", times, HOT_CALLS, HOT_CALLS);
        print("many", times, MANY_ROUNDS, MANY_ROUNDS * CallSources.SITES);
        check();
    }

    private void prepare(Form form) {
        if (form.kind == Form.Kind.HOOK || form.isPatched) {
            NativePatchable patchable = library.patchable(form.symbol());
            if (patchable.sites() < CallSources.SITES + 1) {
                throw new IllegalStateException(patchable + " has only " + patchable.sites() + " sites");
            }
            if (form.isPatched) {
                patchable.set(NativeTarget.symbol("add_two"));
            }
            if (form == Form.RESET) {
                patchable.reset();
            }
        }
    }

    private void check() throws Throwable {
        for (Form form : Form.values()) {
            time(form, form.hot(), 1_000);
            Patching.check(form.label, result.get(JAVA_INT, 0), CallSources.hotResult(X, 1_000, form.adds));
            time(form, form.many(), 3);
            Patching.check(form.label, result.get(JAVA_INT, 0), CallSources.manyResult(X, 3, form.adds));
        }
    }

    /// Times each form in turn, each time beginning with another one.
    private void print(String what, int times, int n, int calls) throws Throwable {
        Map<Form, List<Double>> nanos = new EnumMap<>(Form.class);
        Form[] forms = Form.values();
        for (int i = 0; i < times; i++) {
            for (int j = 0; j < forms.length; j++) {
                Form form = forms[(i + j) % forms.length];
                String caller = what.equals("hot") ? form.hot() : form.many();
                time(form, caller, Math.max(1, n / 10));
                nanos.computeIfAbsent(form, absent -> new ArrayList<>()).add((double) time(form, caller, n) / calls);
            }
        }
        nanos.forEach(
                (form, values) -> System.out.println(what + " " + form.name() + " " + new Samples(values).median()));
    }

    private long time(Form form, String caller, int n) throws Throwable {
        return (long) elapsed.invokeExact(function(caller), X, n, result);
    }

    private MemorySegment function(String name) {
        return library.symbol(name).orElseThrow(() -> new IllegalStateException("no function " + name));
    }
}
