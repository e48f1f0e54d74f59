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
/// in the thread that calls it. If several threads do so at the same time, each may ask, and one answer counts. If the
/// provider calls a patchable meanwhile, that call reaches the default. Repoint reports a provider that throws, and
/// goes on without it; the caller of the patchable never sees the exception.
///
/// If you only offer static methods, you need no provider: see [Offer].
@FunctionalInterface
public interface TargetProvider {

    /// The offers of this provider.
    ///
    /// @return the offers, in any order
    List<TargetOffer> offers();
}
