package dev.repoint.bench.nativeentry;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.repoint.bench.Samples;
import dev.repoint.bench.calls.Patching;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.linux.NativeModule;
import dev.repoint.linux.NativePatchable;
import dev.repoint.linux.NativeTarget;
import dev.repoint.machine.choice.PatchChoice;
import dev.repoint.machine.entry.EntryModule;
import dev.repoint.machine.entry.EntryPlanner;
import dev.repoint.machine.entry.EntryVerdict;
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

/// One fork: brings each form into its state, lets native code time calls of each in turn, and prints the median of
/// each.
final class NativeEntryMain {

    private static final String IMPORTED = "libentryimported.so";
    private static final int CALLS = 100_000;
    private static final int CHECKED = 1_000;
    private static final int X = 7;

    private final NativeModule library;
    private final MethodHandle elapsed;
    private final MemorySegment result;

    private NativeEntryMain(NativeModule library, Arena arena) {
        this.library = library;
        this.elapsed = Linker.nativeLinker()
                .downcallHandle(
                        function("elapsed"), FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
        this.result = arena.allocate(JAVA_INT);
    }

    /// @param args the library, and how many times each form is timed
    public static void main(String[] args) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            new NativeEntryMain(NativeModule.load(Path.of(args[0])), arena).measure(Integer.parseInt(args[1]));
        }
    }

    private void measure(int times) throws Throwable {
        for (Form form : Form.values()) {
            check(form, form.body == Form.Body.NESTED ? 2 : 1);
        }
        requireBodies();
        for (Form form : Form.values()) {
            prepare(form);
        }
        checkAll();
        Map<Form, List<Double>> nanos = new EnumMap<>(Form.class);
        Form[] forms = Form.values();
        for (int i = 0; i < times; i++) {
            for (int j = 0; j < forms.length; j++) { // each time beginning with another one
                Form form = forms[(i + j) % forms.length];
                time(form, CALLS / 10);
                nanos.computeIfAbsent(form, absent -> new ArrayList<>()).add((double) time(form, CALLS) / CALLS);
            }
        }
        checkAll();
        nanos.forEach((form, values) -> System.out.println(form.name() + " " + new Samples(values).median()));
    }

    /// Proves that functions are of the class that their labels say.
    private void requireBodies() throws java.io.IOException, ElfException {
        ElfFile file = ElfFile.read(library.path());
        EntryPlanner planner = new EntryPlanner(EntryModule.of(file));
        for (Form form : Form.values()) {
            if (form.isAtEntry() && form.body.means != null) {
                long address =
                        file.symbols().named(form.symbol()).getFirst().value().value();
                boolean isOfClass = planner.judge(address) instanceof EntryVerdict.Accepted accepted
                        && accepted.patch().means() == form.body.means;
                if (!isOfClass) {
                    throw new IllegalStateException(
                            form.symbol() + " is not of the class " + form.body.means + ": " + planner.judge(address));
                }
            }
        }
    }

    private void prepare(Form form) throws Throwable {
        if (form.state == Form.State.SITES) {
            library.patchable(form.symbol(), PatchChoice.SITES).set(NativeTarget.symbol("add_two"));
        }
        if (!form.isAtEntry()) {
            return;
        }
        boolean isImported = form.body == Form.Body.IMPORTED;
        NativePatchable function =
                (isImported ? NativeModule.find(IMPORTED) : library).patchable(form.symbol(), PatchChoice.ENTRY);
        switch (form.state) {
            case WRAPPED -> {
                function.set(NativeTarget.symbol("add_two")); // so that there is a copy
                MethodHandle tell = Linker.nativeLinker()
                        .downcallHandle(function(form.setter()), FunctionDescriptor.ofVoid(ADDRESS));
                tell.invokeExact(function.defaultCode());
                function.set(NativeTarget.symbol(form.wrapper()));
            }
            case RESET -> {
                function.set(NativeTarget.symbol("add_two"));
                check(form, 2);
                function.reset();
            }
            case AS_BUILT, SITES, ENTRY ->
                function.set(NativeTarget.symbol(isImported ? form.symbol() + "_two" : "add_two"));
        }
    }

    private void checkAll() throws Throwable {
        for (Form form : Form.values()) {
            check(form, form.adds);
        }
    }

    private void check(Form form, int adds) throws Throwable {
        time(form, CHECKED);
        int expected = X;
        for (int i = 0; i < CHECKED; i++) {
            expected = (expected ^ i) + adds;
        }
        Patching.check(form.label, result.get(JAVA_INT, 0), expected);
    }

    private long time(Form form, int n) throws Throwable {
        return (long) elapsed.invokeExact(function(form.hot()), X, n, result);
    }

    private MemorySegment function(String name) {
        return library.symbol(name).orElseThrow(() -> new IllegalStateException("no function " + name));
    }
}
