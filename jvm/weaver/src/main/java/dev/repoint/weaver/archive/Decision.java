package dev.repoint.weaver.archive;

import dev.repoint.KeyPattern;
import dev.repoint.internal.policy.IndexedOffer;
import java.util.Arrays;

/// A line in the index of a file: a target for a patchable from its first call on. Immutable.
///
/// @param key        the patchable
/// @param target     its target, in the syntax of a policy
/// @param isDecided  whether `repoint patch` has set it; otherwise it is an offer
/// @param conditions the conditions and the priority of an offer, as in the index: `priority=10, cpu=avx2`; empty
///     for a set target
public record Decision(KeyPattern key, String target, boolean isDecided, String conditions) {

    static Decision of(IndexedOffer line) {
        boolean isDecided = line.priority() == IndexedOffer.DECIDED;
        String[] fields = line.line().split("\t", -1);
        String conditions = String.join(", ", Arrays.asList(fields).subList(2, fields.length));
        return new Decision(line.key(), line.target(), isDecided, isDecided ? "" : conditions);
    }
}
