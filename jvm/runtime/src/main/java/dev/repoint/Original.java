package dev.repoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// Marks the first parameter of a target that wraps the patchable: it receives the default.
///
/// {@snippet :
/// static int timed(@Original IntBinaryOperator original, int a, int b) {
///     long start = System.nanoTime();
///     try {
///         return original.applyAsInt(a, b);
///     } finally {
///         record(System.nanoTime() - start);
///     }
/// }
/// }
///
/// The parameter is a `MethodHandle` of the patchable's type, or a functional interface whose method fits that type.
/// The other parameters are those of a target that replaces the patchable: the receiver comes first unless the method
/// is static. The target is static. Repoint binds the default once, and the JVM inlines it like the rest.
///
/// The annotation tells a method that wraps from one that replaces, wherever a target is named: in
/// [Target#method], in a policy, in an offer, in `@Retarget`, and on the command line.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@java.lang.annotation.Target(ElementType.PARAMETER)
public @interface Original {}
