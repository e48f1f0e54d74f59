package dev.repoint.internal.policy;

import dev.repoint.Condition;
import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.Target;
import dev.repoint.TargetOffer;
import dev.repoint.internal.point.BoundTarget;
import dev.repoint.internal.point.Choosable;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.internal.targets.Access;
import dev.repoint.internal.targets.NamedTargets;
import dev.repoint.internal.targets.TargetResolver;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// An offer that may be chosen for a patchable. It runs code of the application, and holds its classes, so it
/// is made for one choice and dropped after it.
sealed interface Candidate {

    /// The patchable.
    KeyPattern key();

    /// The target, as messages name it.
    String name();

    int priority();

    /// The registration that it belongs to, or null.
    @Nullable
    Registered from();

    /// Why it is not supported here; empty if it is.
    ///
    /// @throws Exception whatever a condition throws
    String unmet() throws Exception;

    /// The target.
    ///
    /// @throws PatchException if there is no such method, or it does not fit
    BoundTarget target(Choosable wanted);

    /// A class of the loader that offers; null if the target needs none.
    @Nullable
    Class<?> keeper();

    /// A line of an index.
    record Indexed(
            IndexedOffer offer,
            ClassLoader loader,
            @Nullable Registered from) implements Candidate {

        @Override
        public KeyPattern key() {
            return offer.key();
        }

        @Override
        public String name() {
            return offer.target();
        }

        @Override
        public int priority() {
            return offer.priority();
        }

        @Override
        public String unmet() throws Exception {
            String unmet = offer.unmet(Machine.here());
            return unmet.isEmpty() && !offer.when().isEmpty() ? asked() : unmet;
        }

        private String asked() throws Exception {
            Class<?> type = Class.forName(offer.when(), true, loader);
            MethodHandle maker;
            try {
                maker = Access.into(type).findConstructor(type, MethodType.methodType(void.class));
            } catch (IllegalAccessException e) {
                maker = MethodHandles.publicLookup().findConstructor(type, MethodType.methodType(void.class));
            }
            BooleanSupplier condition;
            try {
                condition = (BooleanSupplier) maker.invoke();
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new PatchRefusal("its condition " + offer.when() + " cannot be made: " + e, e);
            }
            return condition.getAsBoolean() ? "" : "its condition " + offer.when() + " does not hold";
        }

        @Override
        public BoundTarget target(Choosable wanted) {
            return TargetResolver.named(wanted, Target.parse(offer.target()), loader);
        }

        @Override
        public @Nullable Class<?> keeper() {
            return Target.parse(offer.target()) instanceof Target.Named named
                    ? NamedTargets.owner(named, loader)
                    : null;
        }
    }

    /// What a provider offers.
    record Provided(
            TargetOffer offer, Class<?> provider, @Nullable Registered from) implements Candidate {

        @Override
        public KeyPattern key() {
            return offer.key();
        }

        @Override
        public String name() {
            return offer.name();
        }

        @Override
        public int priority() {
            return offer.priority();
        }

        @Override
        public String unmet() {
            for (Condition condition : offer.conditions()) {
                String unmet = condition.unmet();
                if (!unmet.isEmpty()) {
                    return unmet;
                }
            }
            return "";
        }

        @Override
        public BoundTarget target(Choosable wanted) {
            return TargetResolver.offered(wanted, offer.target(), provider.getClassLoader(), offer.name());
        }

        @Override
        public Class<?> keeper() {
            return provider;
        }
    }
}
