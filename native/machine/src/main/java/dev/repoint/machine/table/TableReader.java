package dev.repoint.machine.table;

import dev.repoint.elf.Address;
import dev.repoint.elf.BuildId;
import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.ElfMachine;
import dev.repoint.elf.FileOffset;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.site.CurrentTarget;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Rejection;
import dev.repoint.machine.site.Safety;
import dev.repoint.machine.site.Site;
import dev.repoint.machine.site.SiteTable;
import dev.repoint.machine.site.TableBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Reads a table, and checks all of it.
final class TableReader {

    private static final SiteKind[] KINDS = SiteKind.values();
    private static final Safety[] SAFETIES = Safety.values();
    private static final int LONGEST_BUILD_ID = 255;
    /// The fewest bytes of each.
    private static final int PATCHABLE = 10;
    private static final int SITE = 6;
    private static final int REJECTION = 5;
    private static final int STRING = 2;

    private final String name;
    private final byte[] bytes;
    private final Input in;
    private String[] strings = {};
    private String[] sections = {};
    private long[] shifts = {};

    /// @param name what messages call it
    TableReader(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
        this.in = new Input(name, bytes, TableFormat.HEADER);
    }

    SiteTable read() throws ElfFormatException {
        checkHeader();
        int start = in.position();
        ElfMachine machine = TableFormat.machine(in.upTo(0xffff, "the machine"));
        if (machine == null) {
            throw in.malformed(start, "the machine is none that is known");
        }
        BuildId buildId = BuildId.of(in.bytes(atLeastOne(in.upTo(LONGEST_BUILD_ID, "the length of the build id"))));
        readStrings();
        TableBuilder table = new TableBuilder(string(), machine, false, Optional.of(buildId));
        readSections();
        for (int left = in.count(1, "gaps"); left > 0; left--) {
            table.gap(string());
        }
        NativeKey before = null;
        for (int left = in.count(PATCHABLE, "patchables"); left > 0; left--) {
            before = readPatchable(table, before);
        }
        Rejection last = null;
        for (int left = in.count(REJECTION, "rejections"); left > 0; left--) {
            int at = in.position();
            Rejection rejection = new Rejection(key(), string());
            if (last != null && last.compareTo(rejection) > 0) {
                throw in.malformed(at, "rejections are not sorted");
            }
            last = rejection;
            table.rejection(rejection);
        }
        if (in.left() != 0) {
            throw in.malformed(in.position(), in.left() + " bytes stand behind the table");
        }
        return table.build();
    }

    private void checkHeader() throws ElfFormatException {
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < TableFormat.HEADER) {
            throw in.malformed(
                    bytes.length, "a table has at least " + TableFormat.HEADER + " bytes, this has " + bytes.length);
        }
        if (header.getLong(0) != TableFormat.MAGIC) {
            throw in.malformed(0, "it does not begin as a table does");
        }
        int version = header.getInt(TableFormat.VERSION_AT);
        if (version != TableFormat.VERSION) {
            throw new ElfFormatException(
                    name,
                    new FileOffset(TableFormat.VERSION_AT),
                    "format "
                            + Integer.toUnsignedString(version) + " is none that this Repoint reads, which is "
                            + TableFormat.VERSION + ": update, or write the table again with repoint table");
        }
        long length = header.getLong(TableFormat.LENGTH_AT);
        if (length != bytes.length) {
            throw in.malformed(
                    TableFormat.LENGTH_AT,
                    "the table is to have " + Long.toUnsignedString(length) + " bytes, but the file has "
                            + bytes.length);
        }
        CRC32 checksum = new CRC32();
        checksum.update(bytes, TableFormat.CHECKED_FROM, bytes.length - TableFormat.CHECKED_FROM);
        if ((int) checksum.getValue() != header.getInt(TableFormat.CHECKSUM_AT)) {
            throw in.malformed(
                    TableFormat.CHECKSUM_AT,
                    "the checksum is 0x%08x where 0x%08x was expected"
                            .formatted(header.getInt(TableFormat.CHECKSUM_AT), (int) checksum.getValue()));
        }
    }

    private int atLeastOne(int length) throws ElfFormatException {
        if (length == 0) {
            throw in.malformed(in.position() - 1, "the build id is empty");
        }
        return length;
    }

    private void readStrings() throws ElfFormatException {
        strings = new String[in.count(STRING, "strings")];
        byte[] before = {};
        for (int i = 0; i < strings.length; i++) {
            int start = in.position();
            int shared = in.u8();
            if (shared > before.length) {
                throw in.malformed(start, "a string shares " + shared + " bytes with one of " + before.length);
            }
            byte[] rest = in.bytes(in.count(1, "bytes"));
            byte[] text = new byte[shared + rest.length];
            System.arraycopy(before, 0, text, 0, shared);
            System.arraycopy(rest, 0, text, shared, rest.length);
            try {
                strings[i] = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(text))
                        .toString();
            } catch (CharacterCodingException e) {
                ElfFormatException malformed = in.malformed(start, "a string is not UTF-8");
                malformed.initCause(e);
                throw malformed;
            }
            before = text;
        }
    }

    private void readSections() throws ElfFormatException {
        int count = in.count(2, "sections");
        sections = new String[count];
        shifts = new long[count];
        for (int i = 0; i < count; i++) {
            sections[i] = string();
            shifts[i] = in.signed();
        }
    }

    private String string() throws ElfFormatException {
        return strings[index(strings.length, "string")];
    }

    private int index(int count, String what) throws ElfFormatException {
        if (count == 0) {
            throw in.malformed(in.position(), "there is no " + what);
        }
        return in.upTo(count - 1, "the index of a " + what);
    }

    private NativeKey key() throws ElfFormatException {
        int start = in.position();
        String symbol = string();
        String version = string();
        String file = string();
        long offset = in.number();
        if (symbol.isEmpty() || offset < 0) {
            throw in.malformed(start, "a key without symbol, or of a negative offset");
        }
        return new NativeKey(symbol, version, file, offset);
    }

    private NativeKey readPatchable(TableBuilder table, @Nullable NativeKey before) throws ElfFormatException {
        int start = in.position();
        NativeKey key = key();
        if (before != null && before.compareTo(key) >= 0) {
            throw in.malformed(start, "the patchable " + key + " does not come behind " + before);
        }
        int flags = in.u8();
        int safety = flags >>> TableFormat.SAFETY_SHIFT;
        if (safety >= SAFETIES.length) {
            throw in.malformed(in.position() - 1, "the flags of a patchable are " + flags);
        }
        Address address = new Address(in.number());
        long size = in.number();
        String reason = string();
        int aliasCount = in.count(1, "aliases");
        List<String> aliases = new ArrayList<>(aliasCount);
        for (int left = aliasCount; left > 0; left--) {
            aliases.add(string());
        }
        table.patchable(new Patchable(
                key,
                (flags & TableFormat.POINTER) != 0 ? PatchableKind.POINTER : PatchableKind.FUNCTION,
                address,
                size,
                SAFETIES[safety],
                reason,
                aliases,
                List.of()));
        readSites(table, address.value());
        return key;
    }

    private void readSites(TableBuilder table, long target) throws ElfFormatException {
        long address = 0;
        long leads = target;
        for (int left = in.count(SITE, "sites"); left > 0; left--) {
            int start = in.position();
            int what = in.u8();
            int kind = what & TableFormat.KIND;
            int length = in.u8();
            boolean known = kind < KINDS.length && what <= (TableFormat.KIND | TableFormat.HAS_LINE);
            if (!known || length < 1 || length > Site.LONGEST) {
                throw in.malformed(start, "a site of kind " + what + " and " + length + " bytes");
            }
            int section = index(sections.length, "section");
            address += in.signed();
            leads += in.signed();
            String container = string();
            int line = (what & TableFormat.HAS_LINE) != 0 ? in.upTo(Integer.MAX_VALUE, "a line") : -1;
            table.site(new Site(
                    KINDS[kind],
                    new Address(address),
                    new FileOffset(address + shifts[section]),
                    length,
                    sections[section],
                    container,
                    line,
                    new Address(leads),
                    CurrentTarget.DEFAULT));
        }
    }
}
