package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.repoint.fixture.Offered;
import dev.repoint.fixture.Provider;
import dev.repoint.fixture.Subject;
import dev.repoint.fixture.Targets;
import dev.repoint.fixture.ThrowingProvider;
import dev.repoint.internal.policy.IndexedOffer;
import java.lang.classfile.ClassFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Offers that the class loader of a patchable finds.
class OffersTest {

    private static final String SUBJECT = Subject.class.getName();
    private static final String OFFERED = Offered.class.getName();
    private static final String SERVICES = "META-INF/services/dev.repoint.TargetProvider";

    private static Woven indexed(String... lines) {
        return new Woven().with(IndexedOffer.ENTRY, "# offers\n" + String.join("\n", lines) + "\n");
    }

    private static String line(String key, String target, String... conditions) {
        return String.join("\t", SUBJECT + "." + key, OFFERED + "." + target, String.join("\t", conditions))
                .strip();
    }

    private static String note(Woven woven, String name) {
        return woven.patchable(Subject.class, name).state().note();
    }

    /// What is logged while something runs.
    private static List<String> logged(Runnable action) {
        try (Logged logged = new Logged()) {
            action.run();
            return logged.lines();
        }
    }

    @Test
    void theFirstCallReachesTheOfferAndThatIsNoChange() {
        Woven woven = indexed(line("add(int,int)", "add(int,int)", "priority=10"));

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(1013);
        PatchableState state = woven.patchable(Subject.class, "add").state();
        assertThat(state.target()).isEqualTo(OFFERED + ".add");
        assertThat(state.changes()).isZero();
        assertThat(state.note()).isEqualTo("offer " + OFFERED + ".add(int,int) (priority 10)");
    }

    @Test
    void theBestSupportedOfferIsTakenAndTheNoteTellsWhyNotTheOthers() {
        Woven woven = indexed(
                line("add", "add", "priority=5"),
                line("add", "better", "priority=10", "jdk=1-999"),
                line("add", "wrong", "priority=30"),
                line("add", "best", "priority=20", "os=plan9"));

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(2013);
        assertThat(note(woven, "add"))
                .startsWith("offer " + OFFERED + ".better (priority 10); not " + OFFERED + ".wrong (priority 30): ")
                .contains("(int,long)long")
                .contains("not " + OFFERED + ".best (priority 20): needs plan9")
                .endsWith("not " + OFFERED + ".add (priority 5): lower priority");
    }

    @Test
    void ofOffersOfTheSamePriorityTheFirstNameIsTaken() {
        Woven woven = indexed(line("add", "better"), line("add", "add"));

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(1013);
        assertThat(note(woven, "add")).endsWith("same priority, later name");
    }

    @ParameterizedTest
    @CsvSource({
        "when=dev.repoint.fixture.Offered$Holds, 1013, offer",
        "when=dev.repoint.fixture.Offered$Fails, 13, Offered$Fails does not hold",
        "when=dev.repoint.fixture.Offered$Throws, 13, on purpose",
        "when=dev.repoint.fixture.Missing, 13, Missing",
        "when=dev.repoint.fixture.Offered$Calls, 1013, offer",
        "planet=mars, 13, conditions of a later version: planet=mars",
        "property=repoint.test.unset, 13, needs property repoint.test.unset",
        "cpu=no_such_feature, 13, needs cpu no_such_feature",
        "arch=pdp11, 13, needs pdp11",
        "jdk=8, 13, needs JDK 8",
    })
    void anOfferIsTakenOnlyIfItsConditionsHold(String condition, int result, String note) {
        Woven woven = indexed(line("add", "add", condition));

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(result);
        assertThat(note(woven, "add")).contains(note);
    }

    @Test
    void anOfferThatNamesOverloadsByTheirNameIsForTheOneThatItFits() {
        Woven woven = indexed(line("overloaded", "overloaded"));

        List<String> logged = logged(() -> {
            assertThat(woven.call(Subject.class, "anInt")).isEqualTo(0);
            assertThat(Repoint.find(
                                    woven.lookup(Subject.class),
                                    woven.copy(Subject.class),
                                    "overloaded",
                                    MethodType.methodType(int.class, int.class))
                            .isDefault())
                    .isTrue();
            MethodHandles.Lookup lookup = woven.lookup(Subject.class);
            try {
                assertThat((int) lookup.findStatic(
                                        lookup.lookupClass(), "overloaded", MethodType.methodType(int.class, int.class))
                                .invokeExact(5))
                        .isEqualTo(-5);
                assertThat((int) lookup.findStatic(
                                        lookup.lookupClass(),
                                        "overloaded",
                                        MethodType.methodType(int.class, String.class))
                                .invokeExact("abc"))
                        .isEqualTo(3);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        });
        assertThat(logged).isEmpty();
    }

    @Test
    void aLineThatIsNoOfferIsReportedAndTheOthersCount() {
        List<String> logged = logged(() -> {
            Woven woven = indexed("rubbish", line("add", "add"));
            assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(1013);
        });

        assertThat(logged).hasSize(1);
        assertThat(logged.get(0))
                .contains("offers line 2: 'rubbish' is no offer")
                .endsWith("weave its jar again");
    }

    @Test
    void whatTheProgramHasSetIsNotOverruled() {
        Woven woven = indexed(line("add", "add"));
        woven.patchable(Subject.class, "add").set(Target.method(woven.copy(Targets.class), "multiply"));

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(42);
    }

    @Test
    void aResetLeadsToTheDefaultAndNotToTheOffer() {
        Woven woven = indexed(line("add", "add"));
        woven.call(Subject.class, "add", 6, 7);
        woven.patchable(Subject.class, "add").reset();

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(13);
    }

    @Test
    void noClassOfAnOfferIsLoadedBeforeItIsChosen() {
        List<String> loaded = new ArrayList<>();
        Woven woven = new Woven(bytes -> {
                    loaded.add(ClassFile.of().parse(bytes).thisClass().asInternalName());
                    return Prologue.weave(bytes);
                })
                .with(IndexedOffer.ENTRY, line("add", "add", "os=plan9", "when=dev.repoint.fixture.Offered$Holds"));

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(13);
        assertThat(loaded).noneMatch(name -> name.contains("Offered"));
    }

    @Test
    void aProviderOffersMethodsAndHandlesAndMayCallPatchablesMeanwhile() {
        Woven woven = new Woven().with(SERVICES, Provider.class.getName());

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(1013);
        assertThat(woven.call(Provider.class, "seen")).as("the defaults").isEqualTo("13 0");
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(42);
        assertThat(woven.patchable(Subject.class, "anInt").targetName()).isEqualTo("a constant");
        assertThat(note(woven, "add")).contains("needs property repoint.test.better=yes");
    }

    @Test
    void aProviderThatThrowsIsReportedOnceAndTheNextIsTaken() {
        List<String> logged = logged(() -> {
            Woven woven = new Woven()
                    .with(
                            SERVICES,
                            ThrowingProvider.class.getName() + "\nno.such.Provider\n" + Provider.class.getName());
            assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(1013);
            assertThat(woven.call(Subject.class, "length", "four")).isEqualTo(4);
        });

        assertThat(logged).hasSize(2);
        assertThat(logged.get(0)).contains("ThrowingProvider offers nothing").contains("on purpose");
        assertThat(logged.get(logged.size() - 1)).contains("no.such.Provider");
    }

    @Test
    void whatLooksLikeAnOfferAndIsNoneIsRefusedWhereItIsMade() {
        assertThat(catchThrowable(() -> TargetOffer.of("com.acme.*", "com.acme.Fast.update")))
                .isInstanceOf(SyntaxException.class)
                .hasMessageContaining("has a wildcard");
        assertThat(catchThrowable(() -> TargetOffer.of("com.acme.Crc.update", "nothing")))
                .isInstanceOf(SyntaxException.class)
                .hasMessageContaining("names no method");
        assertThat(catchThrowable(() -> Condition.jdk("25 or so")))
                .isInstanceOf(SyntaxException.class)
                .hasMessage("jdk '25 or so': write 25, 25+ or 21-24");
    }
}
