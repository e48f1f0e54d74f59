package dev.repoint.machine.site;

import dev.repoint.elf.ElfFile;
import dev.repoint.machine.Architectures;

/// Collects the table of an ELF file: every relocation of code, and every word with the address of a function,
/// becomes a site of the patchable that it names, or a rejection with the reason.
///
/// # Steps
///
/// 1. Symbols, functions by address, the words that the loader fills, and linkage tables, as sorted columns
///    ([ScanContext]).
/// 2. Relocations of code ([CodeScan]). The bytes show the kind of use and its destination; the relocation shows the
///    patchable. The name in the relocation is the key: it distinguishes the calls of a hook from those of its
///    default at the same address, and the calls of two functions that the linker folded into one.
/// 3. Calls that the assembler resolved, by decoding whole functions ([Sweep]).
/// 4. Words of data and slots ([DataScan]).
/// 5. Loads and addresses of the pointers that are known by then ([Pointers]); code for the large model
///    is only reported ([LargeModelUses]).
/// 6. Verdicts, and the table ([TableAssembler]).
///
/// # Files that were patched before
///
/// A site with another target, in one of the forms that a patch writes, is listed with its default and its current
/// target. That is not possible for calls without relocation, because their default is not known, nor for pointers of
/// a file that kept no relocations.
public final class Collector {

    private Collector() {}

    /// Collects.
    ///
    /// Never fails: what cannot be understood is rejected, with its reason.
    ///
    /// @param file any ELF file
    /// @return its table
    public static SiteTable collect(ElfFile file) {
        ScanContext scan = ScanContext.of(file, Architectures.of(file.machine()));
        Pointers pointers = new Pointers(scan);
        Sweep sweep = new Sweep(scan);
        LargeModelUses far = new LargeModelUses(scan);
        CodeScan code = new CodeScan(scan, pointers, sweep, far);
        code.run();
        new DataScan(scan, pointers).run();
        declared(scan);
        pointers.finish();
        far.finish();
        return new TableAssembler(scan).table(Gaps.of(scan, code.sawCode(), sweep));
    }

    /// Pointers that were declared have a row even where nothing uses them.
    private static void declared(ScanContext scan) {
        if (scan.declarations().pointers().isEmpty()) {
            return;
        }
        for (int i = 1; i < scan.symbols().size(); i++) {
            boolean variable = scan.symbols().kind(i) == Symbols.OBJECT;
            if (variable && scan.declarations().isPointer(scan.names().name(i))) {
                scan.catalogue().pointer(i, 0);
            }
        }
    }
}
