package dev.repoint.elf.dwarf;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfFormatException;
import java.util.ArrayList;
import java.util.List;

/// Runs line number programs (DWARF 5, section 6.2; versions 2 to 5).
final class LineReader {

    private static final int DW_LNS_COPY = 1;
    private static final int DW_LNS_ADVANCE_PC = 2;
    private static final int DW_LNS_ADVANCE_LINE = 3;
    private static final int DW_LNS_SET_FILE = 4;
    private static final int DW_LNS_CONST_ADD_PC = 8;
    private static final int DW_LNS_FIXED_ADVANCE_PC = 9;

    private static final int DW_LNE_END_SEQUENCE = 1;
    private static final int DW_LNE_SET_ADDRESS = 2;

    private static final int DW_LNCT_PATH = 1;
    private static final int DW_LNCT_DIRECTORY_INDEX = 2;

    private final ElfFile elf;
    private final Texts texts;
    private final LineRows rows = new LineRows();

    LineReader(ElfFile elf, Texts texts) {
        this.elf = elf;
        this.texts = texts;
    }

    /// All rows that were read.
    LineRows rows() {
        return rows.sorted();
    }

    /// Runs all programs of a section.
    void read(DebugSection table) throws ElfFormatException {
        Cursor cursor = new Cursor(table, 0);
        while (cursor.hasMore()) {
            UnitLength length = UnitLength.read(cursor);
            Cursor unit = new Cursor(table, cursor.at());
            unit.limit(length.value());
            cursor.skip(length.value());
            int version = unit.u16();
            // Others are for tools that know them.
            if (version >= 2 && version <= 5) {
                new Program(table, unit, version, length.offsetSize()).run();
            }
        }
    }

    /// One program, and the state of the machine that runs it.
    private final class Program {

        private final DebugSection table;
        private final Cursor cursor;
        private final Format format;
        private final long start;
        private final int step;
        private final int lineBase;
        private final int lineRange;
        private final int opcodeBase;
        private final int[] operands;
        /// The index of each file in the rows; programs count them from 1, and from 0 in version 5.
        private final List<Integer> files = new ArrayList<>();

        private long address;
        private int section;
        private long file;
        private long line;

        Program(DebugSection table, Cursor cursor, int version, int offsetSize) throws ElfFormatException {
            this.table = table;
            this.cursor = cursor;
            int addressSize = Long.BYTES;
            if (version >= 5) {
                addressSize = cursor.u8();
                cursor.skip(1); // segment_selector_size
            }
            this.format = new Format(version, offsetSize, addressSize);
            long headerLength = cursor.offset(offsetSize);
            this.start = cursor.at() + headerLength;
            if (headerLength < 0 || start > cursor.end()) {
                throw cursor.malformed("the header of a line number program is to have "
                        + Long.toUnsignedString(headerLength) + " bytes, more than there are");
            }
            this.step = cursor.u8();
            if (version >= 4) {
                cursor.skip(1); // maximum_operations_per_instruction, 1 on our machines
            }
            cursor.skip(1); // default_is_stmt
            this.lineBase = (byte) cursor.u8();
            this.lineRange = cursor.u8();
            this.opcodeBase = cursor.u8();
            if (lineRange == 0 || opcodeBase == 0) {
                throw cursor.malformed(
                        "a line number program has line range " + lineRange + " and opcode base " + opcodeBase);
            }
            this.operands = new int[opcodeBase];
            for (int i = 1; i < opcodeBase; i++) {
                operands[i] = cursor.u8();
            }
            if (version >= 5) {
                readTables();
            } else {
                readOldTables();
            }
        }

        void run() throws ElfFormatException {
            cursor.to(start);
            reset();
            while (cursor.hasMore()) {
                int opcode = cursor.u8();
                if (opcode >= opcodeBase) {
                    int adjusted = opcode - opcodeBase;
                    address += (long) step * (adjusted / lineRange);
                    line += lineBase + adjusted % lineRange;
                    row();
                } else {
                    execute(opcode);
                }
            }
            // Rows without an end cover nothing.
            rows.endSequence(0, false);
        }

        private void execute(int opcode) throws ElfFormatException {
            switch (opcode) {
                case 0 -> executeExtended();
                case DW_LNS_COPY -> row();
                case DW_LNS_ADVANCE_PC -> address += step * cursor.uleb();
                case DW_LNS_ADVANCE_LINE -> line += cursor.sleb();
                case DW_LNS_SET_FILE -> file = cursor.uleb();
                case DW_LNS_CONST_ADD_PC -> address += (long) step * ((255 - opcodeBase) / lineRange);
                case DW_LNS_FIXED_ADVANCE_PC -> address += cursor.u16();
                // The others have no influence on file, line and address.
                default -> {
                    for (int i = 0; i < operands[opcode]; i++) {
                        cursor.uleb();
                    }
                }
            }
        }

        private void executeExtended() throws ElfFormatException {
            long length = cursor.uleb();
            long begin = cursor.at();
            if (length <= 0 || length > cursor.end() - begin) {
                throw cursor.malformed("an extended opcode of " + Long.toUnsignedString(length) + " bytes");
            }
            switch (cursor.u8()) {
                case DW_LNE_END_SEQUENCE -> {
                    row();
                    rows.endSequence(section, isLoaded());
                    reset();
                }
                case DW_LNE_SET_ADDRESS -> {
                    section = table.sectionOf(cursor.at());
                    address = cursor.number((int) length - 1);
                }
                // The others have no influence on file, line and address.
                default -> {}
            }
            cursor.to(begin + length);
        }

        /// What a linker dropped stays in the table, at an address where nothing is.
        private boolean isLoaded() {
            return !elf.type().isLinked()
                    || elf.offsetOf(new Address(address - 1)).isPresent();
        }

        private void reset() {
            address = 0;
            section = 0;
            file = 1;
            line = 1;
        }

        private void row() {
            int index = Math.clamp(format.version() >= 5 ? file : file - 1, -1, Integer.MAX_VALUE);
            boolean known = index >= 0 && index < files.size();
            rows.add(address, known ? files.get(index) : -1, Math.clamp(line, 0, Integer.MAX_VALUE));
        }

        /// Folders and files of versions 2 to 4.
        private void readOldTables() throws ElfFormatException {
            List<String> folders = new ArrayList<>();
            folders.add("");
            for (String folder = cursor.text(texts.budget()); !folder.isEmpty(); ) {
                folders.add(folder);
                folder = cursor.text(texts.budget());
            }
            for (String name = cursor.text(texts.budget()); !name.isEmpty(); ) {
                addFile(name, folders, cursor.uleb());
                cursor.uleb(); // time
                cursor.uleb(); // length
                name = cursor.text(texts.budget());
            }
        }

        /// Folders and files of version 5, which describe their own layout.
        private void readTables() throws ElfFormatException {
            List<String> folders = new ArrayList<>();
            readTable(folders, false);
            readTable(folders, true);
        }

        private void readTable(List<String> folders, boolean isFiles) throws ElfFormatException {
            int[] contents = new int[cursor.u8()];
            int[] forms = new int[contents.length];
            for (int i = 0; i < contents.length; i++) {
                contents[i] = Math.clamp(cursor.uleb(), 0, Integer.MAX_VALUE);
                forms[i] = Math.clamp(cursor.uleb(), 0, Integer.MAX_VALUE);
            }
            long entries = cursor.uleb();
            if (entries != 0 && (contents.length == 0 || entries < 0 || entries > cursor.end() - cursor.at())) {
                throw cursor.malformed("a line number program names " + Long.toUnsignedString(entries)
                        + " folders or files, more than there is room for");
            }
            for (long i = 0; i < entries; i++) {
                String name = "";
                long folder = 0;
                for (int j = 0; j < contents.length; j++) {
                    if (contents[j] == DW_LNCT_PATH && Texts.isText(forms[j])) {
                        name = texts.read(cursor, forms[j], format, 0);
                    } else if (contents[j] == DW_LNCT_DIRECTORY_INDEX) {
                        folder = unsigned(forms[j]);
                    } else {
                        Form.skip(cursor, forms[j], format);
                    }
                }
                if (isFiles) {
                    addFile(name, folders, folder);
                } else {
                    folders.add(name);
                }
            }
        }

        private long unsigned(int form) throws ElfFormatException {
            return switch (form) {
                case Form.DATA1 -> cursor.u8();
                case Form.DATA2 -> cursor.u16();
                case Form.DATA4 -> cursor.u32();
                case Form.UDATA -> cursor.uleb();
                default -> throw cursor.malformed("the number of a folder has form 0x" + Integer.toHexString(form));
            };
        }

        /// Folder 0 is that of the compilation, and stands for no more than the name.
        private void addFile(String name, List<String> folders, long folder) throws ElfFormatException {
            boolean inFolder = folder > 0 && folder < folders.size() && !name.startsWith("/");
            String path = inFolder ? folders.get((int) folder) + "/" + name : name;
            cursor.spend(texts.budget(), path.length());
            files.add(rows.addFile(path));
        }
    }
}
