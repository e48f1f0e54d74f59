package dev.repoint.agent.options;

import dev.repoint.KeySyntax;
import dev.repoint.PatchException;
import dev.repoint.internal.report.PatchRefusal;
import java.util.ArrayList;
import java.util.List;

/// The syntax of the agent's options: `name=value,name=value`.
///
/// Values contain keys, and keys contain commas and parentheses. So a value ends at the next comma outside
/// parentheses that is followed by the name of an option and `=`. Text between backticks is a name, and does not end
/// a value, except in paths: these may contain a backtick. The constant of a policy ends at `;` or at such a comma;
/// parentheses and backticks in it have no meaning.
final class OptionSyntax {

    private static final List<String> NAMES = List.of(
            "patchable", "policy", "direct", "policyfile", "watch", "sites", "in", "exclude", "report", "classdump");
    private static final List<String> LISTS = List.of("patchable", "policy", "direct", "sites", "in", "exclude");
    private static final String CONSTANT = "=constant:";

    private final String text;

    private OptionSyntax(String text) {
        this.text = text;
    }

    /// One option.
    ///
    /// @param name a name that the agent knows
    /// @param value not blank, without surrounding blanks
    record Assignment(String name, String value) {}

    /// Splits the text into options.
    ///
    /// @return the options in their order; an option may occur several times
    /// @throws PatchException if the text does not have this form, or names an unknown option
    static List<Assignment> split(String text) {
        return new OptionSyntax(text).assignments();
    }

    /// Splits the value of an option that is a list.
    ///
    /// @throws PatchException if it contains a comma as a separator
    static List<String> items(Assignment option) {
        List<String> items = new ArrayList<>();
        for (String item : divided(option.value())) {
            if (!item.isBlank()) {
                items.add(checked(option, item.strip()));
            }
        }
        if (items.isEmpty()) {
            throw malformed(option.name(), "its list is empty");
        }
        return items;
    }

    /// Refuses an option.
    static PatchException malformed(String name, String what) {
        return new PatchRefusal("agent option '" + name + "': " + what);
    }

    /// The position of a character outside parentheses, or -1.
    static int indexOutside(String text, char wanted) {
        int depth = 0;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == wanted && depth == 0) {
                return at;
            }
            depth = depth(depth, c);
            at = c == '`' ? KeySyntax.endOfQuote(text, at) : at + 1;
        }
        return -1;
    }

    /// The items of a list. They are separated by semicolons, except between backticks that are not part of a
    /// constant.
    private static List<String> divided(String list) {
        List<String> items = new ArrayList<>();
        boolean constant = false;
        int start = 0;
        int at = 0;
        while (at < list.length()) {
            char c = list.charAt(at);
            if (c == ';') {
                items.add(list.substring(start, at));
                start = at + 1;
                constant = false;
            }
            constant |= list.startsWith(CONSTANT, at);
            at = c == '`' && !constant ? KeySyntax.endOfQuote(list, at) : at + 1;
        }
        items.add(list.substring(start));
        return items;
    }

    private List<Assignment> assignments() {
        List<Assignment> found = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            String name =
                    text.substring(at, equals < 0 ? text.length() : equals).strip();
            if (!NAMES.contains(name)) {
                throw unknown(name);
            }
            if (equals < 0) {
                throw malformed(name, "it has no value; write " + name + "=VALUE");
            }
            int end = endOfValue(equals + 1, LISTS.contains(name));
            String value = text.substring(equals + 1, end).strip();
            if (value.isEmpty()) {
                throw malformed(name, "its value is empty; write " + name + "=VALUE");
            }
            checkNoOther(value);
            found.add(new Assignment(name, value));
            at = end + 1;
        }
        return found;
    }

    private int endOfValue(int start, boolean quotes) {
        int depth = 0;
        boolean constant = false;
        int at = start;
        while (at < text.length()) {
            char c = text.charAt(at);
            int next = at + 1;
            if (c == ';') {
                depth = 0;
                constant = false;
            } else if (c == ',' && depth == 0 && isOptionAt(next)) {
                return at;
            } else if (!constant) {
                depth = depth(depth, c);
                constant = depth == 0 && text.startsWith(CONSTANT, at);
                next = c == '`' && quotes ? KeySyntax.endOfQuote(text, at) : next;
            }
            at = next;
        }
        return text.length();
    }

    private boolean isOptionAt(int start) {
        int equals = text.indexOf('=', start);
        return equals >= 0 && NAMES.contains(text.substring(start, equals).strip());
    }

    /// A comma, a word and `=` are a mistyped option: apart from constants, no value contains them.
    private static void checkNoOther(String value) {
        for (String item : divided(value)) {
            int comma = item.contains(CONSTANT) ? -1 : indexOutside(item, ',');
            int equals = comma < 0 ? -1 : item.indexOf('=', comma);
            if (equals >= 0 && isWord(item.substring(comma + 1, equals).strip())) {
                throw unknown(item.substring(comma + 1, equals).strip());
            }
        }
    }

    private static String checked(Assignment option, String item) {
        int comma = item.contains(CONSTANT) ? -1 : indexOutside(item, ',');
        if (comma >= 0) {
            throw malformed(option.name(), "found ',' in '" + item + "'; separate the items by ';'");
        }
        return item;
    }

    private static boolean isWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isLetter(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static int depth(int depth, char c) {
        return c == '(' ? depth + 1 : c == ')' ? Math.max(0, depth - 1) : depth;
    }

    private static PatchException unknown(String name) {
        return new PatchRefusal("unknown agent option '" + name
                + "'; the options are NAME=VALUE, separated by commas, with the names " + String.join(", ", NAMES));
    }
}
