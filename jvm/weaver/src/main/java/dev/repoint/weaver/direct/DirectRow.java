package dev.repoint.weaver.direct;

import dev.repoint.KeyPattern;
import dev.repoint.SyntaxException;
import dev.repoint.weaver.WeaveException;
import java.util.ArrayList;
import java.util.List;

/// A method of a file whose calls were pointed at a target: a line in the file's record of direct patches.
///
/// @param key the method
/// @param target the target, as a key
/// @param calls the number of calls
public record DirectRow(KeyPattern key, String target, int calls) {

    /// The entry of the record.
    public static final String ENTRY = "META-INF/repoint/direct";

    private static final String HEAD = "# calls that repoint patch --direct has pointed elsewhere: key, target, calls";

    /// Reads a record.
    ///
    /// @param place its place in messages
    /// @throws WeaveException if a line is malformed; the message names it
    public static List<DirectRow> read(String text, String place) {
        List<DirectRow> rows = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] fields = line.split("\t", -1);
            try {
                if (fields.length != 3) {
                    throw new NumberFormatException(fields.length + " fields");
                }
                rows.add(new DirectRow(KeyPattern.parse(fields[0]), fields[1], Integer.parseUnsignedInt(fields[2])));
            } catch (SyntaxException | NumberFormatException e) {
                throw new WeaveException(
                        place + ": line " + number + " is no key, target and number of calls: " + e.getMessage(), e);
            }
        }
        return rows;
    }

    /// Writes a record.
    ///
    /// @param rows in the order of their keys
    public static String write(List<DirectRow> rows) {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        for (DirectRow each : rows) {
            text.append(each.key.text())
                    .append('\t')
                    .append(each.target)
                    .append('\t')
                    .append(each.calls)
                    .append('\n');
        }
        return text.toString();
    }
}
