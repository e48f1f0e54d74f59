package dev.repoint.internal.point;

import dev.repoint.Key;
import dev.repoint.SafeText;
import org.jspecify.annotations.Nullable;

/// What a point leads to apart from overrides, and who says so.
///
/// Immutable. Two choices are the same only if they are one object: so a point knows whether it was chosen for,
/// or set, since somebody looked.
public final class Choice {

    /// Nobody has asked yet: the point was neither linked nor set.
    public static final Choice UNDECIDED = new Choice(By.NOBODY, BoundTarget.DEFAULT, "", null);

    private static final String NOT_APPLIED = "policy not applied: ";

    /// Who says where a point leads.
    enum By {
        /// There is neither a policy nor an offer.
        NOBODY,
        /// The best offer, or none of the offers that there are.
        OFFER,
        /// The operator.
        POLICY,
        /// The program, or whoever has set it through the agent.
        PROGRAM
    }

    private final By by;
    private final BoundTarget target;
    private final String note;
    private final @Nullable Object from;

    private Choice(By by, BoundTarget target, String note, @Nullable Object from) {
        this.by = by;
        this.target = target;
        this.note = note;
        this.from = from;
    }

    /// The default, as there is nothing else.
    public static Choice none() {
        return new Choice(By.NOBODY, BoundTarget.DEFAULT, "", null);
    }

    /// What became of the offers.
    ///
    /// @param from what the offer was registered by, if it was: that very object
    public static Choice offered(BoundTarget target, String note, @Nullable Object from) {
        return new Choice(By.OFFER, target, note, from);
    }

    /// What an operator wants.
    public static Choice policy(BoundTarget target, String note) {
        return new Choice(By.POLICY, target, note, null);
    }

    /// The default, as what an operator wants cannot be.
    public static Choice failed(String reason) {
        return new Choice(By.POLICY, BoundTarget.DEFAULT, NOT_APPLIED + reason, null);
    }

    /// The default, as this choice cannot be.
    public Choice refused(String reason) {
        return by == By.POLICY
                ? failed(reason)
                : offered(BoundTarget.DEFAULT, "not " + target.name() + ": " + reason, null);
    }

    /// What was set.
    static Choice set(BoundTarget target) {
        return new Choice(By.PROGRAM, target, "", null);
    }

    /// Whether there is neither a policy nor an offer.
    public boolean isNone() {
        return by == By.NOBODY;
    }

    By by() {
        return by;
    }

    public BoundTarget target() {
        return target;
    }

    /// What an operator has to know about it, or nothing.
    String note() {
        return note;
    }

    /// Whether an operator wants what cannot be.
    boolean isFailed() {
        return by == By.POLICY && note.startsWith(NOT_APPLIED);
    }

    /// Logs that an operator wants what cannot be, if that has become the choice.
    ///
    /// @param now what holds
    public void log(Key key, Choice now) {
        if (isFailed() && now == this) {
            System.getLogger("dev.repoint")
                    .log(System.Logger.Level.ERROR, SafeText.of(key + " keeps its default: " + note));
        }
    }

    /// Whether it is an offer of that registration.
    @SuppressWarnings("ReferenceEquality") // that object and no other
    public boolean isFrom(Object registered) {
        return from == registered;
    }

    /// Whether it goes back to offers, or to there being none, so that other offers may lead to another choice.
    public boolean dependsOnOffers() {
        return by == By.OFFER || by == By.NOBODY;
    }
}
