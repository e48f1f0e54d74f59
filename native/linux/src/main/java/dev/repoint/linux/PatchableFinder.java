package dev.repoint.linux;

import dev.repoint.linux.module.LoadedModule;
import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.choice.PatchChoice;
import dev.repoint.machine.choice.SiteCoverage;
import dev.repoint.machine.entry.EntryVerdict;
import dev.repoint.machine.mangling.NearNames;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Safety;
import dev.repoint.machine.site.SiteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Finds what a key means, and takes its sites or its entry, as [PatchChoice] says.
final class PatchableFinder {

    private static final String ALL_NAMES = "PatchChoice.ENTRY.withAllNames()";

    private final LoadedModule module;
    private final String text;
    private final NativeKey written;
    private final String key;
    private final NativeRegistry registry = NativeRegistry.all();

    private PatchableFinder(LoadedModule module, String text) {
        this.module = module;
        this.text = Objects.requireNonNull(text, "key");
        this.written = NativeKey.parse(text);
        this.key = module.name() + ": " + text;
    }

    /// @throws NativePatchException if there is none, or more than one, or it cannot be patched as it is asked for
    static NativePatchable of(LoadedModule module, String key, PatchChoice choice) {
        return new PatchableFinder(module, key).find(choice);
    }

    /// The sites of a row.
    static NativePatchable of(LoadedModule module, Patchable row) {
        NativeRegistry registry = NativeRegistry.all();
        return new NativePatchable(registry, registry.point(module, row));
    }

    private NativePatchable find(PatchChoice choice) {
        boolean isEntryAsked = choice.mechanism().equals(Optional.of(Mechanism.ENTRY));
        Patchable row = isEntryAsked ? null : row().orElse(null);
        SiteCoverage coverage = row == null ? SiteCoverage.NONE : coverage(row);
        Mechanism set = row == null ? null : registry.set(module, row);
        Entries.Found entry = choice.of(coverage, set) == Mechanism.SITES
                ? null
                : registry.entry(module, written, key).orElse(null);
        if (entry == null) {
            if (isEntryAsked) {
                throw NativePatchException.of(key, registry.missing(module, written, key));
            }
            return of(module, row().orElseThrow(this::unknown));
        }
        Optional<String> refusal = choice.refusal(
                entry.verdict(), registry.set(module, entry.function().address()), ALL_NAMES);
        if (entry.verdict() instanceof EntryVerdict.Accepted accepted && refusal.isEmpty()) {
            return of(entry, accepted);
        }
        if (entry.verdict() instanceof EntryVerdict.Refused && choice.allowsSites(coverage)) {
            return of(module, row().orElseThrow(this::unknown));
        }
        throw NativePatchException.of(key, refusal.orElseThrow());
    }

    private SiteCoverage coverage(Patchable row) {
        return SiteCoverage.of(table(), row, Importers.isExported(module, row));
    }

    private Optional<Patchable> row() {
        return table().find(NativeTargetResolver.meant(module, written, key));
    }

    private NativePatchable of(Entries.Found found, EntryVerdict.Accepted verdict) {
        Patchable function = new Patchable(
                found.key(),
                PatchableKind.FUNCTION,
                found.function().address(),
                found.function().size(),
                Safety.PLAIN,
                "patched at its entry: copies of it that the compiler made in callers stay",
                List.of(),
                List.of());
        return new NativePatchable(registry, registry.point(module, verdict, function));
    }

    private SiteTable table() {
        return registry.files().table(module);
    }

    private NativePatchException unknown() {
        List<String> same = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Patchable each : table().patchables()) {
            names.add(each.key().text());
            if (each.key().symbol().equals(written.symbol())) {
                same.add(each.key().text());
            }
        }
        return NativePatchException.of(
                key,
                same.isEmpty()
                        ? "there is no such function or pointer" + NearNames.question(text, names)
                        : "there are several of that name; write " + String.join(" or ", same));
    }
}
