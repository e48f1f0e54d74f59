package dev.repoint.it.jcstress;

import dev.repoint.Mode;
import dev.repoint.Patch;
import dev.repoint.Patchable;
import dev.repoint.PatchableField;
import dev.repoint.PatchableMethod;
import dev.repoint.Repoint;
import dev.repoint.Target;
import java.lang.invoke.MethodHandles;

/// Two patchable fields and a patchable method. Every patch lets all of them give the next number, so that a
/// smaller number after a greater one is an old value after a new one.
final class Values {

    private static final PatchableField FIRST = Repoint.findField(MethodHandles.lookup(), Values.class, "first");
    private static final PatchableField SECOND = Repoint.findField(MethodHandles.lookup(), Values.class, "second");
    private static final PatchableMethod METHOD = Repoint.find(MethodHandles.lookup(), Values.class, "method");

    /// Used by one thread at a time.
    private static int number;

    @Patchable
    private static int first;

    @Patchable
    private static long second;

    private Values() {}

    static int first() {
        return first;
    }

    static int second() {
        return (int) second;
    }

    @Patchable
    static int method() {
        return 0;
    }

    /// Fixes the modes.
    static void modes(Mode ofFirst, Mode ofSecond) {
        FIRST.mode(ofFirst);
        SECOND.mode(ofSecond);
    }

    /// All at once.
    static void patch() {
        int next = ++number;
        new Patch()
                .set(FIRST, Target.constant(next))
                .set(METHOD, Target.constant(next))
                .set(SECOND, Target.constant((long) next))
                .apply();
    }

    /// The first by the runtime, and then by an assignment of the program.
    static void change() {
        FIRST.setValue(++number);
        first = ++number;
    }
}
