package dev.repoint;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/// A target that is offered for a patchable, with a priority and conditions. [#of] makes one; [#priority(int)] and
/// [#when] refine it.
///
/// Immutable.
public final class TargetOffer {

    private final KeyPattern key;
    private final String name;
    private final Supplier<? extends Target> target;
    private final int priority;
    private final List<Condition> conditions;

    private TargetOffer(
            KeyPattern key, String name, Supplier<? extends Target> target, int priority, List<Condition> conditions) {
        if (!key.isExact()) {
            throw new SyntaxException("the key '" + key + "' of an offer has a wildcard; name one method or field");
        }
        this.key = key;
        this.name = name;
        this.target = target;
        this.priority = priority;
        this.conditions = conditions;
    }

    /// An offer of a method, or for a field also of a static field, of priority 0 without conditions. The provider's
    /// class loader finds its class when the offer is chosen.
    ///
    /// @param key the patchable, such as `com.acme.Crc.update`, with parameters where the name is not enough
    /// @param target such as `com.acme.fast.Crc.update`, likewise
    /// @throws SyntaxException if one of them does not have that form
    public static TargetOffer of(String key, String target) {
        KeyPattern pattern = KeyPattern.parse(key);
        String name = Objects.requireNonNull(target, "target").strip();
        if (!(Target.parse(name) instanceof Target.Named named)) {
            throw new SyntaxException(
                    "the offer '" + name + "' for " + pattern + " names no method; write com.acme.Fast.update");
        }
        return new TargetOffer(pattern, name, () -> named, 0, List.of());
    }

    /// An offer of a target that is made when the offer is chosen, such as a handle of a native function; of priority 0
    /// without conditions.
    ///
    /// @param key the patchable, such as `com.acme.Crc.update`, with parameters where the name is not enough
    /// @param name how messages speak of the target
    /// @param target called in the thread that calls the patchable first
    /// @throws SyntaxException if the key does not have that form
    public static TargetOffer of(String key, String name, Supplier<? extends Target> target) {
        return new TargetOffer(
                KeyPattern.parse(key),
                Objects.requireNonNull(name, "name"),
                Objects.requireNonNull(target, "target"),
                0,
                List.of());
    }

    /// The same with another priority.
    ///
    /// @param higher the higher the better
    public TargetOffer priority(int higher) {
        return new TargetOffer(key, name, target, higher, conditions);
    }

    /// The same with these conditions in place of those that it has.
    ///
    /// @param all all of them have to hold
    public TargetOffer when(Condition... all) {
        return new TargetOffer(key, name, target, priority, List.of(Objects.requireNonNull(all, "all")));
    }

    /// The one patchable that it is for.
    public KeyPattern key() {
        return key;
    }

    /// How messages speak of the target.
    public String name() {
        return name;
    }

    /// The target. Runs code of the provider.
    public Target target() {
        return Objects.requireNonNull(target.get(), "the target that it offers");
    }

    /// The higher the better.
    public int priority() {
        return priority;
    }

    /// The conditions, all of which have to hold.
    public List<Condition> conditions() {
        return conditions;
    }

    /// Key and target: `com.acme.Crc.update <- com.acme.fast.Crc.update`.
    @Override
    public String toString() {
        return key + " <- " + name;
    }
}
