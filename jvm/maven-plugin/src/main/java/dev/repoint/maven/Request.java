package dev.repoint.maven;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the weaver is asked: one line each, a name, a tab and a value.
final class Request {

    private final StringBuilder text = new StringBuilder();

    Request(String goal) {
        with("goal", goal);
    }

    /// Adds a line.
    Request with(String name, String value) {
        text.append(name).append('\t').append(value.replaceAll("\\R", " ")).append('\n');
        return this;
    }

    /// Adds the lines of an option that is a list, in the syntax of the agent's options.
    ///
    /// @param values as Maven has them; null for none
    Request withAll(String name, @Nullable List<String> values) {
        for (String item : items(values == null ? List.of() : values)) {
            with(name, item);
        }
        return this;
    }

    /// The items of a list. A list on the command line, or one that is written without elements, was divided by Maven at
    /// every comma, those between parameter types among them: these belong together.
    static List<String> items(List<String> values) {
        List<String> items = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        for (String value : values) {
            open.append(open.isEmpty() ? "" : ",").append(value == null ? "" : value);
            if (open.indexOf("(") < 0 || open.lastIndexOf(")") > open.lastIndexOf("(")) {
                add(open.toString(), items);
                open.setLength(0);
            }
        }
        add(open.toString(), items);
        return items;
    }

    private static void add(String list, List<String> items) {
        for (String item : list.split(";", -1)) {
            if (!item.isBlank()) {
                items.add(item.strip());
            }
        }
    }

    /// All lines.
    @Override
    public String toString() {
        return text.toString();
    }
}
