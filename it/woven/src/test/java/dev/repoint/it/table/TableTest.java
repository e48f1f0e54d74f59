package dev.repoint.it.table;

import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_STATIC;

import dev.repoint.it.table.fixtures.access.AccessProgram;
import dev.repoint.it.table.fixtures.calls.CallsProgram;
import dev.repoint.it.table.fixtures.initialisation.InitialisationProgram;
import dev.repoint.it.table.fixtures.kinds.KindsProgram;
import dev.repoint.it.table.fixtures.linkage.LinkageProgram;
import dev.repoint.it.table.fixtures.nulls.NullsProgram;
import dev.repoint.it.table.fixtures.references.ReferencesProgram;
import dev.repoint.it.table.fixtures.traces.TracesProgram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The rows of the table that one program in one pair of loaders shows, in every way of weaving it. Nothing is
/// set: the woven program has to do what the plain one does, error by error and frame by frame.
class TableTest {

    @ParameterizedTest
    @EnumSource(value = Weave.class, mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void accessIsAsWithoutRepoint(Weave weave) {
        Program program = Program.of(AccessProgram.class)
                .with(
                        "lib.Shown",
                        bytes -> Edition.flags(
                                Edition.flags(bytes, "shown", ACC_PRIVATE), "shownStatic", ACC_PRIVATE | ACC_STATIC))
                .with("lib.Closing", Edition::packagePrivate);
        Comparison.same(
                program,
                weave,
                "private interface: 10",
                "protected static: 5000",
                "public static of a hidden class: 2",
                "narrowed static threw\n  java.lang.IllegalAccessError: ",
                "narrowed method threw\n  java.lang.IllegalAccessError: ",
                "class that was public threw\n  java.lang.IllegalAccessError: ");
    }

    @ParameterizedTest
    @EnumSource(value = Weave.class, mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void classesAreInitialisedInTheSameOrderWithTheSameErrors(Weave weave) {
        Comparison.same(
                Program.of(InitialisationProgram.class),
                weave,
                "Base initialised\nstatic through a subclass: 2\nDerived initialised",
                "failing, static threw\n  java.lang.ExceptionInInitializerError",
                "  java.lang.NoClassDefFoundError: Could not initialize class",
                "within: 1 2 3",
                "Slow ends, its own call: 1\nthe other thread: 2");
    }

    @ParameterizedTest
    @EnumSource(value = Weave.class, mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void whatDoesNotLinkFailsWithTheSameErrorAtTheSameMoment(Weave weave) {
        Comparison.same(linkage(), weave, linkageErrors());
    }

    @ParameterizedTest
    @EnumSource(value = Weave.class, mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void soItDoesWhereTheWeaverSawOlderVersions(Weave weave) {
        Comparison.same(linkage().wovenAgainstOldVersions(), weave, linkageErrors());
    }

    @ParameterizedTest
    @EnumSource(value = Weave.class, mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void stackTracesWalkersAndCallersAreTheSame(Weave weave) {
        Comparison.same(
                Program.of(TracesProgram.class),
                weave,
                "TracesProgram.deep:",
                "outer\n    at",
                "walked in a lambda\n    dev.repoint",
                "caller: class dev.repoint.it.table.fixtures.traces.TracesProgram");
    }

    @ParameterizedTest
    @EnumSource(value = Weave.class, mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void callsOfEveryKindLeadWhereTheyDid(Weave weave) {
        Comparison.same(
                Program.of(CallsProgram.class),
                weave,
                "inherited static: Top.named Top.named Bottom.named over Top.named",
                "super: Bottom.name over Middle.name over Top.name",
                "Both.upper over Upper.upper a Upper.upperStatic a held");
    }

    @ParameterizedTest
    @EnumSource(value = Weave.class, mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void referencesLambdasHandlesAndReflectionLeadWhereTheyDid(Weave weave) {
        Comparison.same(
                Program.of(ReferencesProgram.class),
                weave,
                "unbound, protected: [guarded a, special guarded b]",
                "serializable reference: 7",
                "serializable lambda: 17",
                "reflection: 11");
    }

    @ParameterizedTest
    @EnumSource(value = Weave.class, mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void methodsOfEveryKindDoWhatTheyDid(Weave weave) {
        Comparison.same(
                Program.of(KindsProgram.class),
                weave,
                "class initialiser: [in a class initialiser]",
                "enum: 46",
                "sealed: 3",
                "synchronized: 1 true 3",
                "bridge refuses threw\n  java.lang.ClassCastException");
    }

    @ParameterizedTest
    @EnumSource(value = Weave.class, mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void callsOnNothingFailAsTheyDid(Weave weave) {
        Comparison.same(
                Program.of(NullsProgram.class),
                weave,
                "local threw\n  java.lang.NullPointerException\nnull message: Cannot invoke",
                "the argument is evaluated first");
    }

    static Program linkage() {
        return Program.of(LinkageProgram.class)
                .without("lib.Absent")
                .without("lib.Absent$Thrown")
                .without("lib.Parameter")
                .with("lib.WasClass", Edition::toInterface)
                .with("lib.WasInterface", Edition::toClass)
                .with("lib.Changed", bytes -> {
                    byte[] changed = Edition.without(bytes, "gone", "goneVirtual", "added");
                    changed = Edition.retyped(changed, "retyped");
                    changed = Edition.turned(changed, "becameInstance");
                    changed = Edition.turned(changed, "becameStatic");
                    changed = Edition.flags(changed, "becamePrivate", ACC_PRIVATE | ACC_STATIC);
                    return Edition.withoutBody(changed, "becameAbstract");
                });
    }

    private static String[] linkageErrors() {
        return new String[] {
            "missing class threw\n  java.lang.NoClassDefFoundError: ",
            "missing method threw\n  java.lang.NoSuchMethodError: ",
            "changed type threw\n  java.lang.NoSuchMethodError: ",
            "became instance threw\n  java.lang.IncompatibleClassChangeError: ",
            "became static threw\n  java.lang.IncompatibleClassChangeError: ",
            "became private threw\n  java.lang.IllegalAccessError: ",
            "became abstract threw\n  java.lang.AbstractMethodError: ",
            "missing implementation threw\n  java.lang.AbstractMethodError: ",
            "became interface threw\n  java.lang.IncompatibleClassChangeError: ",
            "became class threw\n  java.lang.IncompatibleClassChangeError: ",
            "missing parameter: took nothing",
            "own, missing parameter: own null",
            "missing in handler threw\n  java.lang.NoClassDefFoundError: "
        };
    }
}
