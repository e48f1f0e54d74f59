package dev.repoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.BooleanSupplier;

/// Offers a static method as the target of a patchable, where this machine and this JVM can run it; or for a
/// patchable field the value of a static field, or a static method as an object of the functional interface
/// that it has.
///
/// `repoint weave` and the Maven plugin collect the offers of a jar in `META-INF/repoint/offers`; a jar that
/// they have not seen offers nothing. At the first call of the patchable Repoint takes the best offer that this machine
/// and this JVM support: the one of the highest priority. Ties are broken by name. Repoint loads no class of an offer
/// before it chooses the offer.
///
/// {@snippet :
/// @Offer(key = "com.acme.Crc.update", priority = 10, cpu = "avx2", os = "linux", jdk = "25+")
/// static int update(int crc, byte[] data) { ... }
/// }
///
/// All conditions that are given have to hold.
@Documented
@Repeatable(Offers.class)
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.FIELD})
public @interface Offer {

    /// The patchable: `com.acme.Crc.update`, or with its parameters where the name is not enough.
    ///
    /// @return a key without wildcards
    String key();

    /// Which offer is the better one.
    ///
    /// @return the higher the better
    int priority() default 0;

    /// Features that the processor must have, all of them, by the names that Linux gives them in
    /// `/proc/cpuinfo`: `avx2`, `sha_ni`, `asimd`.
    ///
    /// Where there is no such file the features are not known, and the offer is not taken, unless the system
    /// property `repoint.cpu` lists them.
    ///
    /// @return names of features
    String[] cpu() default {};

    /// Operating systems, one of which it must be: `linux`, `macos`, `windows`, or the start of the system
    /// property `os.name`.
    ///
    /// @return names of operating systems
    String[] os() default {};

    /// Architectures, one of which it must be: `x86-64`, `aarch64`, or the system property `os.arch`.
    ///
    /// @return names of architectures
    String[] arch() default {};

    /// The versions of the JDK: `25` for that one alone, `25+` from it on, `21-24` for a range.
    ///
    /// @return feature versions, or nothing for any
    String jdk() default "";

    /// System properties, all of them: `NAME` must be set, `NAME=VALUE` must have that value.
    ///
    /// @return names, with values or without
    String[] property() default {};

    /// A condition of one's own: a class with a constructor without parameters. It is loaded and asked only if
    /// all else holds, and if no better offer was taken.
    ///
    /// @return the class
    Class<? extends BooleanSupplier> when() default BooleanSupplier.class;
}
