package dev.repoint.weaver.archive;

import dev.repoint.KeyPattern;
import dev.repoint.internal.policy.IndexedOffer;
import java.util.Arrays;

/// A line of a file's index: what a patchable may lead to from its first call on. Immutable.
///
/// @param key        the patchable
/// @param target     what it is to lead to, as it is written in a policy
/// @param isDecided  whether it was decided for the file when it was patched; else it is offered
/// @param conditions of an offer, with its priority, as the index has them: `priority=10, cpu=avx2`; empty of
///     what was decided
public record Decision(KeyPattern key, String target, boolean isDecided, String conditions) {

    static Decision of(IndexedOffer line) {
        boolean isDecided = line.priority() == IndexedOffer.DECIDED;
        String[] fields = line.line().split("\t", -1);
        String conditions = String.join(", ", Arrays.asList(fields).subList(2, fields.length));
        return new Decision(line.key(), line.target(), isDecided, isDecided ? "" : conditions);
    }
}
