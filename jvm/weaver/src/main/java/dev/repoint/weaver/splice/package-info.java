/// Splicing changes a class file by copying its bytes with corrections. It makes no objects for instructions and for
/// unchanged parts. It does not depend on the version of the class file, nor on the class-file library of a JDK.
///
/// [dev.repoint.weaver.splice.ClassView] reads, [dev.repoint.weaver.splice.EntrySplicer] and
/// [dev.repoint.weaver.splice.UseSplicer] write. Other packages decide what to change: this package knows no keys, no
/// selections and no rules.
package dev.repoint.weaver.splice;
