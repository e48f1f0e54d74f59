package dev.repoint;

import dev.repoint.internal.policy.Machine;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/// A condition of an offer. It is asked in the thread that calls the patchable first.
@FunctionalInterface
public interface Condition {

    /// Why it does not hold.
    ///
    /// @return a few words such as `needs cpu avx2`; empty if it holds
    String unmet();

    /// Holds where the processor has all these features.
    ///
    /// @param features as [Offer#cpu()]
    /// @return the condition
    static Condition cpu(String... features) {
        List<String> all = List.of(Objects.requireNonNull(features, "features"));
        return () -> Machine.here().lacksCpu(all);
    }

    /// Holds on one of these operating systems.
    ///
    /// @param names as [Offer#os()]
    /// @return the condition
    static Condition os(String... names) {
        List<String> any = List.of(Objects.requireNonNull(names, "names"));
        return () -> Machine.here().lacksOs(any);
    }

    /// Holds on one of these architectures.
    ///
    /// @param names as [Offer#arch()]
    /// @return the condition
    static Condition arch(String... names) {
        List<String> any = List.of(Objects.requireNonNull(names, "names"));
        return () -> Machine.here().lacksArch(any);
    }

    /// Holds on these versions of the JDK.
    ///
    /// @param versions as [Offer#jdk()]
    /// @return the condition
    /// @throws SyntaxException if the versions are not written so
    static Condition jdk(String versions) {
        Machine.checkJdk(Objects.requireNonNull(versions, "versions"));
        return () -> Machine.here().lacksJdk(versions);
    }

    /// Holds where a system property is set.
    ///
    /// @param property as one of [Offer#property()]
    /// @return the condition
    static Condition property(String property) {
        Objects.requireNonNull(property, "property");
        return () -> Machine.lacksProperties(List.of(property));
    }

    /// A condition of one's own.
    ///
    /// @param what what has to be, in a few words: `needs a licence`
    /// @param holds whether it is
    /// @return the condition
    static Condition of(String what, BooleanSupplier holds) {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(holds, "holds");
        return () -> holds.getAsBoolean() ? "" : what;
    }
}
