/// Splicing: a class file is changed by copying its bytes with corrections. No instruction is parsed, no object is made
/// for a part that stays, and nothing depends on the version of the class file or on the class-file library of a JDK.
///
/// [dev.repoint.weaver.splice.ClassView] reads, [dev.repoint.weaver.splice.EntrySplicer] writes. What is to change is
/// decided elsewhere: this package knows no keys, no selections and no rules.
package dev.repoint.weaver.splice;
