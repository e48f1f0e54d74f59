package dev.repoint.machine.site;

import dev.repoint.elf.ElfType;
import java.util.ArrayList;
import java.util.List;

/// Says what a table cannot have because of how its file was built, and which flag mends it.
final class Gaps {

    private Gaps() {}

    static List<String> of(ScanContext scan, boolean sawCode, Sweep sweep) {
        List<String> gaps = new ArrayList<>();
        boolean named = scan.file().symbols().size() > 1;
        if (!named && !scan.isRelocatable()) {
            gaps.add("no symbols: only dynamic symbols have names; collect the table before stripping (repoint"
                    + " table), or do not strip");
        }
        if (!sawCode && hasCode(scan)) {
            gaps.add(
                    scan.isRelocatable()
                            ? "no relocations of code: nothing is called from this file"
                            : "no relocations of code: only slots and pointers are listed, no calls; link with"
                                    + " -Wl,--emit-relocs");
        }
        if (sawCode && sweep.others() > 0) {
            gaps.add(sweep.others() + " calls of other functions have no relocation"
                    + (scan.isRelocatable()
                            ? ""
                            : " and were found by decoding, so hooks among them are not distinguished")
                    + "; compile with -ffunction-sections");
        }
        if (sawCode && sweep.unsound() > 0) {
            gaps.add(sweep.unsound()
                    + " functions could not be decoded with certainty: calls without relocation in them are "
                    + "not listed; compile with -ffunction-sections");
        }
        int preempted = preempted(scan);
        if (preempted > 0) {
            gaps.add(preempted
                    + " functions of this library are called through its linkage table, because another module "
                    + "may replace them; link with -Wl,-Bsymbolic for direct calls");
        }
        return gaps;
    }

    private static boolean hasCode(ScanContext scan) {
        for (int i = 0; i < scan.regions().count(); i++) {
            if (scan.regions().get(i).executable()) {
                return true;
            }
        }
        return false;
    }

    /// How many functions of a library have slots that the loader fills by name.
    private static int preempted(ScanContext scan) {
        if (scan.file().type() != ElfType.SHARED || scan.file().isPie()) {
            return 0;
        }
        int count = 0;
        for (int word = 0; word < scan.words().count(); word++) {
            int symbol = scan.words().symbol(word);
            boolean own = scan.words().isNamedSlot(word)
                    && symbol != 0
                    && scan.file().dynamicSymbols().isDefined(symbol);
            if (own && scan.linkage().namedBy(word) != Catalogue.NONE) {
                count++;
            }
        }
        return count;
    }
}
