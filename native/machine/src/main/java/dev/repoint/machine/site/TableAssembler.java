package dev.repoint.machine.site;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the table of what was found: groups the sites by patchable, and gives every patchable its verdict.
final class TableAssembler {

    /// Each of many folded functions names no more of the others.
    private static final int MOST_ALIASES = 32;

    private final ScanContext scan;
    private final SiteSink sink;
    private final Catalogue catalogue;
    private final List<String> texts = new ArrayList<>();
    private final int[] textOfSymbol;
    private final int[] textOfRegion;

    TableAssembler(ScanContext scan) {
        this.scan = scan;
        this.sink = scan.sites();
        this.catalogue = scan.catalogue();
        this.textOfSymbol = new int[scan.symbols().size()];
        this.textOfRegion = new int[scan.regions().count()];
        Arrays.fill(textOfSymbol, -1);
        texts.add("");
        for (int i = 0; i < textOfRegion.length; i++) {
            textOfRegion[i] = texts.size();
            texts.add(scan.regions().get(i).name());
        }
    }

    /// @param gaps as [Gaps] gives them
    SiteTable table(List<String> gaps) {
        // Functions without sites are rows too: what calls are pointed at.
        for (int group = 0; group < scan.functions().count(); group++) {
            for (int i = 0; i < scan.functions().names(group); i++) {
                catalogue.function(scan.functions().symbol(group, i));
            }
        }
        int[] starts = new int[catalogue.count() + 1];
        for (int i = 0; i < sink.count(); i++) {
            starts[sink.owner(i) + 1]++;
        }
        int[] callsOfSymbol = new int[scan.symbols().size()];
        for (int i = 0; i < catalogue.count(); i++) {
            if (catalogue.kind(i) == Catalogue.Kind.FUNCTION) {
                callsOfSymbol[catalogue.symbol(i)] += starts[i + 1];
            }
            starts[i + 1] += starts[i];
        }
        SiteColumns columns = columns(starts.clone());
        Verdicts verdicts = new Verdicts(scan);
        List<Patchable> patchables = new ArrayList<>(catalogue.count());
        for (int i = 0; i < catalogue.count(); i++) {
            if (catalogue.kind(i) == Catalogue.Kind.MISSING) {
                continue;
            }
            patchables.add(patchable(i, verdicts, new SiteList(columns, starts[i], starts[i + 1])));
        }
        makeUnique(patchables);
        List<Rejection> rejections = scan.rejects().list();
        verdicts.addCopies(callsOfSymbol, rejections);
        ElfFile file = scan.file();
        return new SiteTable(
                module(file), file.machine(), scan.isRelocatable(), file.buildId(), patchables, rejections, gaps);
    }

    /// Gives numbers to keys that several patchables have, which happens in broken files only.
    private static void makeUnique(List<Patchable> patchables) {
        Set<NativeKey> used = HashSet.newHashSet(patchables.size());
        for (int i = 0; i < patchables.size(); i++) {
            Patchable each = patchables.get(i);
            NativeKey key = each.key();
            for (int number = i; !used.add(key); number++) {
                key = new NativeKey(key.symbol(), key.version(), each.key().file() + "#" + number, key.offset());
            }
            if (key != each.key()) {
                patchables.set(i, each.withKey(key));
            }
        }
    }

    private static String module(ElfFile file) {
        String name = file.name().substring(file.name().lastIndexOf('/') + 1);
        return file.dynamic().isPresent() ? file.dynamic().get().soname().orElse(name) : name;
    }

    /// The sites in the order of their patchables, and of one by place.
    ///
    /// @param next where the next site of each patchable goes
    private SiteColumns columns(int[] next) {
        int[] order = sink.inOrder();
        int[] rows = new int[order.length];
        for (int site : order) {
            rows[site] = next[sink.owner(site)]++;
        }
        int count = sink.count();
        int[] sections = new int[count];
        int[] ins = new int[count];
        long[] addresses = new long[count];
        long[] offsets = new long[count];
        for (int site : order) {
            place(site, rows[site], sections, ins, addresses, offsets);
        }
        byte[] kinds = new byte[count];
        byte[] lengths = new byte[count];
        long[] leads = new long[count];
        CurrentTarget @Nullable [] currents = sink.hasCurrents() ? new CurrentTarget[count] : null;
        for (int site = 0; site < count; site++) {
            int row = rows[site];
            kinds[row] = sink.kind(site);
            lengths[row] = sink.length(site);
            leads[row] = sink.lead(site);
            if (currents != null) {
                currents[row] = sink.current(site);
            }
        }
        return new SiteColumns(
                kinds, addresses, offsets, lengths, sections, ins, null, leads, currents, texts.toArray(new String[0]));
    }

    private void place(int site, int row, int[] sections, int[] ins, long[] addresses, long[] offsets) {
        long place = sink.place(site);
        int region = scan.regions().at(place);
        addresses[row] = scan.regions().address(place);
        offsets[row] = scan.regions().offset(place);
        sections[row] = region == Regions.NONE ? 0 : textOfRegion[region];
        ins[row] = sink.in(site) == SiteSink.NOWHERE ? 0 : textOf(sink.in(site));
    }

    private int textOf(int symbol) {
        if (textOfSymbol[symbol] < 0) {
            textOfSymbol[symbol] = texts.size();
            texts.add(scan.names().key(symbol).text());
        }
        return textOfSymbol[symbol];
    }

    private Patchable patchable(int number, Verdicts verdicts, SiteList sites) {
        Symbols symbols = scan.symbols();
        int symbol = catalogue.symbol(number);
        boolean pointer = catalogue.kind(number) == Catalogue.Kind.POINTER;
        boolean here = switch (catalogue.kind(number)) {
            case FUNCTION -> true;
            case POINTER -> symbols.kind(symbol) == Symbols.OBJECT;
            case IMPORT, EXTERNAL, MISSING -> false;
        };
        long address = here ? scan.regions().address(symbols.place(symbol) + catalogue.offset(number)) : 0;
        long size = pointer ? Long.BYTES : here ? symbols.size(symbol) : 0;
        List<String> aliases = here && !pointer ? aliases(symbol) : List.of();
        return new Patchable(
                catalogue.key(number),
                pointer ? PatchableKind.POINTER : PatchableKind.FUNCTION,
                new Address(address),
                size,
                verdicts.safety(number),
                verdicts.reason(number, aliases),
                aliases,
                sites);
    }

    /// The keys of the functions at the address of another one, sorted: the first ones, if a linker has folded
    /// very many.
    private List<String> aliases(int symbol) {
        int group = scan.functions().startingAt(scan.symbols().place(symbol));
        if (group == Functions.NONE || scan.functions().names(group) == 1) {
            return List.of();
        }
        List<String> aliases = new ArrayList<>();
        for (int i = 0; i < scan.functions().names(group) && aliases.size() < MOST_ALIASES; i++) {
            int other = scan.functions().symbol(group, i);
            if (other != symbol) {
                aliases.add(scan.names().key(other).text());
            }
        }
        Collections.sort(aliases);
        return aliases;
    }
}
