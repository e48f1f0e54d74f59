package dev.repoint.agent.control;

import java.util.ArrayList;
import java.util.List;

/// The reply of an agent.
public sealed interface Reply {

    /// The agent has executed the request.
    ///
    /// @param rows records as lists of fields; all rows of one reply have the same length
    record Rows(List<List<String>> rows) implements Reply {

        /// Copies the lists.
        public Rows {
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /// The agent has refused the request, and changed nothing.
    ///
    /// @param message one line
    record Refused(String message) implements Reply {}

    /// The reply as a frame.
    ///
    /// @return a frame that [#of(Frame)] reads
    default Frame frame() {
        List<String> fields = new ArrayList<>();
        if (this instanceof Refused refused) {
            fields.add("refused");
            fields.add(refused.message);
        } else if (this instanceof Rows all) {
            fields.add("ok");
            fields.add(Integer.toString(all.rows.isEmpty() ? 0 : all.rows.get(0).size()));
            all.rows.forEach(fields::addAll);
        }
        return new Frame(fields);
    }

    /// Reads a reply.
    ///
    /// @param frame the received frame
    /// @return the reply
    /// @throws ControlException if it is not a reply
    static Reply of(Frame frame) {
        List<String> fields = frame.fields();
        if (fields.size() == 2 && fields.get(0).equals("refused")) {
            return new Refused(fields.get(1));
        }
        if (fields.size() < 2 || !fields.get(0).equals("ok")) {
            throw malformed(fields);
        }
        int width;
        try {
            width = Integer.parseInt(fields.get(1));
        } catch (NumberFormatException e) {
            throw malformed(fields);
        }
        int cells = fields.size() - 2;
        if (width < 0 || width == 0 && cells > 0 || width > 0 && cells % width != 0) {
            throw malformed(fields);
        }
        List<List<String>> rows = new ArrayList<>();
        for (int at = 2; at < fields.size(); at += width) {
            rows.add(fields.subList(at, at + width));
        }
        return new Rows(rows);
    }

    private static ControlException malformed(List<String> fields) {
        return new ControlException("a malformed reply of " + fields.size() + " fields");
    }
}
