package dev.repoint.it.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.Key;
import dev.repoint.Mode;
import dev.repoint.PatchException;
import dev.repoint.PatchableMethod;
import dev.repoint.Repoint;
import dev.repoint.Target;
import dev.repoint.internal.agent.Weaving;
import dev.repoint.it.table.fixtures.retarget.RetargetProgram;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// With a target set, every caller reaches it (entries), or exactly the chosen callers do (sites), and a reset
/// restores what was.
class RetargetTest {

    private static final String FIXTURE = "dev.repoint.it.table.fixtures.retarget.";
    private static final List<String> CALLS = List.of(
            FIXTURE + "Service.twice",
            FIXTURE + "Service.greet",
            FIXTURE + "Service.note",
            FIXTURE + "Service.mixed",
            FIXTURE + "Speaks.speak");

    private static PatchableMethod find(Program.Loaded program, String owner, String name) {
        Class<?> type = program.type(owner);
        for (var method : type.getDeclaredMethods()) {
            if (method.getName().equals(name)) {
                Weaving.declareSites(Key.of(method));
            }
        }
        try {
            return Repoint.find(MethodHandles.privateLookupIn(type, MethodHandles.lookup()), type, name);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static void retarget(Program.Loaded program) {
        find(program, "Service", "twice").set(Target.method(program.type("Targets"), "twice"));
        find(program, "Service", "greet").set(Target.method(program.type("Targets"), "greet"));
        find(program, "Service", "mixed").set(Target.method(program.type("Targets"), "mixed"));
        find(program, "Service", "note").set(Target.nothing());
    }

    private static void reset(Program.Loaded program) {
        for (String name : List.of("twice", "greet", "mixed", "note")) {
            find(program, "Service", name).reset();
        }
    }

    @ParameterizedTest
    @CsvSource({"ENTRIES, CONSTANT", "ENTRIES, POINTER", "ENTRIES_IN_PLACE, CONSTANT", "ENTRIES_IN_PLACE, POINTER"})
    void atItsEntryAMethodIsLedElsewhereForEveryCaller(Weave weave, Mode mode) {
        Program.Loaded program = Program.of(RetargetProgram.class).load(weave);
        List<String> plain = program.run().lines();
        PatchableMethod twice = find(program, "Service", "twice");
        twice.mode(mode);
        retarget(program);
        List<String> led = program.run().lines();

        assertThat(led)
                .contains("One static: -5", "Two static: -5")
                .contains("One static through a subclass: -6")
                .contains("One virtual: bye One", "Two virtual: bye Two")
                .contains("One void: done")
                .contains("One large arguments: 0.0")
                .contains(
                        "One static reference: -7",
                        "One bound reference: bye bound",
                        "One unbound reference: bye unbound")
                .contains("One in an expression: <bye -4-1>")
                .contains("reflection: -8", "handle: -9", "super: derived bye super")
                .contains("One interface: Service.speak")
                .doesNotContain("noted One", "noted Two");
        reset(program);
        assertThat(program.run().lines())
                .isEqualTo(plain.stream()
                        .filter(line -> !line.endsWith("initialised"))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(
            value = Weave.class,
            names = {"SITES", "SITES_IN_PLACE"})
    void atItsCallsAMethodIsLedElsewhereForTheChosenCallersOnly(Weave weave) {
        Program.Loaded program =
                Program.of(RetargetProgram.class).sites(CALLS, "CallerOne").load(weave);
        retarget(program);
        find(program, "Speaks", "speak").set(Target.method(program.type("Targets"), "speak"));
        List<String> led = program.run().lines();
        boolean references = weave == Weave.SITES;

        assertThat(led)
                .contains(
                        "One static: -5", "One static through a subclass: -6", "One virtual: bye One", "One void: done")
                .contains("One large arguments: 0.0", "One interface call: target speaks")
                .contains("One in an expression: <bye -4-1>")
                .contains(references ? "One static reference: -7" : "One static reference: 14")
                .contains(references ? "One bound reference: bye bound" : "One bound reference: hello bound")
                .contains(references ? "One unbound reference: bye unbound" : "One unbound reference: hello unbound")
                .doesNotContain("noted One");
        assertThat(led)
                .contains("Two static: 10", "Two virtual: hello Two", "noted Two", "Two static reference: 14")
                .contains("Two interface call: Service.speak")
                .contains("reflection: 16", "handle: 18", "super: derived hello super");
        reset(program);
        find(program, "Speaks", "speak").reset();
        Program.Loaded plain = Program.of(RetargetProgram.class).load(Weave.PLAIN);
        plain.run();
        Comparison.same(
                "after the reset",
                Comparison.withoutFrames(plain.run().lines()),
                Comparison.withoutFrames(program.run().lines()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Weave.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PLAIN", "FIELDS", "FIELDS_IN_PLACE"})
    void aCallOnNothingFailsWithOrWithoutATarget(Weave weave) {
        Program.Loaded program = Program.of(RetargetProgram.class).load(weave);
        retarget(program);
        find(program, "Speaks", "speak").set(Target.method(program.type("Targets"), "speak"));
        List<String> led = program.run().lines();

        assertThat(led).containsSubsequence("One on nothing threw", "  java.lang.NullPointerException");
        assertThat(led).containsSubsequence("One interface on nothing threw", "  java.lang.NullPointerException");
        assertThat(led).doesNotContain("One on nothing: bye nobody", "One interface on nothing: target speaks");
    }

    @ParameterizedTest
    @EnumSource(
            value = Weave.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PLAIN", "FIELDS", "FIELDS_IN_PLACE"})
    void aTargetThatWasSetBeforeTheOwnerWasInitialisedStillInitialisesIt(Weave weave) {
        Program.Loaded program = Program.of(RetargetProgram.class).load(weave);
        Trace.take();
        retarget(program);
        assertThat(Trace.take()).isEmpty();

        program.call("CallerOne", "first");
        assertThat(Trace.take()).containsExactly("Service initialised", "-5", "-6");
    }

    @ParameterizedTest
    @EnumSource(
            value = Weave.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PLAIN", "FIELDS", "FIELDS_IN_PLACE"})
    void aTargetShowsInStackTracesUnderItsOwnName(Weave weave) {
        Program.Loaded program = Program.of(RetargetProgram.class).load(weave);
        find(program, "Service", "twice").set(Target.method(program.type("Targets"), "fail"));
        List<String> led = program.run().lines();

        int threw = led.indexOf("One static threw");
        assertThat(led.get(threw + 1)).isEqualTo("  java.lang.IllegalStateException: target 5");
        assertThat(led.get(threw + 2)).isEqualTo("    at " + FIXTURE + "Targets.fail:25");
        List<String> callers = led.subList(threw + 3, threw + 5).stream()
                .filter(line -> line.contains("CallerOne.lambda"))
                .toList();
        assertThat(callers).isNotEmpty().allMatch(line -> line.endsWith(":14"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Weave.class,
            names = {"ENTRIES", "SITES", "SITES_IN_PLACE", "ALL"})
    void aTargetThatWrapsTheDefaultDoesNotComeBackToItself(Weave weave) {
        Program.Loaded program = Program.of(RetargetProgram.class).load(weave);
        PatchableMethod twice = find(program, "Service", "twice");
        MethodHandle plain = twice.defaultHandle();
        twice.set(Target.of(IntUnaryOperator.class, a -> {
            try {
                return 1000 + (int) plain.invokeExact(a);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }));

        assertThat(program.run().lines()).contains("One static: 1010", "Two static: 1010");
    }

    @ParameterizedTest
    @EnumSource(
            value = Weave.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PLAIN", "FIELDS", "FIELDS_IN_PLACE"})
    void aTargetOfAnotherTypeIsRefusedWithBothTypesAndNothingChanges(Weave weave) throws ReflectiveOperationException {
        Program.Loaded program = Program.of(RetargetProgram.class).load(weave);
        List<String> plain = program.run().lines();
        PatchableMethod greet = find(program, "Service", "greet");
        MethodHandle wrong = MethodHandles.lookup()
                .findStatic(Integer.class, "parseInt", MethodType.methodType(int.class, String.class));

        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> greet.set(Target.of(wrong)))
                .withMessageContaining("(" + FIXTURE + "Service,java.lang.String)java.lang.String")
                .withMessageContaining("(java.lang.String)int");
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(
                        () -> greet.set(Target.parse(FIXTURE + "Targets.twice").in(program.loader())))
                .withMessageContaining("(int)int");
        assertThat(greet.state().changes()).isZero();
        assertThat(program.run().lines())
                .isEqualTo(plain.stream()
                        .filter(line -> !line.endsWith("initialised"))
                        .toList());
    }
}
