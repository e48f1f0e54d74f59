package dev.repoint.it.web;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Decides of each answer whether it may be: of one phase, or of two phases in their order, and of a later one
/// than the thread of the service that gave it was seen in before. Safe for use by several threads.
final class Judge {

    private final AtomicInteger mixed = new AtomicInteger();
    private final AtomicInteger slow = new AtomicInteger();
    private volatile Stage stage = Stage.first(Phase.RESET);

    Stage stage() {
        return stage;
    }

    void become(Stage next) {
        stage = next;
    }

    /// How many requests were under way when a patch came into effect, and saw both phases.
    int mixed() {
        return mixed.get();
    }

    /// How many took longer than a phase, so that nothing could be said of them.
    int slow() {
        return slow.get();
    }

    /// @param before the stage when the request was sent, at the time `sent`
    /// @return what is wrong with the answer, or null
    @Nullable
    String fault(String answer, Stage before, long sent) {
        Stage after = stage;
        if (after.number() - before.number() > 2) {
            slow.incrementAndGet();
            return null;
        }
        Stage leaving = before.isLeft() ? before : after.isLeft() ? after : null;
        if (leaving == null && after.number() != before.number()) {
            leaving = before.leave(); // left and arrived while the request was under way: any order is right
        }
        if (leaving == null) {
            return before.phase().share(answer) == 5 ? null : "expected " + before.phase() + " alone";
        }
        return transition(answer, leaving, sent);
    }

    private @Nullable String transition(String answer, Stage leaving, long sent) {
        Phase old = leaving.phase();
        int share = old.share(answer);
        if (share < 0) {
            return "expected " + old + ", then " + old.next();
        }
        long thread = Long.parseLong(answer.substring(0, answer.indexOf(' ')));
        Long switched = leaving.switched().get(thread);
        if (share > 0 && switched != null && switched < sent) {
            return "thread " + thread + " was in " + old.next() + " before, and is in " + old + " again";
        }
        if (share < 5) {
            leaving.switched().putIfAbsent(thread, System.nanoTime());
        }
        if (share > 0 && share < 5) {
            mixed.incrementAndGet();
        }
        return null;
    }
}
