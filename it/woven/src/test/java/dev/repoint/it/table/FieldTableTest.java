package dev.repoint.it.table;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.it.table.fixtures.fields.FieldLinkageProgram;
import dev.repoint.it.table.fixtures.fields.FieldsProgram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The rows of the table for fields. Nothing is set: the woven program does what the plain one does, error by
/// error.
class FieldTableTest {

    @ParameterizedTest
    @EnumSource(
            value = Weave.class,
            names = {"FIELDS", "FIELDS_IN_PLACE", "ALL", "ALL_IN_PLACE"})
    void fieldsOfEveryKindHoldWhatTheyDidAndInitialiseTheirClassesAsTheyDid(Weave weave) {
        Program.Outcome woven = Comparison.same(
                Program.of(FieldsProgram.class),
                weave,
                "Lazy initialised\nthrough a subclass: 7",
                "BelowLazy initialised\nof the subclass: 8",
                "Assigned initialised\nassigned: 10",
                "failing threw\n  java.lang.ExceptionInInitializerError",
                "failing threw\n  java.lang.NoClassDefFoundError: Could not initialize class",
                "assigned first threw\n  java.lang.ExceptionInInitializerError",
                "Slow begins, its own read: 1",
                "the other thread: 2",
                "null message: Cannot invoke");
        assertThat(woven.woven().sites())
                .as("reads and assignments were woven")
                .anyMatch(site -> site.startsWith("getstatic") && site.endsWith("FieldsProgram.anInt"))
                .anyMatch(site -> site.startsWith("putstatic") && site.endsWith("FieldsProgram.anInt"))
                .anyMatch(site -> site.startsWith("getstatic") && site.endsWith("FieldsProgram$Lazy.value"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Weave.class,
            names = {"FIELDS", "FIELDS_IN_PLACE", "ALL", "ALL_IN_PLACE"})
    void whatDoesNotLinkFailsWithTheSameErrorAtTheSameMoment(Weave weave) {
        Comparison.same(linkage(), weave, linkageErrors());
    }

    @ParameterizedTest
    @EnumSource(
            value = Weave.class,
            names = {"FIELDS", "FIELDS_IN_PLACE", "ALL", "ALL_IN_PLACE"})
    void soItDoesWhereTheWeaverSawOlderVersions(Weave weave) {
        Comparison.same(linkage().wovenAgainstOldVersions(), weave, linkageErrors());
    }

    private static Program linkage() {
        return Program.of(FieldLinkageProgram.class)
                .without("lib.Away")
                .without("lib.Missing")
                .with("lib.Shelf", bytes -> {
                    byte[] changed = Edition.withoutFields(bytes, "gone");
                    changed = Edition.retypedField(changed, "retyped");
                    changed = Edition.fieldOfInstances(changed, "becameInstance");
                    changed = Edition.fieldFlags(changed, "becamePrivate", ACC_PRIVATE | ACC_STATIC);
                    return Edition.fieldFlags(changed, "becameFinal", ACC_PUBLIC | ACC_STATIC | ACC_FINAL);
                });
    }

    private static String[] linkageErrors() {
        return new String[] {
            "read of a missing class threw\n  java.lang.NoClassDefFoundError: ",
            "assignment of a missing class threw\n  java.lang.NoClassDefFoundError: ",
            "read of a missing field threw\n  java.lang.NoSuchFieldError: ",
            "assignment of a missing field threw\n  java.lang.NoSuchFieldError: ",
            "read of another type threw\n  java.lang.NoSuchFieldError: ",
            "read of a field of instances threw\n  java.lang.IncompatibleClassChangeError: ",
            "assignment of a field of instances threw\n  java.lang.IncompatibleClassChangeError: ",
            "read of a private field threw\n  java.lang.IllegalAccessError: ",
            "assignment of a private field threw\n  java.lang.IllegalAccessError: ",
            "read of a final field: 1",
            "assignment of a final field threw\n  java.lang.IllegalAccessError: ",
            "assignment of null of a missing class: done",
            "read of null of a missing class: null",
            "read of a hidden type: hidden true",
            "read of an inherited field: inherited!!!",
            "guarded: 14"
        };
    }
}
