package dev.repoint.agent.trace;

import dev.repoint.agent.trace.Condition.Operator;
import dev.repoint.agent.trace.Condition.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a [Condition]: recursive descent over its characters.
final class ConditionParser {

    /// Deeper ones would end in a StackOverflowError.
    private static final int MAX_DEPTH = 100;

    private static final String[] UNITS = {"ns", "us", "ms", "s"};
    private static final long[] NANOS = {1, 1_000, 1_000_000, 1_000_000_000};

    private final String text;
    private int at;
    private int depth;

    private ConditionParser(String text) {
        this.text = text;
    }

    /// Reads a condition.
    ///
    /// @param text as [Condition] says
    /// @throws ConditionException if it is no condition; the message names the place
    static Condition parse(String text) {
        return new ConditionParser(text).whole();
    }

    private Condition whole() {
        Condition condition = any();
        skipBlanks();
        if (at < text.length()) {
            throw wrong("&&, || or the end");
        }
        return condition;
    }

    private Condition any() {
        if (++depth > MAX_DEPTH) {
            throw new ConditionException("the condition is nested more than " + MAX_DEPTH + " deep");
        }
        List<Condition> parts = new ArrayList<>();
        do {
            parts.add(all());
        } while (accept("||"));
        depth--;
        return parts.size() == 1 ? parts.get(0) : new Condition.Any(parts);
    }

    private Condition all() {
        List<Condition> parts = new ArrayList<>();
        do {
            parts.add(one());
        } while (accept("&&"));
        return parts.size() == 1 ? parts.get(0) : new Condition.All(parts);
    }

    private Condition one() {
        skipBlanks();
        if (text.startsWith("!", at) && !text.startsWith("!=", at)) {
            at++;
            if (++depth > MAX_DEPTH) {
                throw new ConditionException("the condition is nested more than " + MAX_DEPTH + " deep");
            }
            Condition part = one();
            depth--;
            return new Condition.Not(part);
        }
        if (accept("(")) {
            Condition inner = any();
            if (!accept(")")) {
                throw wrong("a closing parenthesis");
            }
            return inner;
        }
        Value left = value();
        Operator operator = operator();
        return operator == null ? new Condition.Holds(left) : new Condition.Comparison(left, operator, value());
    }

    private @Nullable Operator operator() {
        // The longer ones first.
        for (Operator each : new Operator[] {
            Operator.EQUAL, Operator.DIFFERENT, Operator.AT_MOST, Operator.AT_LEAST, Operator.LESS, Operator.GREATER
        }) {
            if (accept(each.toString())) {
                return each;
            }
        }
        return null;
    }

    private Value value() {
        skipBlanks();
        char next = at < text.length() ? text.charAt(at) : 0;
        if (next == '"') {
            return string();
        }
        if (next == '\'') {
            return character();
        }
        if (next == '-' || isDigit(next)) {
            return number();
        }
        int begin = at;
        String word = word();
        return switch (word) {
            case "args" -> argument();
            case "this" -> new Value.Receiver();
            case "result" -> new Value.Result();
            case "thrown" -> new Value.Thrown();
            case "time" -> new Value.Time();
            case "true" -> new Value.Literal(true, word);
            case "false" -> new Value.Literal(false, word);
            case "null" -> new Value.Literal(null, word);
            default -> {
                at = begin;
                throw wrong("args[0], this, result, thrown, time, a number, a \"text\", true, false or null");
            }
        };
    }

    private Value argument() {
        if (accept("[")) {
            skipBlanks();
            int begin = at;
            while (at < text.length() && isDigit(text.charAt(at)) && at - begin < 3) {
                at++;
            }
            if (at > begin) {
                int index = Integer.parseInt(text.substring(begin, at));
                if (accept("]")) {
                    return new Value.Argument(index);
                }
            }
        }
        throw wrong("the number of an argument, as in args[0]");
    }

    private Value string() {
        int begin = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            if (at < text.length()) {
                value.append(text.charAt(at++));
            }
        }
        if (at >= text.length()) {
            throw new ConditionException("the condition '" + text + "' has a text without its end, at " + (begin + 1));
        }
        at++;
        return new Value.Literal(value.toString(), text.substring(begin, at));
    }

    private Value character() {
        if (at + 2 < text.length() && text.charAt(at + 2) == '\'') {
            at += 3;
            return new Value.Literal((long) text.charAt(at - 2), text.substring(at - 3, at));
        }
        throw wrong("one character, as in 'x'");
    }

    private Value number() {
        int begin = at++;
        while (at < text.length() && isPartOfNumber(at)) {
            at++;
        }
        String digits = text.substring(begin, at);
        try {
            int unitAt = at;
            String unit = word();
            if (!unit.isEmpty()) {
                return duration(digits, unit, unitAt);
            }
            boolean isWhole = digits.indexOf('.') < 0 && digits.indexOf('e') < 0 && digits.indexOf('E') < 0;
            return new Value.Literal(
                    isWhole ? (Object) Long.parseLong(digits) : (Object) Double.parseDouble(digits), digits);
        } catch (NumberFormatException e) {
            at = begin;
            throw wrong("a number");
        }
    }

    private Value duration(String digits, String unit, int unitAt) {
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equals(unit)) {
                return new Value.Duration(Math.round(Double.parseDouble(digits) * NANOS[i]), digits + unit);
            }
        }
        at = unitAt;
        throw wrong("ns, us, ms or s");
    }

    private boolean isPartOfNumber(int index) {
        char c = text.charAt(index);
        boolean isExponent = (c == 'e' || c == 'E')
                && index + 1 < text.length()
                && (isDigit(text.charAt(index + 1)) || text.charAt(index + 1) == '-');
        boolean isSign = c == '-' && (text.charAt(index - 1) == 'e' || text.charAt(index - 1) == 'E');
        return isDigit(c) || c == '.' || isExponent || isSign;
    }

    private String word() {
        int begin = at;
        while (at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
            at++;
        }
        return text.substring(begin, at);
    }

    private boolean accept(String token) {
        skipBlanks();
        if (!text.startsWith(token, at)) {
            return false;
        }
        at += token.length();
        return true;
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private ConditionException wrong(String expected) {
        String found =
                at < text.length() ? "'" + text.substring(at, Math.min(text.length(), at + 20)) + "'" : "the end";
        return new ConditionException(
                "the condition '" + text + "' has " + found + " at " + (at + 1) + "; expected " + expected);
    }
}
