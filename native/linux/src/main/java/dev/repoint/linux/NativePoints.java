package dev.repoint.linux;

import dev.repoint.elf.Address;
import dev.repoint.linux.module.LoadedModule;
import dev.repoint.linux.row.LiveRow;
import dev.repoint.linux.row.LiveWord;
import dev.repoint.linux.row.RowException;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The points of this process and the rows of their modules: one of each for a patchable. Guarded by the lock of
/// [NativeRegistry].
final class NativePoints {

    private final LoadedFiles files;
    private final Map<LoadedModule, Rows> rows = new HashMap<>();
    /// Those that were ever set.
    private final Set<NativePoint> active = new LinkedHashSet<>();

    /// What is known of a module.
    private static final class Rows {
        private final Map<NativeKey, LiveRow<LoadedModule>> live = new HashMap<>();
        private final Map<NativeKey, NativePoint> points = new HashMap<>();
        private final Map<Long, NativePoint> entries = new HashMap<>();
        private final Map<Long, LiveWord> words = new HashMap<>();
    }

    NativePoints(LoadedFiles files) {
        this.files = files;
    }

    /// The point of a row of a module's table, the same one each time.
    NativePoint of(LoadedModule module, Patchable patchable) {
        return rows(module)
                .points
                .computeIfAbsent(patchable.key(), key -> new NativePoint(row(module, patchable), null));
    }

    /// The point of the entry of a function, the same one each time.
    ///
    /// @param function without sites
    NativePoint at(LiveEntry entry, Patchable function) {
        LoadedModule module = entry.module();
        return rows(module)
                .entries
                .computeIfAbsent(
                        entry.address(),
                        key -> new NativePoint(new LiveRow<>(module, function, List.of(), LiveWord::new), entry));
    }

    /// The point of a row, if it was asked for before.
    @Nullable
    NativePoint known(LiveRow<LoadedModule> row) {
        return rows(row.module()).points.get(row.row().key());
    }

    /// Whether the sites of a row lead elsewhere.
    boolean isSet(LoadedModule module, NativeKey key) {
        NativePoint point = rows(module).points.get(key);
        return point != null && !point.isDefault();
    }

    /// Whether the entry of a function leads elsewhere.
    boolean isSet(LoadedModule module, Address function) {
        NativePoint point = rows(module).entries.get(module.at(function));
        return point != null && !point.isDefault();
    }

    /// Those that were ever set, in that order.
    Set<NativePoint> active() {
        return active;
    }

    /// The rows of other modules that import a function.
    List<LiveRow<LoadedModule>> importing(List<Import> imports) {
        List<LiveRow<LoadedModule>> found = new ArrayList<>();
        for (Import each : imports) {
            found.add(row(each.module(), each.patchable()));
        }
        return found;
    }

    /// What a word of a module holds, or held before a patch of ours.
    long unpatched(LoadedModule module, long address) {
        long value = module.word(address);
        LiveWord known = rows(module).words.get(address);
        return known != null && known.isKnown() && known.now() == value ? known.byDefault() : value;
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
                        files.table(module).rejectionsOf(patchable.key()),
                        address -> known.words.computeIfAbsent(address, LiveWord::new));
            } catch (RowException e) {
                throw NativePatchException.because(module.name() + ": " + key.text(), e.place(), e);
            }
        });
    }
}
