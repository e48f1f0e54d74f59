package dev.repoint;

import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A target that is offered for a patchable, with a priority and conditions. Made by [#of], refined by
/// [#priority(int)] and [#when].
///
/// Immutable.
///
/// @param key names one patchable: no wildcards
/// @param target the method, or of a patchable field the static field that has its value, as [Target.Named]
///     is written; of a handle the name by which it is spoken of
/// @param handle what gives the target, for a field of a functional interface too; or null where it is what is
///     named
/// @param priority the higher the better
/// @param conditions all of them have to hold
public record Offer(
        KeyPattern key,
        String target,
        @Nullable Supplier<MethodHandle> handle,
        int priority,
        List<Condition> conditions) {

    /// Checks the form, and copies the list.
    ///
    /// @throws PatchException if the key has a wildcard, or the target names no method
    public Offer {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(conditions, "conditions");
        if (!key.isExact()) {
            throw new PatchException("the key '" + key + "' of an offer has a wildcard; name one method or field");
        }
        if (handle == null && !(Target.parse(target) instanceof Target.Named)) {
            throw new PatchException(
                    "the offer '" + target + "' for " + key + " names no method; write com.acme.Fast.update");
        }
        conditions = List.copyOf(conditions);
    }

    /// An offer of a method that is named. Its class is found by the provider's class loader, when the offer is
    /// chosen.
    ///
    /// @param key the patchable, such as `com.acme.Crc.update`, with parameters where the name is not enough
    /// @param target the method, such as `com.acme.fast.Crc.update`, likewise
    /// @return an offer of priority 0 without conditions
    /// @throws PatchException if one of them has not that form
    public static Offer of(String key, String target) {
        return new Offer(
                KeyPattern.parse(key), Objects.requireNonNull(target, "target").strip(), null, 0, List.of());
    }

    /// An offer of a method handle, such as one of a native function.
    ///
    /// @param key the patchable, such as `com.acme.Crc.update`, with parameters where the name is not enough
    /// @param name how messages speak of it
    /// @param handle gives the handle when the offer is chosen; of the patchable's type, or wider
    /// @return an offer of priority 0 without conditions
    /// @throws PatchException if the key has not that form
    public static Offer of(String key, String name, Supplier<MethodHandle> handle) {
        return new Offer(
                KeyPattern.parse(key),
                Objects.requireNonNull(name, "name"),
                Objects.requireNonNull(handle, "handle"),
                0,
                List.of());
    }

    /// The same with another priority.
    ///
    /// @param higher the higher the better
    /// @return a new offer
    public Offer priority(int higher) {
        return new Offer(key, target, handle, higher, conditions);
    }

    /// The same with these conditions in place of those that it has.
    ///
    /// @param all all of them have to hold
    /// @return a new offer
    public Offer when(Condition... all) {
        return new Offer(key, target, handle, priority, List.of(Objects.requireNonNull(all, "all")));
    }
}
