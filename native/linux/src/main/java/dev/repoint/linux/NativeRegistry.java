package dev.repoint.linux;

import dev.repoint.elf.Address;
import dev.repoint.linux.module.LoadedModule;
import dev.repoint.linux.poke.PokeException;
import dev.repoint.linux.poke.Poker;
import dev.repoint.linux.row.LiveRow;
import dev.repoint.linux.row.ResolvedTarget;
import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.entry.EntryVerdict;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The patches of this process. There is one, and its lock is the one of everything in this package: one patcher
/// at a time.
final class NativeRegistry {

    private static final NativeRegistry ALL = new NativeRegistry();

    private final LoadedFiles files = new LoadedFiles(this);
    private final NativePoints points = new NativePoints(files);
    private final NativeTargetResolver targets = new NativeTargetResolver(files);
    private final FunctionTypeCheck types = new FunctionTypeCheck(files);
    private final Entries entries = new Entries();
    private final Veneers veneers = new Veneers();
    private final OwnCalls ownCalls = new OwnCalls(files, veneers);

    /// A patchable and its new target.
    record TargetRequest(NativePoint point, NativeTarget target) {}

    /// A patchable and the layer that counts when a patch is in effect.
    private record Planned(NativePoint point, NativePoint.Layer layer) {}

    private NativeRegistry() {}

    static NativeRegistry all() {
        return ALL;
    }

    /// The modules of this process.
    LoadedFiles files() {
        return files;
    }

    /// Loads a library, and redirects those of its sites that refer to what is set already. One that cannot be
    /// redirected is given back to the loader.
    LoadedModule load(String path) {
        return files.load(path, this::refresh);
    }

    /// A function of a module, which stays loaded.
    ///
    /// @throws NativePatchException if there is none of that name
    synchronized MemorySegment function(LoadedModule module, String name) {
        String key = module.name() + ": " + name;
        files.pin(module, key);
        ResolvedTarget found = targets.symbol(name, module, key);
        if (found.outcome() instanceof Outcome.To(long address)) {
            return MemorySegment.ofAddress(address);
        }
        throw new IllegalStateException(found.toString());
    }

    /// The point of a row of a module's table, the same one each time.
    synchronized NativePoint point(LoadedModule module, Patchable patchable) {
        return points.of(module, patchable);
    }

    /// By what a function is redirected now; null if it has its default.
    synchronized @Nullable Mechanism set(LoadedModule module, Patchable row) {
        return points.isSet(module, row.key()) ? Mechanism.SITES : set(module, row.address());
    }

    /// The same of a function that only its entry is known of.
    synchronized @Nullable Mechanism set(LoadedModule module, Address function) {
        return points.isSet(module, function) ? Mechanism.ENTRY : null;
    }

    /// What is known of a function's entry.
    ///
    /// @return empty if the module has no such function
    synchronized Optional<Entries.Found> entry(LoadedModule module, NativeKey key, String patchable) {
        return entries.find(module, key, patchable);
    }

    /// Why a module has no function of a name.
    synchronized String missing(LoadedModule module, NativeKey key, String patchable) {
        return entries.missing(module, key, patchable);
    }

    /// The point of a function's entry, the same one each time.
    ///
    /// @param function without sites
    synchronized NativePoint point(LoadedModule module, EntryVerdict.Accepted verdict, Patchable function) {
        return points.at(entries.of(module, verdict, module.name() + ": " + function.key()), function);
    }

    /// The address of the default of a patchable, whose module stays loaded.
    ///
    /// @throws NativePatchException if there is none
    synchronized long byDefault(NativePoint point) {
        requirePatcher();
        files.pin(point.row().module(), point.row().key());
        return NativeDefault.address(point);
    }

    /// Redirects patchables, all at one moment.
    ///
    /// @throws NativePatchException if one cannot be redirected; nothing has changed then
    synchronized void set(List<TargetRequest> requests) {
        List<Planned> planned = new ArrayList<>();
        for (TargetRequest request : requests) {
            if (planned.stream().anyMatch(each -> each.point == request.point)) {
                throw NativePatchException.of(
                        request.point.row().key(), "is set twice by one patch; name each key once");
            }
            planned.add(new Planned(request.point, layer(request.point, request.target)));
        }
        apply(planned, () -> planned.forEach(each -> each.point.set(each.layer)));
    }

    /// Puts a target over the current one.
    synchronized NativePoint.Layer override(NativePoint point, NativeTarget target) {
        NativePoint.Layer layer = layer(point, target);
        apply(List.of(new Planned(point, layer)), () -> point.push(layer));
        return layer;
    }

    /// Ends an override, if it has not ended.
    synchronized void end(NativePoint point, NativePoint.Layer layer) {
        if (!point.has(layer)) {
            return;
        }
        if (point.top() == layer) {
            apply(List.of(new Planned(point, point.without(layer))), () -> point.remove(layer));
        } else {
            point.remove(layer);
        }
    }

    /// Redirects the sites of modules that were loaded since.
    ///
    /// @return the number of changed places
    /// @throws NativePatchException if one of them cannot be changed; nothing has changed then
    synchronized int refresh() {
        return new NativeRefresh(files, points, veneers, ownCalls).run();
    }

    /// The patchables that were ever set, by module and key.
    synchronized List<NativeState> states() {
        return points.active().stream()
                .map(NativePoint::state)
                .sorted(Comparator.comparing(NativeState::module).thenComparing(NativeState::key))
                .toList();
    }

    private NativePoint.Layer layer(NativePoint point, NativeTarget target) {
        if (point.entry() != null) {
            requirePatcher();
            files.pin(point.row().module(), point.row().key()); // the default may be a copy that refers to it
        }
        ResolvedTarget resolved = targets.of(target, point);
        types.require(point.row(), target, resolved);
        return new NativePoint.Layer(target, resolved);
    }

    private void apply(List<Planned> planned, Runnable inEffect) {
        requirePatcher();
        Map<NativePoint, ResolvedTarget> next = new HashMap<>();
        for (Planned each : planned) {
            each.point.forget(row -> !files.isLoaded(row.module()));
            if (each.point.entry() != null) {
                points.active().add(each.point);
            } else if (!each.point.wasSearched()) {
                search(each.point);
            }
            requireUses(each);
            next.put(each.point, each.layer.resolved());
        }
        LivePlan plan = new LivePlan(veneers, ownCalls);
        for (Planned each : planned) {
            add(plan, each.point, next);
        }
        addEntries(plan, next);
        plan.apply(inEffect);
    }

    /// Adds the entries of all functions that are or were patched there: where one of them is the target of
    /// another, it is meant as it was built.
    private void addEntries(LivePlan plan, Map<NativePoint, ResolvedTarget> next) {
        Map<Long, LiveEntry> patched = new HashMap<>();
        for (NativePoint each : points.active()) {
            LiveEntry entry = each.entry();
            if (entry != null && !resolved(each, next).isDefault()) {
                patched.put(entry.address(), entry);
            }
        }
        for (NativePoint each : points.active()) {
            LiveEntry entry = each.entry();
            if (entry != null) {
                plan.add(entry, resolved(each, next), address -> {
                    LiveEntry other = patched.get(address);
                    return other == null ? address : other.code().copy();
                });
            }
        }
    }

    /// Adds all rows of a patchable to a plan: its own, and those of modules that import it and were not set
    /// themselves.
    ///
    /// @param next the new targets of the patchables in the plan
    private void add(LivePlan plan, NativePoint point, Map<NativePoint, ResolvedTarget> next) {
        ResolvedTarget target = resolved(point, next);
        if (target.isDefault()) {
            for (NativePoint each : points.active()) {
                if (each.importers().contains(point.row())) {
                    target = resolved(each, next);
                }
            }
        }
        add(plan, point.row(), target);
        for (LiveRow<LoadedModule> each : point.importers()) {
            NativePoint own = points.known(each);
            if (own == null || resolved(own, next).isDefault()) {
                add(plan, each, resolved(point, next));
            }
        }
    }

    private void add(LivePlan plan, LiveRow<LoadedModule> row, ResolvedTarget target) {
        files.pin(row.module(), row.key());
        plan.add(row, target);
    }

    private static ResolvedTarget resolved(NativePoint point, Map<NativePoint, ResolvedTarget> next) {
        ResolvedTarget planned = next.get(point);
        return planned == null ? point.top().resolved() : planned;
    }

    /// Looks for modules that import a patchable.
    private void search(NativePoint point) {
        Importers importers = new Importers(files, points, point.row());
        point.importedBy(points.importing(importers.find()), importers.unknown());
        points.active().add(point);
    }

    private void requireUses(Planned planned) {
        NativePoint point = planned.point;
        boolean isUsed = point.entry() != null
                || point.row().size() > 0
                || !point.importers().isEmpty();
        if (isUsed
                || planned.layer.resolved().isDefault()
                || Importers.isExported(point.row().module(), point.row().row())) {
            return;
        }
        List<String> gaps = files.table(point.row().module()).gaps();
        throw NativePatchException.of(
                point.row().key(),
                "no use of it is known that could be changed" + (gaps.isEmpty() ? "" : ": " + String.join("; ", gaps)));
    }

    private static void requirePatcher() {
        try {
            Poker.instance();
        } catch (PokeException e) {
            throw NativePatchException.because("", "", e);
        }
    }
}
