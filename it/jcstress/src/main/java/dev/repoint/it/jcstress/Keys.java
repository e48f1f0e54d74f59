package dev.repoint.it.jcstress;

import dev.repoint.Mode;
import dev.repoint.OverrideScope;
import dev.repoint.Patch;
import dev.repoint.Patchable;
import dev.repoint.PatchableMethod;
import dev.repoint.Repoint;
import dev.repoint.Target;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/// Two patchables. Every patch lets both return the next number, so that a smaller number after a greater one
/// is an old target after a new one.
final class Keys {

    private static final PatchableMethod FIRST = Repoint.find(MethodHandles.lookup(), Keys.class, "first");
    private static final PatchableMethod SECOND = Repoint.find(MethodHandles.lookup(), Keys.class, "second");

    /// Used by one thread at a time, as is the scope.
    private static int number;

    private static @Nullable OverrideScope scope;

    private Keys() {}

    @Patchable
    static int first() {
        return 0;
    }

    @Patchable
    static int second() {
        return 0;
    }

    /// Calls the first. The run keeps it from being compiled.
    static int interpreted() {
        return first();
    }

    /// Fixes the modes.
    static void modes(Mode first, Mode second) {
        FIRST.mode(first);
        SECOND.mode(second);
    }

    /// Both at once.
    static void patch() {
        int next = ++number;
        new Patch()
                .set(FIRST, Target.constant(next))
                .set(SECOND, Target.constant(next))
                .apply();
    }

    /// Both at once, as an override; the one before ends afterwards.
    static void override() {
        int next = ++number;
        OverrideScope above = new Patch()
                .set(FIRST, Target.constant(next))
                .set(SECOND, Target.constant(next))
                .override();
        if (scope != null) {
            scope.close();
        }
        scope = above;
    }

    /// The first alone.
    static void change() {
        FIRST.set(Target.constant(++number));
    }

    /// One after the other: no patch.
    static void changeOneByOne() {
        int next = ++number;
        FIRST.set(Target.constant(next));
        SECOND.set(Target.constant(next));
    }
}
