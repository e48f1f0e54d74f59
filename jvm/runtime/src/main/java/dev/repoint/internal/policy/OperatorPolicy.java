package dev.repoint.internal.policy;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.KeySyntax;
import dev.repoint.PatchException;
import dev.repoint.SyntaxException;
import dev.repoint.Target;
import dev.repoint.internal.report.Excerpt;
import dev.repoint.internal.report.PatchRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What an operator wants patchables to lead to, line by line: `KEY = TARGET`. Of the lines that match a key
/// the last one counts. Empty lines, and those that begin with `#`, mean nothing.
///
/// Immutable.
final class OperatorPolicy {

    /// No policy.
    static final OperatorPolicy NONE = new OperatorPolicy("", List.of(), "");

    private final String place;
    private final List<Line> lines;
    private final String failure;

    private OperatorPolicy(String place, List<Line> lines, String failure) {
        this.place = place;
        this.lines = lines;
        this.failure = failure;
    }

    /// One line.
    ///
    /// @param place the file and the number of the line, as messages have it
    /// @param key whose target it is
    /// @param target what they are to lead to
    record Line(String place, KeyPattern key, Target.Written target) {

        boolean matches(Key wanted) {
            return key.matches(wanted);
        }

        /// The refusal of this line.
        PatchException refused(PatchException reason) {
            return new PatchRefusal(place + ": " + reason.getMessage(), reason);
        }
    }

    /// Reads a policy.
    ///
    /// @param file its name, for messages
    /// @param text its content
    /// @throws PatchException if some line has not that form, or names a key again; the message names the line
    static OperatorPolicy parse(String file, String text) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String each : (Iterable<String>) text.lines()::iterator) {
            number++;
            String line = each.strip();
            if (!line.isEmpty() && line.charAt(0) != '#') {
                lines.add(line(file + " line " + number, line, lines));
            }
        }
        return new OperatorPolicy(file, List.copyOf(lines), "");
    }

    /// No policy, as the one that there should be cannot be read.
    static OperatorPolicy failed(String file, String failure) {
        return new OperatorPolicy(file, List.of(), failure);
    }

    /// Why there is none although there should be; else empty.
    String failure() {
        return failure;
    }

    /// The file.
    String place() {
        return place;
    }

    /// The keys, in the order of the file.
    List<KeyPattern> keys() {
        return lines.stream().map(Line::key).toList();
    }

    /// All, in the order of the file.
    List<Line> lines() {
        return lines;
    }

    int size() {
        return lines.size();
    }

    /// The lines that match a key, the last first.
    List<Line> of(Key key) {
        List<Line> matching = new ArrayList<>();
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).matches(key)) {
                matching.add(lines.get(i));
            }
        }
        return matching;
    }

    /// Whether another policy says the same of a key.
    boolean agrees(OperatorPolicy other, Key key) {
        return wanted(key).equals(other.wanted(key));
    }

    private List<Target.Written> wanted(Key key) {
        return of(key).stream().map(Line::target).toList();
    }

    private static Line line(String place, String text, List<Line> before) {
        int equals = indexOutside(text);
        if (equals < 0) {
            throw new PatchRefusal(place + ": found '" + Excerpt.of(text)
                    + "'; write KEY = TARGET, such as com.acme.Crc.update = com.acme.Fast.update");
        }
        Line line;
        try {
            line = new Line(
                    place,
                    KeyPattern.parse(text.substring(0, equals)),
                    Target.parse(text.substring(equals + 1).strip()));
        } catch (SyntaxException e) {
            throw new PatchRefusal(place + ": " + e.getMessage(), e);
        }
        Line same = earlier(line, before);
        if (same != null) {
            throw new PatchRefusal(place + ": key '" + Excerpt.of(line.key.text()) + "' has a target already, in "
                    + same.place.substring(same.place.lastIndexOf(" line ") + 1) + "; give it one");
        }
        return line;
    }

    private static @Nullable Line earlier(Line line, List<Line> before) {
        for (Line each : before) {
            if (Objects.equals(each.key, line.key)) {
                return each;
            }
        }
        return null;
    }

    /// Where the target begins: a key may have parameters, and these no `=`.
    private static int indexOutside(String text) {
        int close = KeySyntax.indexOf(text, ')', 0);
        int first = KeySyntax.indexOf(text, '=', 0);
        int open = KeySyntax.indexOf(text, '(', 0);
        return open >= 0 && open < first && close > first ? KeySyntax.indexOf(text, '=', close) : first;
    }
}
