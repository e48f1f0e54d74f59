package dev.repoint.elf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What our view says of a file, in the words of `readelf`.
final class Told {

    private static final String FLAGS = "W:0 A:1 X:2 M:4 S:5 I:6 L:7 O:8 G:9 T:10 C:11 R:21 l:28 E:31";

    private final ElfFile file;

    Told(ElfFile file) {
        this.file = file;
    }

    List<String> sections() {
        List<String> told = new ArrayList<>();
        for (Section each : file.sections()) {
            told.add(String.join(
                    " ",
                    each.index().toString(),
                    each.name(),
                    hex(each.address().value()),
                    hex(each.offset().value()),
                    hex(each.size()),
                    hex(each.entrySize()),
                    flags(each),
                    Integer.toString(each.link()),
                    Integer.toString(each.info()),
                    Long.toString(each.alignment())));
        }
        return told;
    }

    List<String> segments() {
        List<String> told = new ArrayList<>();
        for (Segment each : file.segments()) {
            String flags = ((each.flags() & Segment.PF_R) != 0 ? "R" : "")
                    + (each.isWritable() ? "W" : "")
                    + (each.isExecutable() ? "X" : "");
            told.add(String.join(
                    " ",
                    hex(each.offset().value()),
                    hex(each.address().value()),
                    hex(each.fileSize()),
                    hex(each.memorySize()),
                    flags,
                    hex(each.alignment())));
        }
        return told;
    }

    Map<String, List<String>> symbols() {
        Map<String, List<String>> told = new TreeMap<>();
        for (SymbolTable table : List.of(file.dynamicSymbols(), file.symbols())) {
            if (table.section().isPresent()) {
                List<String> lines = new ArrayList<>();
                for (int i = 0; i < table.size(); i++) {
                    lines.add(symbol(table, i));
                }
                told.put(table.section().get().name(), lines);
            }
        }
        return told;
    }

    private static String symbol(SymbolTable table, int index) {
        Symbol each = table.get(index);
        String type = switch (each.type()) {
            case NONE -> "NOTYPE";
            case FUNCTION -> "FUNC";
            case THREAD_LOCAL -> "TLS";
            case INDIRECT_FUNCTION -> "IFUNC";
            case OBJECT, SECTION, FILE, COMMON, OTHER -> each.type().name();
        };
        String section = switch (each.sectionIndex()) {
            case SymbolTable.SHN_UNDEF -> "UND";
            case SymbolTable.SHN_ABS -> "ABS";
            case SymbolTable.SHN_COMMON -> "COM";
            default -> Integer.toString(each.sectionIndex());
        };
        // The symbols that stand for versions are told without their own.
        boolean isVersion =
                each.sectionIndex() == SymbolTable.SHN_ABS && each.name().equals(each.version());
        String version = each.version().isEmpty() || isVersion
                ? ""
                : (table.isDefaultVersion(index) ? "@@" : "@") + each.version();
        return String.join(
                " ",
                Integer.toString(index),
                hex(each.value().value()),
                hex(each.size()),
                type,
                each.binding().name(),
                each.visibility().name(),
                section,
                each.name() + version);
    }

    Map<String, List<String>> relocations() {
        Map<String, List<String>> told = new TreeMap<>();
        for (RelocationTable table : file.relocations()) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < table.count(); i++) {
                Relocation each = table.get(i);
                long info = (long) each.symbol() << 32 | Integer.toUnsignedLong(each.type());
                lines.add(hex(each.offset().value()) + " " + hex(info) + " " + hex(each.addend()));
            }
            if (!lines.isEmpty()) {
                told.put(hex(table.section().offset().value()), lines);
            }
        }
        PackedRelocations packed = file.packedRelocations();
        if (packed.count() > 0) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < packed.count(); i++) {
                lines.add(hex(packed.offset(i)));
            }
            told.put(hex(file.section(".relr.dyn").orElseThrow().offset().value()), lines);
        }
        return told;
    }

    List<String> notes() {
        List<String> told = new ArrayList<>();
        for (Note each : file.notes()) {
            told.add(each.owner() + " " + hex(each.size()));
        }
        return told;
    }

    List<String> dynamic() {
        List<String> told = new ArrayList<>();
        if (file.dynamic().isEmpty()) {
            return told;
        }
        Dynamic dynamic = file.dynamic().get();
        int needed = 0;
        for (Dynamic.Entry each : dynamic.entries()) {
            String text = "";
            if (each.tag() == Dynamic.DT_NEEDED) {
                text = " [" + dynamic.needed().get(needed++) + "]";
            } else if (each.tag() == Dynamic.DT_SONAME) {
                text = " [" + dynamic.soname().orElseThrow() + "]";
            } else if (each.tag() == Dynamic.DT_RUNPATH || each.tag() == Dynamic.DT_RPATH) {
                text = " [" + dynamic.runPath().orElseThrow() + "]";
            }
            told.add(hex(each.tag()) + text);
        }
        // What ends the entries is told, too.
        told.add(hex(Dynamic.DT_NULL));
        return told;
    }

    private static String flags(Section section) {
        StringBuilder letters = new StringBuilder();
        for (String each : FLAGS.split(" ")) {
            if ((section.flags() >>> Integer.parseInt(each.substring(2)) & 1) != 0) {
                letters.append(each.charAt(0));
            }
        }
        return letters.toString();
    }

    private static String hex(long number) {
        return Long.toHexString(number);
    }
}
