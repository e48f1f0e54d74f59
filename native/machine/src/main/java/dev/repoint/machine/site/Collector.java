package dev.repoint.machine.site;

import dev.repoint.elf.ElfFile;
import dev.repoint.machine.Architectures;

/// Collects the table of an ELF file: every relocation at code, and every word that holds the address of a
/// function, becomes a site of what it names, or a rejection that says why not.
///
/// # Steps
///
/// 1. Symbols, functions by address, the words that the loader fills, and linkage tables, as sorted columns
///    ([ScanContext]).
/// 2. Relocations of code ([CodeScan]). Bytes tell what the use is and where it leads; the relocation tells
///    whose it is. The name that it uses is the key: that is what tells the calls of a hook from those of its
///    default, though both are at one address, and the calls of two functions that the linker folded into one.
/// 3. Calls that the assembler resolved, by decoding whole functions ([Sweep]).
/// 4. Words of data and slots ([DataScan]).
/// 5. Loads and addresses of the pointers that are known by then ([Pointers]); what code for the large model
///    does with them and with functions is only told ([LargeModelUses]).
/// 6. Verdicts, and the table ([TableAssembler]).
///
/// # Files that were patched before
///
/// A site that leads to another function, or does nothing, in one of the forms that a patch leaves, is listed
/// with its default and its current target. Calls without relocation cannot be: nothing tells what they called.
/// Nor can pointers of a file that kept no relocations.
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
