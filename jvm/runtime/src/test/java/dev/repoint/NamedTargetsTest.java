package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.fixture.Subject;
import dev.repoint.fixture.Targets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Targets that are given as a class and a name, or as text.
class NamedTargetsTest {

    private static final String FIXTURE = "dev.repoint.fixture.";

    private final Woven woven = new Woven();
    private final PatchableMethod add = woven.patchable(Subject.class, "add");

    private void set(PatchableMethod patchable, String spec) {
        patchable.set(Target.parse(spec).in(woven));
    }

    @Test
    void aClassAndAName() {
        PatchableMethod greet = woven.patchable(Subject.class, "greet");
        greet.set(Target.method(woven.copy(Targets.class), "greet"));

        assertThat(woven.callOn(woven.make(Subject.class), "greet", "you")).isEqualTo("bye hello you");
        assertThat(greet.targetName()).isEqualTo(FIXTURE + "Targets.greet");
    }

    @Test
    void theOverloadThatFitsIsTaken() {
        set(add, FIXTURE + "Targets.over");

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(1);
    }

    @Test
    void anOverloadMayBeNamedByItsParameters() {
        set(add, FIXTURE + "Targets.over(int, int)");
        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(1);

        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> set(add, FIXTURE + "Targets.over(String,int)"))
                .withMessageContaining("(int,int)int")
                .withMessageContaining("(java.lang.String,int)int");
    }

    @Test
    void aPrivateMethodIsReachedByItsText() {
        set(add, FIXTURE + "Targets.hidden");
        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(-1);

        set(add, FIXTURE + "Targets$Nested.multiply");
        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(126);
    }

    @Test
    void aMethodOfTheJdkIsReachedByItsText() {
        set(add, "java.lang.Math.min");
        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(6);

        add.set(Target.parse("java.lang.Math.max").in(null));
        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(7);
    }

    @Test
    void anInstanceMethodOfTheReceiverIsReachedByItsText() {
        PatchableMethod greet = woven.patchable(Subject.class, "greet");
        set(greet, FIXTURE + "Subject.shout");

        assertThat(woven.callOn(woven.make(Subject.class), "greet", "you")).isEqualTo("HELLO YOU");
    }

    @Test
    void aClassThatTheLoaderDoesNotHaveIsLookedForInTheSystemLoader() {
        add.set(Target.parse("java.lang.Math.max").in(new ClassLoader(null) {}));
        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(7);
    }

    @Test
    void defaultAndNothingAndConstantsAreReadFromText() {
        PatchableMethod log = woven.patchable(Subject.class, "log");
        List<String> to = new ArrayList<>();
        set(log, "nothing");
        woven.call(Subject.class, "log", to);
        assertThat(to).isEmpty();

        set(log, "default");
        woven.call(Subject.class, "log", to);
        assertThat(to).containsExactly("default");

        set(add, "constant:0x10");
        assertThat(woven.call(Subject.class, "add", 1, 1)).isEqualTo(16);
        set(add, "default");
        assertThat(add.isDefault()).isTrue();
    }

    @Test
    void aTargetThatIsNotThereIsRefusedWithTheNearestNames() {
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> set(add, FIXTURE + "Targets.multipl"))
                .withMessageContaining("Subject.add(int,int)")
                .withMessageContaining("no method " + FIXTURE + "Targets.multipl")
                .withMessageContaining("did you mean " + FIXTURE + "Targets.multiply(int,int)");
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> set(add, FIXTURE + "Missing.multiply"))
                .withMessageContaining("there is no class " + FIXTURE + "Missing")
                .withMessageContaining("class path");
        assertThat(add.state().changes()).isZero();
    }

    @Test
    void aTargetOfAnotherTypeIsRefusedWithBothTypes() {
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> set(add, FIXTURE + "Targets.wrong"))
                .withMessageContaining("has the type (int,int)int")
                .withMessageContaining("Targets.wrong has (int,long)long");
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> add.set(Target.method(woven.copy(Targets.class), "varargs")))
                .withMessageContaining("(int[])int");
        assertThat(add.state().changes()).isZero();
    }

    @Test
    void aTargetThatTheLookUpMayNotCallIsRefused() {
        PatchableMethod mine = Repoint.find(woven.lookup(Subject.class), woven.copy(Subject.class), "add");
        Woven other = new Woven();

        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> mine.set(Target.method(other.copy(Targets.class), "hidden")))
                .withMessageContaining("Targets.hidden(int,int) is not accessible to " + FIXTURE + "Subject");
        assertThat(mine.state().changes()).isZero();
    }

    @Test
    void aTargetClassThatCannotBeInitialisedIsRefusedAndCallsKeepWorking() {
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> set(add, FIXTURE + "Failing.add"))
                .withMessageContaining(FIXTURE + "Failing, cannot be initialised")
                .withCauseInstanceOf(ExceptionInInitializerError.class);
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> set(add, FIXTURE + "Failing.add"))
                .withCauseInstanceOf(NoClassDefFoundError.class);

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(13);
        assertThat(add.state().changes()).isZero();
    }

    @Test
    void aPatchableIsNotLedToItself() {
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> set(add, FIXTURE + "Subject.add"))
                .withMessageContaining("to itself");
        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(13);
    }
}
