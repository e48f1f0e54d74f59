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

/// Redirects patchables for a test, or for each test of a class.
///
/// {@snippet :
/// @Test
/// @Retarget({"com.acme.Clock.millis = constant:42", "com.acme.Mail.send = nothing"})
/// void theReceiptBearsTheTime() { ... }
///
/// @Test
/// @Retarget
/// void theReceiptBearsTheTime(Overrides overrides) {
///     overrides.set(Clock.class, "millis", Target.of(LongSupplier.class, () -> 42));
///     ...
/// }
/// }
///
/// The overrides begin before the test's `@BeforeEach` methods. They end after its `@AfterEach` methods, also if the
/// test fails. The overrides of an enclosing class come first, then those of the class, then those of the method. If
/// two overrides name the same patchable, the later one counts.
///
/// All threads of the JVM see an override. So if a class or one of its methods has this annotation, JUnit runs the
/// class while no other test runs.
///
/// The code must be woven, by the build or by the agent. If it is not woven, or if a key or target does not fit, the
/// test fails before it starts, and no override remains.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(RetargetExtension.class)
@ResourceLock(Resources.GLOBAL)
public @interface Retarget {

    /// The targets for the test.
    ///
    /// @return texts of the form `KEY=TARGET`; blanks around the parts are allowed. The syntax of keys is that of
    ///     [dev.repoint.Repoint#find(java.lang.invoke.MethodHandles.Lookup, String)], the syntax of targets that of
    ///     [dev.repoint.Target#parse(String)]. Repoint looks up their classes from the class of the test
    String[] value() default {};
}
