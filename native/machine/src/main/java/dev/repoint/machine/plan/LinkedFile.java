package dev.repoint.machine.plan;

import dev.repoint.elf.ElfFile;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.Site;
import dev.repoint.machine.site.SiteTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A linked file from every side that a plan looks at. Serves one plan.
final class LinkedFile {

    private final SiteTable table;
    private final Image image;
    private final Functions functions;
    private final Linkage linkage;
    private final RelocatedWords words;
    private final PointerVariables pointers;
    private final VeneerAllocator veneers;
    private final TargetResolver targets;
    private @Nullable Map<Long, Set<Long>> diverted;

    LinkedFile(ElfFile file, SiteTable table) {
        this.table = table;
        this.image = new Image(file);
        this.functions = new Functions(file, table);
        this.linkage = new Linkage(image);
        this.words = new RelocatedWords(image, this::name);
        this.pointers = new PointerVariables(file, table);
        this.veneers = new VeneerAllocator(image, functions, () -> diverted().keySet());
        this.targets = new TargetResolver(image, table, linkage, functions);
    }

    SiteTable table() {
        return table;
    }

    ElfFile file() {
        return image.file();
    }

    Image image() {
        return image;
    }

    Architecture architecture() {
        return image.architecture();
    }

    Functions functions() {
        return functions;
    }

    Linkage linkage() {
        return linkage;
    }

    RelocatedWords words() {
        return words;
    }

    PointerVariables pointers() {
        return pointers;
    }

    VeneerAllocator veneers() {
        return veneers;
    }

    TargetResolver targets() {
        return targets;
    }

    /// The name of an address, for people: a symbol, an entry of the procedure linkage table, a veneer.
    @Nullable
    String name(long address) {
        String function = functions.apply(address);
        if (function != null) {
            return function;
        }
        String entry = linkage.nameAt(address);
        if (entry != null) {
            return entry;
        }
        Code code = image.codeAt(address);
        boolean stands = code != null && architecture().veneerOutcome(code, address) != null;
        return stands || veneers.isBuilt(address) ? "veneer" : null;
    }

    /// The current destination of a site.
    ///
    /// @return null if it has none, goes through a slot, or to a symbol of another module
    @Nullable
    Long destination(Site site) {
        if (site.kind().isInstruction()) {
            return destination(image.instructionAt(site));
        }
        long word = site.address().value();
        if (words.isJumpSlot(word)) {
            LinkageJump jump = linkage.jumpOf(word);
            return jump == null ? null : destination(jump.present());
        }
        return words.held(word) instanceof RelocatedWords.Held.Code(long address) ? (Long) address : null;
    }

    /// Whether a site goes to an address that is not its default.
    ///
    /// @param except the addresses of sites that do not count
    boolean isUsed(long address, Set<Long> except) {
        return !except.containsAll(diverted().getOrDefault(address, Set.of()));
    }

    /// The addresses that are not defaults and that sites go to, each with the addresses of these sites.
    private Map<Long, Set<Long>> diverted() {
        Map<Long, Set<Long>> known = diverted;
        if (known != null) {
            return known;
        }
        Map<Long, Set<Long>> found = new HashMap<>();
        for (Patchable each : table.patchables()) {
            for (Site site : each.sites()) {
                Long destination = site.kind().isPatchable() ? destination(site) : null;
                if (destination != null && destination != site.leads().value()) {
                    found.computeIfAbsent(destination, _ -> new HashSet<>())
                            .add(site.address().value());
                }
            }
        }
        diverted = found;
        return found;
    }

    static @Nullable Long destination(@Nullable Instruction instruction) {
        return instruction instanceof Instruction.Branch branch ? (Long) branch.destination() : null;
    }
}
