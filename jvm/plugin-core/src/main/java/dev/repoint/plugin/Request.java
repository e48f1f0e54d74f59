package dev.repoint.plugin;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request to the weaver. Each line is a name, a tab and a value.
public final class Request {

    private static final String CONSTANT = "=constant:";

    private final StringBuilder text = new StringBuilder();

    /// A request.
    ///
    /// @param goal `weave`, `look` or `check`
    public Request(String goal) {
        with("goal", goal);
    }

    /// Adds a line.
    ///
    /// @param name  the name of the option
    /// @param value its value; a line break becomes a blank
    /// @return this
    public Request with(String name, String value) {
        text.append(name).append('\t').append(value.replaceAll("\\R", " ")).append('\n');
        return this;
    }

    /// Adds the lines of an option that is a list, in the syntax of the agent's options.
    ///
    /// @param name   the name of the option
    /// @param values the values from the build; null for none
    /// @return this
    public Request withAll(String name, @Nullable List<String> values) {
        for (String item : items(values == null ? List.of() : values)) {
            with(name, item);
        }
        return this;
    }

    /// The items of a list. Maven divides a list on the command line, or a list without elements, at every comma, also
    /// at commas between parameter types. This method joins such parts again.
    static List<String> items(List<String> values) {
        List<String> items = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        for (String value : values) {
            open.append(open.isEmpty() ? "" : ",").append(value == null ? "" : value);
            if (isWhole(open)) {
                add(open.toString(), items);
                open.setLength(0);
            }
        }
        add(open.toString(), items);
        return items;
    }

    /// Whether all parentheses and backticks are closed. The text after `=constant:` is no key.
    private static boolean isWhole(CharSequence text) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                quoted = c != '`';
                i += c == '\\' ? 1 : 0;
            } else if (isConstant(text, i)) {
                i = Math.max(i, endOfItem(text, i) - 1);
            } else {
                quoted = c == '`';
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
        }
        return !quoted && depth <= 0;
    }

    /// Divides a list at semicolons, except between backticks, and adds the parts.
    private static void add(String list, List<String> items) {
        int start = 0;
        while (start <= list.length()) {
            int end = endOfItem(list, start);
            String item = list.substring(start, end);
            if (!item.isBlank()) {
                items.add(item.strip());
            }
            start = end + 1;
        }
    }

    private static int endOfItem(CharSequence list, int start) {
        boolean quoted = false;
        boolean constant = false;
        for (int i = start; i < list.length(); i++) {
            char c = list.charAt(i);
            constant |= !quoted && isConstant(list, i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '`' && !constant) {
                quoted = !quoted;
            } else if (c == ';' && !quoted) {
                return i;
            }
        }
        return list.length();
    }

    private static boolean isConstant(CharSequence text, int at) {
        return text.length() - at >= CONSTANT.length()
                && CONSTANT.contentEquals(text.subSequence(at, at + CONSTANT.length()));
    }

    /// All lines.
    @Override
    public String toString() {
        return text.toString();
    }
}
