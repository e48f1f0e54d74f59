package dev.repoint;

import java.util.List;

/// Offers targets for patchables. Providers are found as services are: by
/// `META-INF/services/dev.repoint.TargetProvider` on the class path, or `provides dev.repoint.TargetProvider`
/// in a module.
///
/// {@snippet :
/// public final class FastCrc implements TargetProvider {
///     @Override
///     public List<TargetOffer> offers() {
///         return List.of(TargetOffer.of("com.acme.Crc.update", "com.acme.fast.Crc.update")
///                 .priority(10)
///                 .when(Condition.cpu("avx2"), Condition.jdk("25+")));
///     }
/// }
/// }
///
/// A provider is asked once for each JVM, when the first patchable of a class loader that finds it is called,
/// in the thread that calls it; of threads that do so at the same time each may ask, and one answer counts. A
/// patchable that is called by the provider while it is asked leads to its default until then. A provider that
/// throws is reported and passed over; the caller of the patchable never sees it.
///
/// Who only has static methods to offer needs no provider: see [Offer].
@FunctionalInterface
public interface TargetProvider {

    /// What is offered.
    ///
    /// @return the offers, in any order
    List<TargetOffer> offers();
}
