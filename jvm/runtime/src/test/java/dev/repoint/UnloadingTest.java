package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixture.Hierarchy;
import dev.repoint.fixture.Subject;
import dev.repoint.fixture.Targets;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntBinaryOperator;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/// A class loader that the application drops can be collected.
class UnloadingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static boolean isCollected(WeakReference<?> reference) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (reference.get() != null && Instant.now().isBefore(deadline)) {
            System.gc();
            Thread.onSpinWait();
        }
        return reference.get() == null;
    }

    /// Uses a loader in every way, and drops it.
    private static WeakReference<ClassLoader> used(boolean reset) throws Throwable {
        Woven woven = new Woven();
        PatchableMethod add = woven.patchable(Subject.class, "add");
        woven.call(Subject.class, "add", 1, 2);
        add.set(Target.method(woven.copy(Targets.class), "multiply"));
        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(42);
        add.set(Target.of(IntBinaryOperator.class, (a, b) -> a));
        int plain = (int) add.defaultHandle().invokeExact(1, 2);
        assertThat(plain).isEqualTo(3);
        add.mode(Mode.POINTER);
        woven.patchable(Subject.class, "aList").set(Target.constant(java.util.List.of()));
        Object subject = woven.make(Subject.class);
        woven.patchable(Subject.class, "anything").set(Target.constant(subject));
        woven.patchable(Subject.class, "greet")
                .override(Target.of(woven.patchable(Subject.class, "greet").defaultHandle()));
        assertThat(Repoint.states()).isNotEmpty();
        if (reset) {
            add.reset();
        }
        return new WeakReference<>(woven);
    }

    /// Leads a patchable of one loader to a target of another, which is dropped.
    private static WeakReference<ClassLoader> target(Woven keeper) {
        Woven dropped = new Woven();
        PatchableMethod add = keeper.patchable(Subject.class, "add");
        keeper.call(Subject.class, "add", 1, 2);
        add.set(Target.parse("dev.repoint.fixture.Targets.multiply").in(dropped));
        assertThat(keeper.call(Subject.class, "add", 6, 7)).isEqualTo(42);
        keeper.patchable(Subject.class, "anything").set(Target.constant(dropped.make(Hierarchy.class)));
        IntSupplier lambda = (IntSupplier) dropped.call(Targets.class, "supplier");
        keeper.patchable(Subject.class, "anInt").set(Target.of(IntSupplier.class, lambda));
        assertThat(keeper.call(Subject.class, "anInt")).isEqualTo(77);
        return new WeakReference<>(dropped);
    }

    @Test
    void theLoaderOfPatchablesIsCollected() throws Throwable {
        assertThat(isCollected(used(true))).isTrue();
    }

    @Test
    void theLoaderOfPatchablesIsCollectedWhileTheyLeadElsewhere() throws Throwable {
        assertThat(isCollected(used(false))).isTrue();
    }

    @Test
    void theLoaderOfATargetIsCollectedAfterAReset() {
        Woven keeper = new Woven();
        WeakReference<ClassLoader> dropped = target(keeper);
        for (String name : new String[] {"add", "anything", "anInt"}) {
            keeper.patchable(Subject.class, name).reset();
        }

        assertThat(isCollected(dropped)).isTrue();
        assertThat(keeper.call(Subject.class, "add", 6, 7)).isEqualTo(13);
    }

    @Test
    void theLoaderOfATargetIsKeptWhileItIsTheTarget() {
        Woven keeper = new Woven();
        WeakReference<ClassLoader> dropped = target(keeper);
        System.gc();

        assertThat(keeper.call(Subject.class, "add", 6, 7)).isEqualTo(42);
        assertThat(dropped.get()).isNotNull();
    }

    @Test
    void aTargetThatWasReplacedByAnotherIsCollected() {
        Woven keeper = new Woven();
        WeakReference<ClassLoader> dropped = target(keeper);
        for (String name : new String[] {"add", "anything", "anInt"}) {
            PatchableMethod patchable = keeper.patchable(Subject.class, name);
            patchable.set(Target.constant(name.equals("anything") ? "value" : Integer.valueOf(5)));
            patchable.mode(Mode.POINTER);
        }

        assertThat(isCollected(dropped)).isTrue();
        assertThat(keeper.call(Subject.class, "add", 6, 7)).isEqualTo(5);
    }
}
