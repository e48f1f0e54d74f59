package dev.repoint;

import static java.lang.invoke.MethodType.methodType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.repoint.fixture.Hierarchy;
import dev.repoint.fixture.Journal;
import dev.repoint.fixture.Noisy;
import dev.repoint.fixture.Subject;
import dev.repoint.fixture.Targets;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

/// Looking patchables up, and who may.
class FindTest {

    private final Woven woven = new Woven();
    private final Class<?> subject = woven.copy(Subject.class);
    private final MethodHandles.Lookup lookup = woven.lookup(Subject.class);

    private ThrowableAssertAlternative<PatchException> refused(String key) {
        return assertThatExceptionOfType(PatchException.class).isThrownBy(() -> Repoint.find(lookup, key));
    }

    @Test
    void aRefusalTellsItsKeyAndItsReason() {
        PatchException refusal = catchThrowableOfType(
                PatchException.class,
                () -> woven.patchable(Subject.class, "anInt").set(Target.nothing()));
        assertThat(refusal.key())
                .hasValueSatisfying(key -> assertThat(key).hasToString("dev.repoint.fixture.Subject.anInt()"));
        assertThat(refusal.reason()).isEqualTo("cannot do nothing: it returns int; set it to a constant instead");
        assertThat(refusal).hasMessage(refusal.key().orElseThrow() + " " + refusal.reason());
        assertThat(catchThrowableOfType(PatchException.class, () -> Repoint.find(lookup, "a.b.C.d"))
                        .key())
                .isEmpty();
    }

    @Test
    void byName() {
        PatchableMethod add = Repoint.find(lookup, subject, "add");

        assertThat(add.key()).isEqualTo(new Key("dev.repoint.fixture.Subject", "add", "(II)I"));
        assertThat(add.type()).isEqualTo(methodType(int.class, int.class, int.class));
        assertThat(add.isDefault()).isTrue();
        assertThat(add).hasToString("dev.repoint.fixture.Subject.add(int,int) -> default");
    }

    @Test
    void byNameAndType() {
        assertThat(Repoint.find(lookup, subject, "overloaded", methodType(int.class, String.class))
                        .key()
                        .descriptor())
                .isEqualTo("(Ljava/lang/String;)I");
    }

    @Test
    void theTypeOfAnInstanceMethodIsGivenWithoutItsReceiver() {
        PatchableMethod greet = Repoint.find(lookup, subject, "greet", methodType(String.class, String.class));
        assertThat(greet.type()).isEqualTo(methodType(String.class, subject, String.class));
    }

    @Test
    void byKey() {
        assertThat(Repoint.find(lookup, "dev.repoint.fixture.Subject.add").key().name())
                .isEqualTo("add");
        assertThat(Repoint.find(lookup, "dev.repoint.fixture.Subject.overloaded(String)")
                        .key()
                        .descriptor())
                .isEqualTo("(Ljava/lang/String;)I");
        assertThat(Repoint.find(lookup, "dev.repoint.fixture.Subject.joined(String...)")
                        .key()
                        .name())
                .isEqualTo("joined");
    }

    @Test
    void aBridgeIsFoundByItsReturnTypeOnly() {
        MethodHandles.Lookup hierarchy = woven.lookup(Hierarchy.class);
        String key = "dev.repoint.fixture.Hierarchy.get()";

        assertThat(Repoint.find(hierarchy, key).key().descriptor()).isEqualTo("()Ljava/lang/String;");
        assertThat(Repoint.find(hierarchy, key + ":Object").key().descriptor()).isEqualTo("()Ljava/lang/Object;");
    }

    @Test
    void theClassIsNotInitialised() throws Throwable {
        Journal.clear();
        MethodHandles.Lookup noisy = woven.lookup(Noisy.class);
        PatchableMethod next = Repoint.find(noisy, woven.copy(Noisy.class), "next");
        MethodHandle plain = next.defaultHandle();
        next.set(Target.constant(5));
        assertThat(Journal.lines()).isEmpty();

        assertThat((int) plain.invokeExact(1)).isEqualTo(2);
        assertThat(Journal.lines()).containsExactly("Noisy initialised");
    }

    @Test
    void anAmbiguousNameIsRefusedWithTheCandidates() {
        refused("dev.repoint.fixture.Subject.overloaded")
                .withMessage("dev.repoint.fixture.Subject.overloaded is ambiguous; name one of "
                        + "dev.repoint.fixture.Subject.overloaded(int), "
                        + "dev.repoint.fixture.Subject.overloaded(java.lang.String)");
    }

    @Test
    void aNameThatIsNotThereIsRefusedWithTheNearestOnes() {
        refused("dev.repoint.fixture.Subject.ad")
                .withMessageContaining("there is no method dev.repoint.fixture.Subject.ad")
                .withMessageContaining("did you mean dev.repoint.fixture.Subject.add(int,int)");
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> Repoint.find(lookup, subject, "add", methodType(void.class)))
                .withMessageContaining("add()void")
                .withMessageContaining("did you mean dev.repoint.fixture.Subject.add(int,int)");
    }

    @Test
    void parametersThatNoOverloadHasAreRefusedWithTheCandidates() {
        refused("dev.repoint.fixture.Subject.overloaded(long)")
                .withMessageContaining("there is no method dev.repoint.fixture.Subject.overloaded(long)")
                .withMessageContaining("overloaded(int)")
                .withMessageContaining("overloaded(java.lang.String)");
        refused("dev.repoint.fixture.Subject.add(long)")
                .withMessageContaining("add(long)")
                .withMessageContaining("dev.repoint.fixture.Subject.add(int,int)");
    }

    @Test
    void anInheritedNameIsRefusedWithTheClassThatDeclaresIt() {
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() ->
                        Repoint.find(woven.lookup(Hierarchy.Derived.class), woven.copy(Hierarchy.Derived.class), "get"))
                .withMessageContaining("inherited")
                .withMessageContaining("dev.repoint.fixture.Hierarchy.get()");
    }

    @Test
    void aClassThatIsNotThereIsRefused() {
        refused("dev.repoint.fixture.Subjekt.add")
                .withMessageContaining("there is no class dev.repoint.fixture.Subjekt")
                .withMessageContaining("class path");
    }

    @Test
    void aPatternOrAMalformedKeyIsRefused() {
        refused("dev.repoint.fixture.Subject.*").withMessageContaining("wildcard");
        assertThatExceptionOfType(SyntaxException.class)
                .isThrownBy(() -> Repoint.find(lookup, "add"))
                .withMessageContaining("has no class");
    }

    @Test
    void aMethodThatIsNotWovenIsRefusedWithWhatToDo() {
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> Repoint.find(woven.lookup(Targets.class), woven.copy(Targets.class), "multiply"))
                .withMessageContaining("Targets.multiply(int,int) is not patchable")
                .withMessageContaining("weave its class");
    }

    @Test
    void aLookUpWithoutPrivateAccessIsRefused() {
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> Repoint.find(MethodHandles.publicLookup(), subject, "greet"))
                .withMessageContaining("Subject.greet(java.lang.String) may not be patched by")
                .withMessageContaining("open its package");
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> Repoint.find(lookup.dropLookupMode(MethodHandles.Lookup.PRIVATE), subject, "greet"));
        assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> Repoint.find(null, subject, "greet"));
    }

    @Test
    void aLookUpOfAnotherClassServesWhereItMayLookIn() {
        assertThat(Repoint.find(MethodHandles.lookup(), subject, "secret").key().name())
                .isEqualTo("secret");
    }
}
