package dev.repoint.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/// Points patchables elsewhere for a test, or for each test of a class.
///
/// {@snippet :
/// @Test
/// @Retarget({"com.acme.Clock.millis = constant:42", "com.acme.Mail.send = nothing"})
/// void theReceiptBearsTheTime() { ... }
///
/// @Test
/// @Retarget
/// void theReceiptBearsTheTime(Overrides overrides) {
///     overrides.set(Clock.class, "millis", LongSupplier.class, () -> 42);
///     ...
/// }
/// }
///
/// The overrides begin before the test's `@BeforeEach` methods and end after its `@AfterEach` methods, however
/// the test ended. Those of an enclosing class come first, then those of the class, then those of the method;
/// of two overrides of one patchable the later one counts.
///
/// All threads of the JVM see an override. Where tests run in parallel, JUnit therefore runs a class that has
/// this annotation, on itself or on a method, while no other test runs.
///
/// The code must be woven, by the build or by the agent. If it is not, or a key or target does not fit, the
/// test fails before it starts, and nothing stays overridden.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(RetargetExtension.class)
@ResourceLock(Resources.GLOBAL)
public @interface Retarget {

    /// What leads where.
    ///
    /// @return texts of the form `KEY=TARGET`, with blanks around the parts if you like; keys as
    ///     [dev.repoint.Repoint#find(java.lang.invoke.MethodHandles.Lookup, String)] takes them, targets as
    ///     [dev.repoint.TargetSpec#parse(String)]. Their classes are looked for from the class of the test
    String[] value() default {};
}
