package dev.repoint.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a suite found, as a table for people and as JSON.
///
/// @param name the suite
/// @param about how it was measured, one sentence a line
/// @param groups the tables
public record Report(String name, List<String> about, List<Group> groups) {

    /// Copies the lists.
    public Report {
        about = List.copyOf(about);
        groups = List.copyOf(groups);
    }

    /// The tables, in Markdown that reads as plain text too.
    ///
    /// @return lines that end with a line feed
    public String table() {
        StringBuilder text = new StringBuilder("## ").append(name).append("\n\n");
        about.forEach(line -> text.append(line).append('\n'));
        for (Group group : groups) {
            text.append("\n### ").append(group.title()).append("\n\n");
            append(text, group);
        }
        return text.toString();
    }

    /// Everything that was measured.
    ///
    /// @param machine where
    /// @return one JSON object
    public String json(Machine machine) {
        StringBuilder json = new StringBuilder("{\n  \"name\": ").append(quoted(name));
        json.append(",\n  \"machine\": {\"cpu\": ").append(quoted(machine.cpu()));
        json.append(", \"cores\": ").append(machine.cores());
        json.append(", \"kernel\": ").append(quoted(machine.kernel()));
        json.append(", \"jdk\": ").append(quoted(machine.jdk())).append("}");
        json.append(",\n  \"groups\": [");
        String separator = "";
        for (Group group : groups) {
            json.append(separator).append("\n    {\"title\": ").append(quoted(group.title()));
            json.append(", \"unit\": ").append(quoted(group.unit()));
            json.append(", \"baseline\": ").append(quoted(group.baseline())).append(", \"cases\": [");
            String comma = "";
            for (Group.Case row : group.cases()) {
                json.append(comma).append("\n      {\"name\": ").append(quoted(row.name()));
                json.append(", \"samples\": ").append(row.samples().values());
                json.append(", \"ratios\": ")
                        .append(row.samples().over(group.base()).values())
                        .append('}');
                comma = ",";
            }
            json.append("\n    ]}");
            separator = ",";
        }
        return json.append("\n  ]\n}\n").toString();
    }

    private static void append(StringBuilder text, Group group) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("case", group.unit(), "min..max", "ratio", "min..max"));
        for (Group.Case row : group.cases()) {
            Samples samples = row.samples();
            Samples ratio = samples.over(group.base());
            rows.add(List.of(
                    row.name(),
                    number(samples.median()),
                    number(samples.min()) + ".." + number(samples.max()),
                    number(ratio.median()),
                    number(ratio.min()) + ".." + number(ratio.max())));
        }
        int[] widths = new int[5];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (int i = 0; i < rows.size(); i++) {
            append(text, rows.get(i), widths);
            if (i == 0) {
                text.append('|');
                for (int j = 0; j < widths.length; j++) {
                    text.append(' ')
                            .append("-".repeat(widths[j] - 1))
                            .append(j == 0 ? '-' : ':')
                            .append(" |");
                }
                text.append('\n');
            }
        }
    }

    private static void append(StringBuilder text, List<String> row, int[] widths) {
        text.append('|');
        for (int i = 0; i < widths.length; i++) {
            String pad = " ".repeat(widths[i] - row.get(i).length());
            text.append(' ')
                    .append(i == 0 ? row.get(i) + pad : pad + row.get(i))
                    .append(" |");
        }
        text.append('\n');
    }

    /// With three digits that count, and three decimals where the value is near one.
    private static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.3f" : "%.4f";
        return String.format(Locale.ROOT, format, value);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
