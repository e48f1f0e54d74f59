package dev.repoint.machine.site;

import dev.repoint.elf.Address;
import dev.repoint.elf.BuildId;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.SymbolTable;
import dev.repoint.machine.Architectures;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Brings a table that was collected earlier together with a file of the same build, which may have lost its
/// symbols and relocations since, and may have been patched.
///
/// It reads the places of the sites and their current targets from the file.
public final class TableBinding {

    private final ScanContext scan;
    private final ElfFile file;
    private final long[] starts;
    private final String[] functions;
    private int count;

    private TableBinding(SiteTable table, ElfFile file) {
        this.scan = ScanContext.of(file, Architectures.of(file.machine()));
        this.file = file;
        List<Patchable> all = table.patchables();
        long[] places = new long[all.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = all.get(i).address().value();
        }
        this.starts = new long[places.length];
        this.functions = new String[places.length];
        boolean hook = false;
        for (int row : RadixSort.of(places, places.length)) { // stable, so of one address in the order of keys
            Patchable each = all.get(row);
            if (each.kind() != PatchableKind.FUNCTION || each.address().value() == 0) {
                continue;
            }
            boolean isHook = each.safety() == Safety.HOOK;
            if (count > 0 && starts[count - 1] == places[row]) {
                if (!hook || isHook) {
                    continue;
                } // the first that is no hook, else the first
                count--;
            }
            starts[count] = places[row];
            functions[count++] = each.key().text();
            hook = isHook;
        }
    }

    /// Whether a table is one of a file: both have the same build id.
    public static boolean fits(SiteTable table, ElfFile file) {
        return table.buildId().isPresent()
                && table.buildId().equals(file.buildId())
                && table.machine() == file.machine();
    }

    /// The table, with the sites as they are in a file.
    ///
    /// @param from what messages call the table: the name of its file
    /// @throws ElfException if the table is one of another build, or does not fit into the file
    public static SiteTable bind(SiteTable table, String from, ElfFile file) throws ElfException {
        if (!fits(table, file)) {
            throw new ElfException(from + ": the table of build " + id(table.buildId()) + ", but " + file.name()
                    + " is build " + id(file.buildId()) + "; collect it again: repoint table " + file.name());
        }
        TableBinding binding = new TableBinding(table, file);
        TableBuilder bound = TableBuilder.like(table);
        for (Patchable each : table.patchables()) {
            bound.patchable(each);
            for (Site site : each.sites()) {
                bound.site(binding.bound(site, each, from));
            }
        }
        for (Rejection each : table.rejections()) {
            bound.rejection(each);
        }
        for (String each : table.gaps()) {
            bound.gap(each);
        }
        return bound.build();
    }

    private static String id(Optional<BuildId> buildId) {
        return buildId.isPresent() ? buildId.get().hex() : "unknown (link with -Wl,--build-id)";
    }

    private Site bound(Site site, Patchable patchable, String from) throws ElfException {
        long place = site.address().value();
        int region = scan.regions().at(place);
        Code code = region == Regions.NONE ? null : scan.regions().code(region);
        if (code == null || !code.contains(place, site.length())) {
            throw new ElfException(from + ": the " + site.kind().text() + " at " + site.address() + " of "
                    + patchable.key() + " is not in " + file.name() + "; collect the table again");
        }
        CurrentTarget current = switch (site.kind()) {
            case CALL, JUMP, CONDITIONAL_JUMP -> ofBranch(code, site);
            case POINTER_CALL, POINTER_JUMP -> ofPointerBranch(code, site);
            case ADDRESS, POINTER_LOAD -> CurrentTarget.DEFAULT; // never written
            case GOT_SLOT, DATA_POINTER -> ofWord(code, site, patchable.key());
        };
        return new Site(
                site.kind(),
                site.address(),
                new FileOffset(scan.regions().offset(place)),
                site.length(),
                site.section(),
                site.in(),
                site.line(),
                site.leads(),
                current);
    }

    private CurrentTarget ofBranch(Code code, Site site) {
        long start = site.address().value();
        int behind = site.length() == 4 ? 0 : site.kind() == SiteKind.CONDITIONAL_JUMP ? 2 : 1;
        for (int late = 0; late < 2; late++) { // linkers leave some fields one byte late
            Instruction found = scan.architecture().at(code, start + behind + late);
            if (found == null || found.address() != start) {
                continue;
            }
            if (found instanceof Instruction.Branch branch && branch.kind() == site.kind()) {
                return branch.destination() == site.leads().value()
                        ? CurrentTarget.DEFAULT
                        : known(branch.destination(), code, site);
            }
            if (found instanceof Instruction.Emptied emptied && emptied.kind() == site.kind()) {
                return CurrentTargets.of(emptied.outcome());
            }
        }
        return unknown(code, site);
    }

    /// `ff 15` and `ff 25`, or what stands in place of them: `67 e8`, `e9 .. 90`, and forms that do nothing.
    private CurrentTarget ofPointerBranch(Code code, Site site) {
        long start = site.address().value();
        Instruction found = scan.architecture().at(code, start + 2);
        if (found instanceof Instruction.PointerBranch branch
                && branch.slot() == site.leads().value()) {
            return CurrentTarget.DEFAULT;
        }
        if (found instanceof Instruction.Emptied emptied && emptied.kind() == site.kind()) {
            return CurrentTargets.of(emptied.outcome());
        }
        if (found instanceof Instruction.Branch branch) {
            return known(branch.destination(), code, site);
        }
        return unknown(code, site);
    }

    private CurrentTarget ofWord(Code code, Site site, NativeKey key) {
        long place = site.address().value();
        long lead = site.leads().value();
        int word = scan.words().at(place);
        if (word == DynamicWords.NONE) {
            long content = code.s64(place);
            return content == lead ? CurrentTarget.DEFAULT : known(content, code, site);
        }
        int dynamic = scan.words().symbol(word);
        if (dynamic == 0 || scan.words().isPointed(word)) {
            long addend = scan.words().addend(word);
            return addend == lead && dynamic == 0 ? CurrentTarget.DEFAULT : known(addend, code, site);
        }
        SymbolTable symbols = file.dynamicSymbols();
        boolean defined = symbols.isDefined(dynamic);
        boolean same = symbols.name(dynamic).equals(key.symbol())
                && (defined || symbols.version(dynamic).equals(key.version()));
        if (same || lead != 0 && symbols.value(dynamic) == lead) {
            return CurrentTarget.DEFAULT;
        }
        String name = defined
                ? nameAt(symbols.value(dynamic))
                : scan.catalogue().key(scan.catalogue().imported(dynamic)).text();
        return new CurrentTarget.Function(
                name == null ? symbols.name(dynamic) : name, new Address(symbols.value(dynamic)));
    }

    /// The current target of a site that goes to another place than its default.
    private CurrentTarget known(long place, Code code, Site site) {
        int region = scan.regions().at(place);
        if (region == Regions.NONE || !scan.regions().get(region).executable()) {
            return unknown(code, site);
        }
        Code target = scan.regions().code(region);
        Outcome outcome = scan.architecture().veneerOutcome(target, place);
        if (outcome != null) {
            return CurrentTargets.of(outcome);
        }
        String name = nameAt(place);
        if (name != null) {
            return CurrentTargets.function(name, place);
        }
        int word = scan.linkage().wordBehind(place);
        int owner = word == Linkage.NONE ? Catalogue.NONE : scan.linkage().ownerOf(word);
        if (owner != Catalogue.NONE) {
            return CurrentTargets.function(scan.catalogue().key(owner).text(), place);
        }
        Long destination = scan.architecture().veneerDestination(target, place);
        if (destination == null) {
            return unknown(code, site);
        }
        String behind = nameAt(destination);
        return behind == null ? unknown(code, site) : CurrentTargets.function(behind, destination);
    }

    private @Nullable String nameAt(long place) {
        int function = RadixSort.floor(starts, count, place);
        return function >= 0 && starts[function] == place ? functions[function] : null;
    }

    private static CurrentTarget unknown(Code code, Site site) {
        return new CurrentTarget.Unknown(
                HexFormat.ofDelimiter(" ").formatHex(code.copy(site.address().value(), site.length())));
    }
}
