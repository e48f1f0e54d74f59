package dev.repoint.agent.trace;

import java.util.List;

/// What to observe of calls.
///
/// @param isCount whether to count the calls, and not to tell of each
/// @param condition a [Condition]; empty for all calls
/// @param isTimed whether to take the time of each call for which the condition holds
/// @param limit how many calls to tell of before the trace ends; at least 1
/// @param forced whether to change classes even if a running method would stay slow
public record TraceOptions(boolean isCount, String condition, boolean isTimed, long limit, boolean forced) {

    /// The number of fields.
    public static final int WIDTH = 5;

    /// Checks the condition.
    ///
    /// @throws dev.repoint.SyntaxException if it is none
    public TraceOptions {
        if (!condition.isEmpty()) {
            Condition unused = ConditionParser.parse(condition);
        }
        if (limit < 1) {
            throw new IllegalArgumentException("a limit of " + limit);
        }
    }

    /// The condition.
    ///
    /// @return [Condition#ALWAYS] if none was given
    public Condition parsed() {
        return condition.isEmpty() ? Condition.ALWAYS : ConditionParser.parse(condition);
    }

    /// The options as fields of a request.
    ///
    /// @return fields that [#of(List)] reads
    public List<String> fields() {
        return List.of(
                Boolean.toString(isCount),
                condition,
                Boolean.toString(isTimed),
                Long.toString(limit),
                Boolean.toString(forced));
    }

    /// Reads options.
    ///
    /// @param fields what [#fields()] gave
    /// @return the options
    /// @throws IllegalArgumentException if they are none
    public static TraceOptions of(List<String> fields) {
        if (fields.size() != WIDTH) {
            throw new IllegalArgumentException("options of a trace in " + fields.size() + " fields");
        }
        return new TraceOptions(
                Boolean.parseBoolean(fields.get(0)),
                fields.get(1),
                Boolean.parseBoolean(fields.get(2)),
                Long.parseLong(fields.get(3)),
                Boolean.parseBoolean(fields.get(4)));
    }
}
