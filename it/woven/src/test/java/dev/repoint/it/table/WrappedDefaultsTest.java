package dev.repoint.it.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.Key;
import dev.repoint.Mode;
import dev.repoint.PatchableMethod;
import dev.repoint.Repoint;
import dev.repoint.Target;
import dev.repoint.internal.agent.Weaving;
import dev.repoint.it.table.fixtures.access.AccessProgram;
import dev.repoint.it.table.fixtures.calls.CallsProgram;
import dev.repoint.it.table.fixtures.kinds.KindsProgram;
import dev.repoint.it.table.fixtures.nulls.NullsProgram;
import dev.repoint.it.table.fixtures.references.ReferencesProgram;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole programs in which every patchable leads to its own default, by way of a target: called directly, or
/// held as a handle; in either mode. They do what they did, but for the frames of the targets.
class WrappedDefaultsTest {

    private static final List<Class<? extends Runnable>> PROGRAMS = List.of(
            AccessProgram.class, CallsProgram.class, KindsProgram.class, NullsProgram.class, ReferencesProgram.class);

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (Class<? extends Runnable> program : PROGRAMS) {
            for (boolean held : new boolean[] {false, true}) {
                for (Mode mode : Mode.values()) {
                    cases.add(Arguments.of(program, Weave.ENTRIES, held, mode));
                }
                cases.add(Arguments.of(program, Weave.SITES, held, Mode.CONSTANT));
                cases.add(Arguments.of(program, Weave.SITES_IN_PLACE, held, Mode.CONSTANT));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyTargetThatCallsTheDefaultDoesWhatTheDefaultDoes(
            Class<? extends Runnable> type, Weave weave, boolean held, Mode mode) {
        List<String> plain = comparable(Program.of(type).run(Weave.PLAIN).lines());
        Program.Loaded program = Program.of(type).load(weave);
        int patched = 0;
        for (Class<?> owner : program.types()) {
            patched += wrap(owner, weave, held, mode);
        }
        assertThat(patched).isGreaterThan(5);

        Comparison.same("every default wrapped", plain, comparable(program.run().lines()));
    }

    /// Leads every patchable of a class to its default.
    private static int wrap(Class<?> owner, Weave weave, boolean held, Mode mode) {
        int wrapped = 0;
        for (var method : owner.getDeclaredMethods()) {
            boolean called = weave == Weave.SITES || weave == Weave.SITES_IN_PLACE;
            if (method.isSynthetic() || called && isCalledBySuper(method.getName())) {
                continue;
            }
            if (called) {
                Weaving.declareSites(Key.of(method));
            } else if (java.lang.reflect.Modifier.isAbstract(method.getModifiers())) {
                continue;
            }
            PatchableMethod patchable = find(owner, method);
            patchable.mode(mode);
            MethodHandle plain = patchable.defaultHandle();
            patchable.set(Target.of(held ? wrapped(plain) : plain));
            wrapped++;
        }
        return wrapped;
    }

    /// The default of a method that is patched at its calls is the method itself, which dispatches: one that is
    /// called by `super` would come back to the subclass.
    private static boolean isCalledBySuper(String name) {
        return List.of("name", "speak", "guarded", "upper", "toString", "hashCode", "inherited")
                .contains(name);
    }

    private static PatchableMethod find(Class<?> owner, java.lang.reflect.Method method) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
            MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
            return Repoint.find(lookup, owner, method.getName(), type);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /// The same handle, no longer a direct one.
    private static MethodHandle wrapped(MethodHandle plain) {
        MethodType type = plain.type();
        return type.returnType() == void.class
                ? MethodHandles.foldArguments(plain, MethodHandles.empty(type.changeReturnType(void.class)))
                : MethodHandles.filterReturnValue(plain, MethodHandles.identity(type.returnType()));
    }

    /// The class of a target is initialised when it is set; here that is the class of the patchable.
    private static List<String> comparable(List<String> lines) {
        return Comparison.withoutFrames(lines).stream()
                .filter(line -> !line.endsWith("initialised"))
                .toList();
    }
}
