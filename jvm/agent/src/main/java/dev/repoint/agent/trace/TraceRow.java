package dev.repoint.agent.trace;

import java.util.ArrayList;
import java.util.List;

/// What a trace has found since it was asked last.
public sealed interface TraceRow {

    /// A call for which the condition held.
    ///
    /// @param key of the method
    /// @param millis when it ended, in milliseconds since 1970
    /// @param thread the name of its thread
    /// @param arguments as text, the receiver first behind the word `this`; values that are not safe to print show their class alone
    /// @param result as text; empty for void, and if it threw
    /// @param thrown class and message; empty if it returned
    /// @param nanos that it took, or -1 if the time was not taken
    record Call(
            String key, long millis, String thread, List<String> arguments, String result, String thrown, long nanos)
            implements TraceRow {

        /// Copies the list.
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /// The calls of one method for which the condition held, from the start of the trace on.
    ///
    /// @param key of the method
    /// @param calls their number
    /// @param thrown how many of them threw
    /// @param times how many took at least 2^i and less than 2^(i+1) nanoseconds, for each i; empty if no time was taken
    record Count(String key, long calls, long thrown, List<Long> times) implements TraceRow {

        /// Copies the list.
        public Count {
            times = List.copyOf(times);
        }

        /// The sum of two counts of one method.
        ///
        /// @param other the other
        /// @return a new one
        public Count plus(Count other) {
            List<Long> sums = new ArrayList<>(times.size() >= other.times.size() ? times : other.times);
            List<Long> shorter = times.size() >= other.times.size() ? other.times : times;
            for (int i = 0; i < shorter.size(); i++) {
                sums.set(i, sums.get(i) + shorter.get(i));
            }
            return new Count(key, calls + other.calls, thrown + other.thrown, sums);
        }
    }

    /// The trace has ended, and its targets are taken off.
    ///
    /// @param reason such as `limit`
    record End(String reason) implements TraceRow {}

    /// Calls that were not told of, because more came than were asked for.
    ///
    /// @param calls their number
    record Dropped(long calls) implements TraceRow {}

    /// The row as fields.
    ///
    /// @return one field, which [#of(List)] reads: rows of one reply have the same number of fields
    default List<String> fields() {
        List<String> parts = new ArrayList<>();
        if (this instanceof Call call) {
            parts.addAll(List.of(
                    "call",
                    call.key,
                    Long.toString(call.millis),
                    call.thread,
                    call.result,
                    call.thrown,
                    Long.toString(call.nanos)));
            parts.addAll(call.arguments);
        } else if (this instanceof Count count) {
            parts.addAll(List.of("count", count.key, Long.toString(count.calls), Long.toString(count.thrown)));
            count.times.forEach(each -> parts.add(each.toString()));
        } else if (this instanceof Dropped dropped) {
            parts.addAll(List.of("dropped", Long.toString(dropped.calls)));
        } else if (this instanceof End end) {
            parts.addAll(List.of("end", end.reason));
        }
        return List.of(String.join("\u0000", parts));
    }

    /// Reads a row.
    ///
    /// @param fields what [#fields()] gave
    /// @return the row
    /// @throws IllegalArgumentException if it is none
    static TraceRow of(List<String> fields) {
        List<String> parts = List.of(fields.get(0).split("\u0000", -1));
        try {
            return switch (parts.get(0)) {
                case "call" ->
                    new Call(
                            parts.get(1),
                            Long.parseLong(parts.get(2)),
                            parts.get(3),
                            parts.subList(7, parts.size()),
                            parts.get(4),
                            parts.get(5),
                            Long.parseLong(parts.get(6)));
                case "count" ->
                    new Count(
                            parts.get(1),
                            Long.parseLong(parts.get(2)),
                            Long.parseLong(parts.get(3)),
                            parts.subList(4, parts.size()).stream()
                                    .map(Long::valueOf)
                                    .toList());
                case "dropped" -> new Dropped(Long.parseLong(parts.get(1)));
                case "end" -> new End(parts.get(1));
                default -> throw new IllegalArgumentException("a row of a trace of kind '" + parts.get(0) + "'");
            };
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a row of a trace of " + parts.size() + " parts", e);
        }
    }
}
