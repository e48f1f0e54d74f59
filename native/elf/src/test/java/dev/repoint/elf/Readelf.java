package dev.repoint.elf;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `readelf` says of a file: an independent witness. Each line is brought into the form that [Told] gives
/// to what our own view says.
final class Readelf {

    private static final Pattern SECTION = Pattern.compile("  \\[ *(\\d+)] (\\S*) +(\\S+) +([0-9a-f]{16}) ([0-9a-f]+)"
            + " ([0-9a-f]+) ([0-9a-f]+) +([A-Za-z]*) +(\\d+) +(\\d+) +(\\d+)");
    private static final Pattern SEGMENT = Pattern.compile("  (\\S+) +0x([0-9a-f]+) 0x([0-9a-f]+) 0x[0-9a-f]+"
            + " 0x([0-9a-f]+) 0x([0-9a-f]+) (.{3}) (0x)?([0-9a-f]+)");
    private static final Pattern SYMBOL_TABLE = Pattern.compile("Symbol table '(.*)' contains (\\d+) entr.*");
    private static final Pattern SYMBOL = Pattern.compile(
            " *(\\d+): ([0-9a-f]{16}) +(\\S+) (\\S+) +(\\S+) +(\\S+) +" + "(?:\\[[^]]*] +)?(\\S+) ?(.*)");
    private static final Pattern RELOCATION_TABLE =
            Pattern.compile("Relocation section '(.*)' at offset 0x([0-9a-f]+) contains (\\d+) entr.*");
    private static final Pattern RELOCATION = Pattern.compile("([0-9a-f]{16}) +([0-9a-f]{16}) (\\S+) +(.*)");
    private static final Pattern NOTE = Pattern.compile("  (\\S+) +0x([0-9a-f]{8})\t.*");
    private static final Pattern DYNAMIC = Pattern.compile(" 0x([0-9a-f]{16}) \\((.*?)\\) +(.*)");

    private final Path file;

    Readelf(Path file) {
        Tool.READELF.required();
        this.file = file;
    }

    List<String> sections() throws IOException {
        List<String> told = new ArrayList<>();
        for (Matcher each : matches(SECTION, "-S")) {
            told.add(String.join(
                            " ",
                            each.group(1),
                            each.group(2),
                            number(each.group(4)),
                            number(each.group(5)),
                            number(each.group(6)),
                            number(each.group(7)),
                            each.group(8),
                            each.group(9),
                            each.group(10),
                            each.group(11))
                    .replaceFirst("^0 NULL", "0 "));
        }
        return told;
    }

    List<String> segments() throws IOException {
        List<String> told = new ArrayList<>();
        for (Matcher each : matches(SEGMENT, "-l")) {
            told.add(String.join(
                    " ",
                    number(each.group(2)),
                    number(each.group(3)),
                    number(each.group(4)),
                    number(each.group(5)),
                    each.group(6).replace(" ", "").replace("E", "X"),
                    number(each.group(8))));
        }
        return told;
    }

    /// By the name of the table.
    Map<String, List<String>> symbols() throws IOException {
        Map<String, List<String>> tables = new TreeMap<>();
        List<String> table = List.of();
        for (String told : lines("-s")) {
            // What only GNU systems have, where the file does not say that it is for one; and a section that strip
            // took.
            String line = told.replace("<OS specific>: 10", "IFUNC").replaceFirst("bad section index\\[ *\\d+]", "ABS");
            Matcher head = SYMBOL_TABLE.matcher(line);
            Matcher each = SYMBOL.matcher(line);
            if (head.matches()) {
                table = new ArrayList<>();
                tables.put(head.group(1), table);
            } else if (each.matches()) {
                String name = each.group(8).replaceFirst(" \\(\\d+\\)$", "");
                // Of a section's symbol, the name of the section is told.
                table.add(String.join(
                        " ",
                        each.group(1),
                        number(each.group(2)),
                        Long.toHexString(Long.decode(each.group(3))),
                        each.group(4),
                        each.group(5),
                        each.group(6),
                        each.group(7),
                        each.group(4).equals("SECTION") ? "" : name));
            }
        }
        return tables;
    }

    /// By the offset of the table; of a packed one, the addresses.
    Map<String, List<String>> relocations() throws IOException {
        Map<String, List<String>> told = new TreeMap<>();
        List<String> table = List.of();
        for (String line : lines("-r")) {
            Matcher head = RELOCATION_TABLE.matcher(line);
            Matcher each = RELOCATION.matcher(line);
            if (head.matches()) {
                table = new ArrayList<>();
                told.put(number(head.group(2)), table);
            } else if (each.matches()) {
                table.add(number(each.group(1)) + " " + number(each.group(2)) + " " + addend(each.group(4)));
            } else if (line.matches("[0-9a-f]{16}")) {
                table.add(number(line));
            }
        }
        return told;
    }

    List<String> notes() throws IOException {
        List<String> told = new ArrayList<>();
        for (Matcher each : matches(NOTE, "-n")) {
            told.add(each.group(1) + " " + number(each.group(2)));
        }
        return told;
    }

    /// The build id, or nothing.
    String buildId() throws IOException {
        for (String line : lines("-n")) {
            if (line.contains("Build ID: ")) {
                return line.substring(line.indexOf(": ") + 2).strip();
            }
        }
        return "";
    }

    /// The tags, and the texts that they lead to.
    List<String> dynamic() throws IOException {
        List<String> told = new ArrayList<>();
        for (Matcher each : matches(DYNAMIC, "-d")) {
            String value = each.group(3);
            boolean isText = value.endsWith("]");
            told.add(number(each.group(1)) + (isText ? " " + value.substring(value.indexOf('[')) : ""));
        }
        return told;
    }

    private List<Matcher> matches(Pattern pattern, String option) throws IOException {
        List<Matcher> found = new ArrayList<>();
        for (String line : lines(option)) {
            Matcher each = pattern.matcher(line);
            if (each.matches()) {
                found.add(each);
            }
        }
        return found;
    }

    private List<String> lines(String option) throws IOException {
        return Run.succeeding(Path.of("."), List.of(Tool.READELF.command(), "-W", option, file.toString()))
                .lines();
    }

    /// The last number of a line, with the sign before it.
    private static String addend(String text) {
        String[] words = text.strip().split(" +");
        String last = words[words.length - 1];
        boolean negative = last.startsWith("-") || words.length > 2 && words[words.length - 2].equals("-");
        long value = Long.parseUnsignedLong(last.replaceFirst("^-", ""), 16);
        return Long.toHexString(negative ? -value : value);
    }

    private static String number(String hex) {
        return Long.toHexString(Long.parseUnsignedLong(hex, 16));
    }
}
