package dev.repoint.linux;

import dev.repoint.linux.module.LoadedModule;
import dev.repoint.linux.row.LiveRow;
import dev.repoint.linux.row.ResolvedTarget;
import dev.repoint.machine.choice.Mechanism;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One patchable with its targets, now and before. Guarded by the lock of [NativeRegistry].
final class NativePoint {

    private static final int REMEMBERED = 32;

    private final LiveRow<LoadedModule> row;
    private final @Nullable LiveEntry entry;
    private final List<Layer> overrides = new ArrayList<>();
    private final Deque<NativeChange> history = new ArrayDeque<>();
    private Layer base = new Layer(NativeTarget.byDefault(), ResolvedTarget.DEFAULT);
    private List<LiveRow<LoadedModule>> importers = List.of();
    private List<String> notes = List.of();
    private boolean wasSearched;
    private long changes;

    /// A target that lasts until another one is set, or until its override ends. Each is one of its own.
    static final class Layer {
        private final NativeTarget target;
        private final ResolvedTarget resolved;

        Layer(NativeTarget target, ResolvedTarget resolved) {
            this.target = target;
            this.resolved = resolved;
        }

        NativeTarget target() {
            return target;
        }

        ResolvedTarget resolved() {
            return resolved;
        }
    }

    /// @param entry where it is patched, if not at its sites
    NativePoint(LiveRow<LoadedModule> row, @Nullable LiveEntry entry) {
        this.row = row;
        this.entry = entry;
    }

    /// Its entry, if it is patched there.
    @Nullable
    LiveEntry entry() {
        return entry;
    }

    /// What is patched.
    Mechanism mechanism() {
        return entry == null ? Mechanism.SITES : Mechanism.ENTRY;
    }

    /// Its sites in its own module; none if it is patched at its entry.
    LiveRow<LoadedModule> row() {
        return row;
    }

    /// The target that counts.
    Layer top() {
        return overrides.isEmpty() ? base : overrides.getLast();
    }

    boolean isDefault() {
        return top().resolved.isDefault();
    }

    /// Rows of other modules that import it.
    List<LiveRow<LoadedModule>> importers() {
        return importers;
    }

    /// Whether rows that import it were looked for.
    boolean wasSearched() {
        return wasSearched;
    }

    /// Remembers the rows of other modules that import it.
    ///
    /// @param unknown what could not be looked at, one line each
    void importedBy(List<LiveRow<LoadedModule>> rows, List<String> unknown) {
        importers = List.copyOf(rows);
        notes = List.copyOf(unknown);
        wasSearched = true;
    }

    /// Forgets rows of modules that are not loaded any more.
    void forget(Predicate<LiveRow<LoadedModule>> isGone) {
        if (importers.stream().anyMatch(isGone)) {
            importers = importers.stream().filter(isGone.negate()).toList();
        }
    }

    /// Makes a target the only one. The sites have it already.
    void set(Layer layer) {
        overrides.clear();
        base = layer;
        changed();
    }

    /// Puts a target over the others. The sites have it already.
    void push(Layer layer) {
        overrides.add(layer);
        changed();
    }

    /// Takes a target out. If it was the top, the sites have the one below already.
    void remove(Layer layer) {
        boolean wasTop = top() == layer;
        overrides.remove(layer);
        if (wasTop) {
            changed();
        }
    }

    /// Whether an override has not ended.
    boolean has(Layer layer) {
        return overrides.contains(layer);
    }

    /// The target that would count without an override.
    Layer without(Layer layer) {
        List<Layer> rest = new ArrayList<>(overrides);
        rest.remove(layer);
        return rest.isEmpty() ? base : rest.getLast();
    }

    NativeState state() {
        int sites = row.size() + (entry == null ? 0 : 1);
        for (LiveRow<LoadedModule> each : importers) {
            sites += each.size();
        }
        return new NativeState(
                row.module().name(),
                row.row().key(),
                top().target.text(),
                row.row().safety(),
                sites,
                changes,
                mechanism(),
                List.copyOf(history));
    }

    /// Uses that no patch changes.
    List<String> unreached() {
        List<String> all = new ArrayList<>(row.unreached());
        for (LiveRow<LoadedModule> each : importers) {
            each.unreached().forEach(line -> all.add(each.module().name() + ": " + line));
        }
        all.addAll(notes);
        if (entry != null) {
            entry.verdict().notes().forEach(note -> all.add(note.text()));
        }
        return List.copyOf(all);
    }

    private void changed() {
        changes++;
        history.addLast(new NativeChange(Instant.now(), top().target.text()));
        if (history.size() > REMEMBERED) {
            history.removeFirst();
        }
    }
}
