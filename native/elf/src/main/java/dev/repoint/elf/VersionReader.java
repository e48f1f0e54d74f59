package dev.repoint.elf;

import dev.repoint.elf.raw.Bytes;
import dev.repoint.elf.raw.SectionHeader;
import dev.repoint.elf.raw.VersionEntries;
import java.util.Arrays;

/// Reads which version each symbol for the loader has (LSB Core, "Symbol Versioning").
final class VersionReader {

    private final Source source;
    private final Headers headers;
    private String[] names = {"", ""};
    private boolean[] isDefined = new boolean[2];
    /// How many numbers there are; 0 and 1 stand for no version.
    private int known = 2;

    VersionReader(Source source, Headers headers) {
        this.source = source;
        this.headers = headers;
    }

    /// The versions of a symbol table, by the section headers.
    SymbolVersions read(Section symbols, int count) throws ElfFormatException {
        Section versym = null;
        for (Section section : headers.sections()) {
            switch (section.type()) {
                case Section.SHT_GNU_VERSYM -> {
                    if (section.link() == symbols.index().value()) {
                        versym = section;
                    }
                }
                case Section.SHT_GNU_VERNEED ->
                    needed(part(section), section.info(), StringTable.linkedFrom(source, section, headers));
                case Section.SHT_GNU_VERDEF ->
                    defined(part(section), section.info(), StringTable.linkedFrom(source, section, headers));
                default -> {}
            }
        }
        if (versym == null) {
            return SymbolVersions.none();
        }
        if (versym.size() / Short.BYTES < count) {
            throw source.malformed(
                    headers.field(versym, SectionHeader.SH_SIZE),
                    "section " + versym.index() + " holds the versions of " + count + " symbols in " + versym.size()
                            + " bytes");
        }
        return checked(versym.offset().value(), count);
    }

    /// The versions, with the number of each symbol checked.
    SymbolVersions checked(long versym, int count) throws ElfFormatException {
        Bytes bytes = source.bytes();
        for (int i = 0; i < count; i++) {
            long at = versym + Short.BYTES * (long) i;
            int number = SymbolVersions.number(bytes.u16(at));
            if (number >= known) {
                throw source.malformed(at, "symbol " + i + " has version " + number + " of " + known);
            }
        }
        return new SymbolVersions(versym, names, isDefined);
    }

    /// The versions that the file needs from others.
    ///
    /// @param range  where their entries lie
    /// @param number of files that are needed, unsigned
    void needed(Range range, int number, StringTable strings) throws ElfFormatException {
        Bytes bytes = source.bytes();
        Steps steps = new Steps(range);
        long at = range.start();
        for (long i = Integer.toUnsignedLong(number); i > 0; i--) {
            steps.take(at);
            long aux = at + VersionEntries.needAux(bytes, at);
            for (int left = VersionEntries.needCount(bytes, at); left > 0; left--) {
                steps.take(aux);
                name(VersionEntries.auxOther(bytes, aux), false, VersionEntries.needAuxName(bytes, aux), aux, strings);
                aux += VersionEntries.needAuxNext(bytes, aux);
            }
            at += VersionEntries.needNext(bytes, at);
        }
    }

    /// The versions that the file defines.
    ///
    /// @param range  where their entries lie
    /// @param number of versions, unsigned
    void defined(Range range, int number, StringTable strings) throws ElfFormatException {
        Bytes bytes = source.bytes();
        Steps steps = new Steps(range);
        long at = range.start();
        for (long i = Integer.toUnsignedLong(number); i > 0; i--) {
            steps.take(at);
            steps.requireDefinition(at);
            long aux = at + VersionEntries.defAux(bytes, at);
            steps.requireAux(aux);
            // The first one names the version itself, unless it stands for the whole file; others are its parents.
            if (!VersionEntries.isBase(bytes, at)) {
                name(VersionEntries.defIndex(bytes, at), true, VersionEntries.defAuxName(bytes, aux), aux, strings);
            }
            at += VersionEntries.defNext(bytes, at);
        }
    }

    private void name(int versym, boolean defined, long name, long field, StringTable strings)
            throws ElfFormatException {
        int number = SymbolVersions.number(versym);
        if (number >= names.length) {
            int before = names.length;
            names = Arrays.copyOf(names, Math.max(number + 1, 2 * before));
            Arrays.fill(names, before, names.length, "");
            isDefined = Arrays.copyOf(isDefined, names.length);
        }
        known = Math.max(known, number + 1);
        isDefined[number] = defined;
        names[number] = strings.checked(source, name, field);
    }

    private static Range part(Section section) {
        return new Range(section.offset().value(), section.offset().value() + section.size());
    }

    /// A range of the file.
    record Range(long start, long end) {}

    /// Makes sure that chains of entries stay in their range, and do not run in circles.
    private final class Steps {

        private final Range range;
        private long left;

        Steps(Range range) {
            this.range = range;
            this.left = (range.end - range.start) / VersionEntries.NEED_SIZE;
        }

        /// Another entry of 16 bytes or more is read.
        void take(long at) throws ElfFormatException {
            require(at, VersionEntries.NEED_SIZE);
            if (left-- <= 0) {
                throw source.malformed(at, "the entries of the symbol versions are chained in a circle");
            }
        }

        void requireDefinition(long at) throws ElfFormatException {
            require(at, VersionEntries.DEF_SIZE);
        }

        void requireAux(long at) throws ElfFormatException {
            require(at, VersionEntries.DEF_AUX_SIZE);
        }

        private void require(long at, int size) throws ElfFormatException {
            if (at < range.start || at > range.end - size) {
                throw source.malformed(
                        range.start,
                        "an entry of the symbol versions is to be at " + Source.hex(at) + ", outside of their section");
            }
        }
    }
}
