package dev.repoint.linux;

import dev.repoint.linux.module.LoadedModule;
import dev.repoint.machine.entry.EntryVerdict;
import dev.repoint.machine.mangling.NearNames;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Safety;
import dev.repoint.machine.site.Site;
import dev.repoint.machine.site.SiteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds what a key means, and chooses between its sites and its entry.
final class PatchableChoice {

    private final LoadedModule module;
    private final String text;
    private final NativeKey written;
    private final String key;
    private final NativeRegistry registry = NativeRegistry.all();

    private PatchableChoice(LoadedModule module, String text) {
        this.module = module;
        this.text = Objects.requireNonNull(text, "key");
        this.written = NativeKey.parse(text);
        this.key = module.name() + ": " + text;
    }

    /// @param at where it is to be patched; null if that is not said
    /// @throws NativePatchException if there is none, or more than one, or it cannot be patched there
    static NativePatchable of(LoadedModule module, String key, @Nullable PatchedAt at) {
        PatchableChoice choice = new PatchableChoice(module, key);
        return switch (at) {
            case SITES -> of(module, choice.row().orElseThrow(choice::unknown));
            case ENTRY -> choice.entry().orElseThrow(() -> choice.noFunction());
            case null -> choice.best();
        };
    }

    /// The sites of a row.
    static NativePatchable of(LoadedModule module, Patchable row) {
        NativeRegistry registry = NativeRegistry.all();
        return new NativePatchable(registry, registry.point(module, row));
    }

    private NativePatchable best() {
        Optional<Patchable> row = row();
        if (row.isPresent() && isCoveredBySites(row.get())) {
            return of(module, row.get());
        }
        Optional<Entries.Found> entry = registry.entry(module, written, key);
        if (entry.isPresent() && (row.isEmpty() || entry.get().verdict() instanceof EntryVerdict.Accepted)) {
            return of(entry.get());
        }
        return of(module, row.orElseThrow(this::unknown));
    }

    /// Whether sites are all that can be known of its callers.
    private boolean isCoveredBySites(Patchable row) {
        return row.kind() == PatchableKind.POINTER
                || row.address().value() == 0
                || row.safety() == Safety.HOOK
                || row.sites().stream().anyMatch(PatchableChoice::isInstruction)
                || table().gaps().isEmpty();
    }

    /// Whether a site is code, so that relocations of code were kept.
    private static boolean isInstruction(Site site) {
        return switch (site.kind()) {
            case CALL, JUMP, CONDITIONAL_JUMP, POINTER_CALL, POINTER_JUMP -> true;
            case GOT_SLOT, DATA_POINTER, ADDRESS, POINTER_LOAD -> false;
        };
    }

    private Optional<Patchable> row() {
        return table().find(NativeTargetResolver.meant(module, written, key));
    }

    private Optional<NativePatchable> entry() {
        return registry.entry(module, written, key).map(this::of);
    }

    private NativePatchable of(Entries.Found found) {
        if (found.verdict() instanceof EntryVerdict.Accepted accepted) {
            Patchable function = new Patchable(
                    found.key(),
                    PatchableKind.FUNCTION,
                    found.function().address(),
                    found.function().size(),
                    Safety.PLAIN,
                    "patched at its entry: copies of it that the compiler made in callers stay",
                    List.of(),
                    List.of());
            return new NativePatchable(registry, registry.point(module, accepted, function));
        }
        throw NativePatchException.of(key, ((EntryVerdict.Refused) found.verdict()).text());
    }

    private SiteTable table() {
        return registry.files().table(module);
    }

    private NativePatchException noFunction() {
        return NativePatchException.of(key, registry.missing(module, written, key));
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
