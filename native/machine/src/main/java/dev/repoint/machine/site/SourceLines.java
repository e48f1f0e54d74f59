package dev.repoint.machine.site;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.ElfType;
import dev.repoint.elf.dwarf.Lines;
import dev.repoint.elf.dwarf.SourceLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Says from which lines of source code the sites of a linked file come, as its debug information has it. Apart
/// from collecting, because reading that takes longer. Immutable and thread-safe.
public final class SourceLines {

    private final Lines lines;
    private final boolean linked;

    private SourceLines(Lines lines, boolean linked) {
        this.lines = lines;
        this.linked = linked;
    }

    /// The lines of a file; none if it has no debug information, or is an object file.
    ///
    /// @throws ElfFormatException if the debug information is malformed
    public static SourceLines of(ElfFile file) throws ElfFormatException {
        return new SourceLines(Lines.of(file), file.type() != ElfType.RELOCATABLE);
    }

    /// A patchable whose sites know their lines, as far as there are any.
    ///
    /// @param patchable one of the file
    public Patchable in(Patchable patchable) {
        if (!linked || lines.isEmpty()) {
            return patchable;
        }
        List<Site> sites = new ArrayList<>(patchable.sites().size());
        for (Site site : patchable.sites()) {
            sites.add(in(site));
        }
        return patchable.withSites(sites);
    }

    private Site in(Site site) {
        Optional<SourceLine> line = site.kind().isInstruction() ? lines.at(site.address()) : Optional.empty();
        if (line.isEmpty()) {
            return site;
        }
        return new Site(
                site.kind(),
                site.address(),
                site.offset(),
                site.length(),
                site.section(),
                site.in(),
                line.get().line(),
                site.leads(),
                site.currentTarget());
    }
}
