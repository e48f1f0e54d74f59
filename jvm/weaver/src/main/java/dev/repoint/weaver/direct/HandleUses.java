package dev.repoint.weaver.direct;

import dev.repoint.weaver.Site;
import dev.repoint.weaver.splice.ReferenceSplicer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The uses of the method handle constants of one class. A constant is changed in its place, so all its uses
/// change, or none.
final class HandleUses {

    private static final String SHARED = "another use of the same MethodHandle constant has to stay as it is";

    private final Map<Integer, List<Use>> byConstant = new TreeMap<>();

    /// @param refusal the reason why it stays as it is, or null
    /// @param isOwn whether it belongs to a target
    private record Use(Site site, KeyPlan plan, @Nullable String refusal, boolean isOwn) {}

    /// @param constant the index of the constant
    /// @param refusal the reason why it stays as it is, or null
    /// @param isOwn whether it belongs to a target
    void add(int constant, Site site, KeyPlan plan, @Nullable String refusal, boolean isOwn) {
        byConstant.computeIfAbsent(constant, none -> new ArrayList<>()).add(new Use(site, plan, refusal, isOwn));
    }

    /// Changes the constants whose uses can all change.
    void point(Pointing into) {
        byConstant.forEach((constant, uses) -> {
            boolean all = uses.stream().allMatch(each -> each.refusal == null && !each.isOwn);
            if (all) {
                into.handle(constant, uses.get(0).plan);
            }
            for (Use each : uses) {
                if (all) {
                    into.pointed(each.site);
                } else if (each.isOwn) {
                    into.own(each.site);
                } else {
                    into.left(each.site, each.refusal == null ? SHARED : each.refusal);
                }
            }
        });
    }

    /// Takes the results.
    interface Pointing {

        /// Points a constant at a target; see [ReferenceSplicer#handle].
        void handle(int constant, KeyPlan plan);

        void pointed(Site site);

        void own(Site site);

        void left(Site site, String reason);
    }
}
