package dev.repoint.it.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Where the service is on its way from one phase to the next.
///
/// @param number   counts them
/// @param phase    what all requests got until now
/// @param isLeft   whether the policy file says the next phase already
/// @param switched the threads of the service that were seen in the next phase, and when
record Stage(int number, Phase phase, boolean isLeft, Map<Long, Long> switched) {

    static Stage first(Phase phase) {
        return new Stage(0, phase, false, new ConcurrentHashMap<>());
    }

    /// The policy file is about to be changed.
    Stage leave() {
        return new Stage(number + 1, phase, true, new ConcurrentHashMap<>());
    }

    /// All requests from now on get the next phase.
    Stage arrive() {
        return new Stage(number + 1, phase.next(), false, switched);
    }
}
