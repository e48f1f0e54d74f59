package dev.repoint.linux;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfMachine;
import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.call.Loader;
import dev.repoint.linux.module.LoadedModule;
import dev.repoint.linux.module.LoadedModules;
import dev.repoint.linux.poke.PokeException;
import dev.repoint.linux.poke.Poker;
import dev.repoint.linux.row.LiveRow;
import dev.repoint.linux.row.LiveWord;
import dev.repoint.linux.row.ResolvedTarget;
import dev.repoint.linux.row.RowException;
import dev.repoint.machine.Architectures;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.SiteTable;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All that is known of the patchables of this process. There is one, and its lock is the one of everything in
/// this package: one patcher at a time.
final class NativeRegistry {

    private static final NativeRegistry ALL = new NativeRegistry();

    private final LoadedModules modules = new LoadedModules();
    private final NativeTargetResolver targets = new NativeTargetResolver(modules);
    private final FunctionTypeCheck types = new FunctionTypeCheck(modules);
    private final Veneers veneers = new Veneers(Architectures.of(ElfMachine.X86_64));
    private final Map<LoadedModule, Rows> rows = new HashMap<>();
    /// Those that were ever set.
    private final Set<NativePoint> active = new LinkedHashSet<>();

    /// What is known of a module.
    private static final class Rows {
        private final Map<NativeKey, LiveRow<LoadedModule>> live = new HashMap<>();
        private final Map<NativeKey, NativePoint> points = new HashMap<>();
        private final Map<Long, LiveWord> words = new HashMap<>();
    }

    /// A patchable and what it is to lead to.
    record TargetRequest(NativePoint point, NativeTarget target) {}

    /// What is to be when a patch is in effect.
    private record Planned(NativePoint point, NativePoint.Layer layer) {}

    private NativeRegistry() {}

    static NativeRegistry all() {
        return ALL;
    }

    /// The modules of this process.
    LoadedModules modules() {
        return modules;
    }

    /// Loads a library and points its sites where they have to lead already. One that cannot be is given back
    /// to the loader.
    synchronized LoadedModule load(String path) {
        long handle = 0;
        try {
            handle = Loader.open(path, Loader.NOW);
            LoadedModule module = modules.open(Loader.loaded(handle));
            refresh();
            handle = 0;
            return module;
        } catch (ElfException e) {
            throw NativePatchException.because("", "", e);
        } catch (CallFailedException e) {
            throw NativePatchException.because("", "", "the library cannot be loaded", e);
        } finally {
            if (handle != 0) {
                Loader.close(handle);
            }
        }
    }

    /// @throws NativePatchException if its file is not the one that was loaded
    synchronized LoadedModule open(Loader.Loaded loaded) {
        try {
            return modules.open(loaded);
        } catch (ElfException e) {
            throw NativePatchException.because("", "", e);
        }
    }

    /// @throws NativePatchException if the table beside it is malformed
    synchronized SiteTable table(LoadedModule module) {
        try {
            return module.table();
        } catch (ElfException e) {
            throw NativePatchException.because("", "", e);
        }
    }

    /// The address of what a module, or one that it needs, offers by a name; 0 if there is none.
    ///
    /// @throws NativePatchException if the module was unloaded
    synchronized long symbol(LoadedModule module, String name) {
        pin(module, module.name() + ": " + name);
        return module.symbol(name);
    }

    /// A function of a module, which stays loaded.
    ///
    /// @throws NativePatchException if there is none of that name
    synchronized MemorySegment function(LoadedModule module, String name) {
        String key = module.name() + ": " + name;
        pin(module, key);
        ResolvedTarget found = targets.symbol(name, module, key, () -> table(module));
        if (found.outcome() instanceof Outcome.To(long address)) {
            return MemorySegment.ofAddress(address);
        }
        throw new IllegalStateException(found.toString());
    }

    /// A word of a module's data, as it is now.
    ///
    /// @throws NativePatchException if the module was unloaded
    synchronized long word(LoadedModule module, Address address) {
        pin(module, module.name());
        return module.word(module.at(address));
    }

    private static void pin(LoadedModule module, String key) {
        try {
            module.pin();
        } catch (CallFailedException e) {
            throw NativePatchException.because(key, "", "its module cannot be kept loaded", e);
        }
    }

    /// The control of a row of a module's table, the same one each time.
    synchronized NativePoint point(LoadedModule module, Patchable patchable) {
        return rows(module)
                .points
                .computeIfAbsent(patchable.key(), key -> new NativePoint(this, row(module, patchable)));
    }

    private Rows rows(LoadedModule module) {
        return rows.computeIfAbsent(module, key -> new Rows());
    }

    private LiveRow<LoadedModule> row(LoadedModule module, Patchable patchable) {
        Rows known = rows(module);
        return known.live.computeIfAbsent(patchable.key(), key -> {
            try {
                return new LiveRow<>(
                        module,
                        patchable,
                        table(module).rejectionsOf(patchable.key()),
                        address -> known.words.computeIfAbsent(address, LiveWord::new));
            } catch (RowException e) {
                throw NativePatchException.because(module.name() + ": " + key.text(), e.place(), e);
            }
        });
    }

    /// Points patchables elsewhere, all at one moment.
    ///
    /// @throws NativePatchException if one cannot; nothing has changed then
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

    /// Puts a target over the one that there is.
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

    private NativePoint.Layer layer(NativePoint point, NativeTarget target) {
        LiveRow<LoadedModule> row = point.row();
        ResolvedTarget resolved = targets.of(target, row, () -> table(row.module()));
        types.require(row, target, resolved);
        return new NativePoint.Layer(target, resolved);
    }

    private void apply(List<Planned> planned, Runnable inEffect) {
        requirePatcher();
        Map<NativePoint, ResolvedTarget> next = new HashMap<>();
        for (Planned each : planned) {
            each.point.forget(row -> !modules.isLoaded(row.module()));
            if (!each.point.wasSearched()) {
                search(each.point);
            }
            requireUses(each);
            next.put(each.point, each.layer.resolved());
        }
        LivePlan plan = new LivePlan(veneers);
        for (Planned each : planned) {
            add(plan, each.point, next);
        }
        plan.apply(inEffect);
    }

    /// Adds all rows of a patchable to a plan: its own, and those of modules that import it and were not set
    /// themselves.
    ///
    /// @param next what patchables are to lead to that the plan is about
    private void add(LivePlan plan, NativePoint point, Map<NativePoint, ResolvedTarget> next) {
        ResolvedTarget target = resolved(point, next);
        if (target.isDefault()) {
            for (NativePoint each : active) {
                if (each.importers().contains(point.row())) {
                    target = resolved(each, next);
                }
            }
        }
        add(plan, point.row(), target);
        for (LiveRow<LoadedModule> each : point.importers()) {
            NativePoint own = rows(each.module()).points.get(each.row().key());
            if (own == null || resolved(own, next).isDefault()) {
                add(plan, each, resolved(point, next));
            }
        }
    }

    private static void add(LivePlan plan, LiveRow<LoadedModule> row, ResolvedTarget target) {
        pin(row.module(), row.key());
        plan.add(row, target);
    }

    private static ResolvedTarget resolved(NativePoint point, Map<NativePoint, ResolvedTarget> next) {
        ResolvedTarget planned = next.get(point);
        return planned == null ? point.top().resolved() : planned;
    }

    /// Looks for modules that import a patchable.
    private void search(NativePoint point) {
        Importers importers = new Importers(modules, point.row());
        point.importedBy(rows(importers), importers.unknown());
        active.add(point);
    }

    private List<LiveRow<LoadedModule>> rows(Importers importers) {
        List<LiveRow<LoadedModule>> found = new ArrayList<>();
        for (Importers.Import each : importers.find()) {
            found.add(row(each.module(), each.patchable()));
        }
        return found;
    }

    /// Finds modules that were loaded since, and points those of their sites elsewhere that refer to what was
    /// set.
    ///
    /// @return how many places were changed
    synchronized int refresh() {
        LivePlan plan = new LivePlan(veneers);
        List<Runnable> inEffect = new ArrayList<>();
        for (NativePoint point : active) {
            Importers importers = new Importers(modules, point.row());
            List<LiveRow<LoadedModule>> found = rows(importers);
            for (LiveRow<LoadedModule> each : found) {
                NativePoint own = rows(each.module()).points.get(each.row().key());
                boolean isNew = !point.importers().contains(each);
                if (isNew && !point.isDefault() && (own == null || own.isDefault())) {
                    add(plan, each, point.top().resolved());
                }
            }
            inEffect.add(() -> point.importedBy(found, importers.unknown()));
        }
        int size = plan.size();
        if (size > 0) {
            plan.apply(() -> inEffect.forEach(Runnable::run));
        } else {
            inEffect.forEach(Runnable::run);
        }
        return size;
    }

    /// The patchables that were ever set, by module and key.
    synchronized List<NativeState> states() {
        return active.stream()
                .map(NativePoint::state)
                .sorted(Comparator.comparing(NativeState::module).thenComparing(NativeState::key))
                .toList();
    }

    private void requireUses(Planned planned) {
        NativePoint point = planned.point;
        boolean isUsed = point.row().size() > 0 || !point.importers().isEmpty();
        if (isUsed || planned.layer.resolved().isDefault() || Importers.isExported(point.row())) {
            return;
        }
        List<String> gaps = table(point.row().module()).gaps();
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
