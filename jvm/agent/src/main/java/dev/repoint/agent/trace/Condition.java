package dev.repoint.agent.trace;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What has to hold of a call so that it is told of. [ConditionParser] reads it.
///
/// ```
/// condition   any of: all ("||" all)*
/// all         one ("&&" one)*
/// one         "!" one | "(" condition ")" | comparison | value
/// comparison  value ("==" | "!=" | "<" | "<=" | ">" | ">=") value
/// value       args[N] | this | result | thrown | time | 42 | -1.5 | 'c' | "text" | true | false | null | 5ms
/// ```
///
/// Units of time are `ns`, `us`, `ms` and `s`. A value that stands alone is a boolean, or `thrown`, which then holds if the
/// call threw. A comparison with `result` does not hold if the call threw. No code of the program is called.
public sealed interface Condition {

    /// Holds always.
    Condition ALWAYS = new All(List.of());

    /// Whether a call's outcome is needed: its result, what it threw, or its time.
    default boolean needsOutcome() {
        return reads(Value::isOutcome);
    }

    /// Whether the time of a call is needed.
    default boolean needsTime() {
        return reads(Value.Time.class::isInstance);
    }

    private boolean reads(Predicate<Value> kind) {
        if (this instanceof All all) {
            return all.parts.stream().anyMatch(each -> each.reads(kind));
        }
        if (this instanceof Any any) {
            return any.parts.stream().anyMatch(each -> each.reads(kind));
        }
        if (this instanceof Not not) {
            return not.part.reads(kind);
        }
        if (this instanceof Holds holds) {
            return kind.test(holds.value);
        }
        Comparison comparison = (Comparison) this;
        return kind.test(comparison.left) || kind.test(comparison.right);
    }

    /// All of them hold.
    record All(List<Condition> parts) implements Condition {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /// One of them holds.
    record Any(List<Condition> parts) implements Condition {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /// It does not hold.
    record Not(Condition part) implements Condition {}

    /// A value that is true, or something thrown.
    record Holds(Value value) implements Condition {}

    /// Two values and how they are compared.
    record Comparison(Value left, Operator operator, Value right) implements Condition {}

    /// How two values are compared.
    enum Operator {
        EQUAL("=="),
        DIFFERENT("!="),
        LESS("<"),
        AT_MOST("<="),
        GREATER(">"),
        AT_LEAST(">=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        boolean isOrder() {
            return this != EQUAL && this != DIFFERENT;
        }

        /// Whether it holds for values of which the first is less than, equal to, or greater than the second.
        boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case DIFFERENT -> order != 0;
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case GREATER -> order > 0;
                case AT_LEAST -> order >= 0;
            };
        }

        /// The one with the sides exchanged.
        Operator turned() {
            return switch (this) {
                case LESS -> GREATER;
                case AT_MOST -> AT_LEAST;
                case GREATER -> LESS;
                case AT_LEAST -> AT_MOST;
                default -> this;
            };
        }

        @Override
        public String toString() {
            return sign;
        }
    }

    /// A value of a call, or of the condition itself.
    sealed interface Value {

        /// Whether it is known only when the call has ended.
        default boolean isOutcome() {
            return this instanceof Result || this instanceof Thrown || this instanceof Time;
        }

        /// An argument, without the receiver.
        record Argument(int index) implements Value {
            @Override
            public String toString() {
                return "args[" + index + "]";
            }
        }

        /// The receiver.
        record Receiver() implements Value {
            @Override
            public String toString() {
                return "this";
            }
        }

        /// What the call returned.
        record Result() implements Value {
            @Override
            public String toString() {
                return "result";
            }
        }

        /// What the call threw.
        record Thrown() implements Value {
            @Override
            public String toString() {
                return "thrown";
            }
        }

        /// How long the call took.
        record Time() implements Value {
            @Override
            public String toString() {
                return "time";
            }
        }

        /// A value that is written in the condition.
        ///
        /// @param constant a Long, Double, Boolean, String, or null
        /// @param text as it is written
        record Literal(@Nullable Object constant, String text) implements Value {
            @Override
            public String toString() {
                return text;
            }
        }

        /// A time that is written in the condition.
        record Duration(long nanos, String text) implements Value {
            @Override
            public String toString() {
                return text;
            }
        }
    }
}
