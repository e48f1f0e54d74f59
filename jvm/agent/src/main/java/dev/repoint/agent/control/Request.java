package dev.repoint.agent.control;

import dev.repoint.SyntaxException;
import dev.repoint.agent.trace.TraceOptions;
import dev.repoint.agent.trace.TraceRow;
import java.util.ArrayList;
import java.util.List;

/// A request of the command line to an agent.
public sealed interface Request {

    /// Asks for the patchables. The reply has one [PatchableStatus] for each.
    record Status() implements Request {}

    /// Redirects patchables, all or none. The reply has one [Outcome] for each change, in their order.
    ///
    /// @param changes the changes
    /// @param classpath absolute paths of jars and folders with targets that the program does not have
    /// @param forced whether to change classes even if a running method would stay slow
    record Patch(List<Change> changes, List<String> classpath, boolean forced) implements Request {

        /// A request that the agent refuses if a method would stay slow.
        public Patch(List<Change> changes, List<String> classpath) {
            this(changes, classpath, false);
        }

        /// Copies the lists.
        public Patch {
            changes = List.copyOf(changes);
            classpath = List.copyOf(classpath);
        }
    }

    /// Resets patchables. The reply has one [Outcome] for each of them, ordered by key.
    ///
    /// @param keys key patterns; empty for all patchables
    record Reset(List<String> keys) implements Request {

        /// Copies the list.
        public Reset {
            keys = List.copyOf(keys);
        }
    }

    /// Observes calls until the limit, or until nobody has asked for some seconds. The reply has one row: its identity.
    ///
    /// @param keys of methods, at least one
    /// @param options what to observe
    record Trace(List<String> keys, TraceOptions options) implements Request {

        /// Copies the list.
        public Trace {
            keys = List.copyOf(keys);
        }
    }

    /// Asks what a trace has found, and keeps it alive. The reply has [rows][TraceRow].
    ///
    /// @param id the identity that the trace was given
    /// @param isLast whether to end it
    record Traced(String id, boolean isLast) implements Request {}

    /// Asks for the report. The reply has its lines.
    record Report() implements Request {}

    /// The request as a frame.
    ///
    /// @return a frame that [#of(Frame)] reads
    default Frame frame() {
        List<String> fields = new ArrayList<>();
        if (this instanceof Status) {
            fields.add("status");
        } else if (this instanceof Report) {
            fields.add("report");
        } else if (this instanceof Reset reset) {
            fields.add("reset");
            fields.addAll(reset.keys);
        } else if (this instanceof Trace trace) {
            fields.add("trace");
            fields.addAll(trace.options.fields());
            fields.addAll(trace.keys);
        } else if (this instanceof Traced traced) {
            fields.add(traced.isLast ? "untrace" : "traced");
            fields.add(traced.id);
        } else if (this instanceof Patch patch) {
            fields.add(patch.forced ? "force" : "set");
            fields.add(Integer.toString(patch.changes.size()));
            for (Change change : patch.changes) {
                fields.add(change.key());
                fields.add(change.target());
            }
            fields.addAll(patch.classpath);
        }
        return new Frame(fields);
    }

    /// Reads a request.
    ///
    /// @param frame the received frame
    /// @return the request
    /// @throws ControlException if it is not a request; the message is for the client
    static Request of(Frame frame) {
        List<String> fields = frame.fields();
        String verb = fields.isEmpty() ? "" : fields.get(0);
        return switch (verb) {
            case "status" -> new Status();
            case "report" -> new Report();
            case "reset" -> new Reset(fields.subList(1, fields.size()));
            case "set", "force" -> patch(fields);
            case "trace" -> trace(fields);
            case "traced", "untrace" -> {
                if (fields.size() != 2) {
                    throw new ControlException("a malformed request: '" + verb + "' with " + fields.size() + " fields");
                }
                yield new Traced(fields.get(1), verb.equals("untrace"));
            }
            default ->
                throw new ControlException(
                        "unknown request '" + verb + "'; the agent knows status, set, force, reset, report and trace");
        };
    }

    private static Trace trace(List<String> fields) {
        int keysAt = 1 + TraceOptions.WIDTH;
        if (fields.size() <= keysAt) {
            throw new ControlException("a malformed request: 'trace' with " + fields.size() + " fields");
        }
        try {
            return new Trace(fields.subList(keysAt, fields.size()), TraceOptions.of(fields.subList(1, keysAt)));
        } catch (SyntaxException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new ControlException("a malformed request: " + e.getMessage(), e);
        }
    }

    private static Patch patch(List<String> fields) {
        int count;
        try {
            count = Integer.parseInt(fields.size() < 2 ? "" : fields.get(1));
        } catch (NumberFormatException e) {
            count = -1;
        }
        if (count < 1 || count > (fields.size() - 2) / 2) {
            throw new ControlException("a malformed request: 'set' with " + fields.size() + " fields");
        }
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(new Change(fields.get(2 + 2 * i), fields.get(3 + 2 * i)));
        }
        return new Patch(
                changes,
                fields.subList(2 + 2 * count, fields.size()),
                fields.get(0).equals("force"));
    }
}
