package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixture.Offered;
import dev.repoint.fixture.Provider;
import dev.repoint.fixture.Subject;
import dev.repoint.fixture.Targets;
import dev.repoint.internal.policy.IndexedOffer;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/// Offers of class loaders that the patchable's does not find, as those of plugins.
class RegisteredOffersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ADD = Subject.class.getName() + ".add\t" + Offered.class.getName() + ".";

    private final Woven woven = new Woven();

    private static Woven plugin(String method, int priority) {
        return new Woven().with(IndexedOffer.ENTRY, ADD + method + "\tpriority=" + priority);
    }

    private int sum() {
        return (int) woven.call(Subject.class, "add", 6, 7);
    }

    private String note() {
        return woven.patchable(Subject.class, "add").state().note();
    }

    private static boolean isCollected(WeakReference<?> reference) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (reference.get() != null && Instant.now().isBefore(deadline)) {
            System.gc();
            Thread.onSpinWait();
        }
        return reference.get() == null;
    }

    @Test
    void offersThatAreRegisteredBeforeTheFirstCallAreChosenThen() {
        Woven plugin = plugin("add", 0);
        try (OfferScope scope = Repoint.offers(plugin)) {
            assertThat(scope).isNotNull();
            assertThat(sum()).isEqualTo(1013);
            assertThat(woven.patchable(Subject.class, "add")
                            .target()
                            .orElseThrow()
                            .type()
                            .returnType())
                    .isEqualTo(int.class);
        }
        assertThat(sum()).isEqualTo(13);
        assertThat(woven.patchable(Subject.class, "add").isDefault()).isTrue();
    }

    @Test
    void offersThatAreRegisteredLaterAreChosenAtOnce() {
        assertThat(sum()).isEqualTo(13);
        Woven first = plugin("add", 1);
        Woven second = plugin("better", 2);
        OfferScope one = Repoint.offers(first);
        assertThat(sum()).isEqualTo(1013);
        OfferScope two = Repoint.offers(second);
        assertThat(sum()).isEqualTo(2013);
        assertThat(note())
                .contains("offer " + Offered.class.getName() + ".better")
                .contains("lower priority");

        two.close();
        assertThat(sum()).as("the next best").isEqualTo(1013);
        one.close();
        two.close();
        assertThat(sum()).isEqualTo(13);
        assertThat(note()).isEmpty();
    }

    @Test
    void whatTheProgramHasSetStays() {
        woven.patchable(Subject.class, "add").set(Target.method(woven.copy(Targets.class), "multiply"));
        Woven plugin = plugin("add", 0);
        OfferScope scope = Repoint.offers(plugin);
        assertThat(sum()).isEqualTo(42);
        scope.close();
        assertThat(sum()).isEqualTo(42);
    }

    @Test
    void anOverrideThatIsOpenStaysOnTop() {
        assertThat(sum()).isEqualTo(13);
        Woven plugin = plugin("add", 0);
        PatchableMethod add = woven.patchable(Subject.class, "anInt");
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(0);
        Woven other = new Woven()
                .with(IndexedOffer.ENTRY, Subject.class.getName() + ".anInt\t" + Offered.class.getName() + ".one");
        try (OverrideScope override = add.override(Target.of(IntSupplier.class, () -> 5));
                OfferScope scope = Repoint.offers(plugin);
                OfferScope another = Repoint.offers(other)) {
            assertThat(override).isNotNull();
            assertThat(scope).isNotNull();
            assertThat(another).isNotNull();
            assertThat(woven.call(Subject.class, "anInt")).isEqualTo(5);
            override.close();
            assertThat(woven.call(Subject.class, "anInt")).isEqualTo(1);
        }
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(0);
    }

    @Test
    void theProvidersOfARegisteredLoaderAreItsOwn() {
        Woven plugin = new Woven().with("META-INF/services/dev.repoint.TargetProvider", Provider.class.getName());
        try (OfferScope scope = Repoint.offers(plugin)) {
            assertThat(scope).isNotNull();
            assertThat(sum()).isEqualTo(1013);
            assertThat(woven.call(Subject.class, "anInt")).isEqualTo(42);
        }
        Woven below = new Woven();
        try (OfferScope scope = Repoint.offers(new ClassLoader(plugin) {})) {
            assertThat(scope).isNotNull();
            assertThat(below.call(Subject.class, "add", 6, 7))
                    .as("what its parent offers")
                    .isEqualTo(13);
        }
    }

    private WeakReference<ClassLoader> chosenAndDropped(boolean withdraw, Mode mode) {
        Woven plugin = new Woven()
                .with(IndexedOffer.ENTRY, ADD + "add")
                .with("META-INF/services/dev.repoint.TargetProvider", Provider.class.getName());
        woven.patchable(Subject.class, "add").mode(mode);
        OfferScope scope = Repoint.offers(plugin);
        assertThat(sum()).isEqualTo(1013);
        assertThat(woven.call(Subject.class, "anInt")).as("a handle").isEqualTo(42);
        if (withdraw) {
            scope.close();
        }
        return new WeakReference<>(plugin);
    }

    @Test
    void aLoaderThatWasWithdrawnIsCollected() {
        assertThat(isCollected(chosenAndDropped(true, Mode.CONSTANT))).isTrue();
        assertThat(sum()).isEqualTo(13);
    }

    @Test
    void aLoaderThatIsOnlyDroppedIsCollectedAndItsTargetsAreReset() {
        for (Mode mode : Mode.values()) {
            WeakReference<ClassLoader> dropped = chosenAndDropped(false, mode);
            assertThat(isCollected(dropped)).as(mode.name()).isTrue();
            assertThat(sum()).isEqualTo(13);
            assertThat(woven.call(Subject.class, "anInt")).isEqualTo(0);
            PatchableMethod add = woven.patchable(Subject.class, "add");
            assertThat(add.targetName()).isEqualTo("default");
            assertThat(add.isDefault()).isTrue();
            assertThat(add.target()).isEmpty();
            assertThat(note()).isEqualTo("the offer " + Offered.class.getName() + ".add went with its class loader");
        }
    }

    @Test
    void aLoaderIsKeptByWhoUsesItAndNotByItsTargets() {
        Woven plugin = plugin("add", 0);
        OfferScope scope = Repoint.offers(plugin);
        for (int i = 0; i < 3; i++) {
            System.gc();
            assertThat(sum()).isEqualTo(1013);
        }
        scope.close();
        assertThat(plugin.copy(Offered.class).getClassLoader()).isSameAs(plugin);
    }

    private static WeakReference<ClassLoader> usedWithOffersOfItsOwn() {
        Woven own = new Woven()
                .with(IndexedOffer.ENTRY, ADD + "better\tpriority=20")
                .with("META-INF/services/dev.repoint.TargetProvider", Provider.class.getName());
        assertThat(own.call(Subject.class, "add", 6, 7)).isEqualTo(2013);
        assertThat(own.call(Subject.class, "anInt")).isEqualTo(42);
        return new WeakReference<>(own);
    }

    @Test
    void aLoaderWithPatchablesAndOffersOfItsOwnIsCollected() {
        assertThat(isCollected(usedWithOffersOfItsOwn())).isTrue();
    }
}
