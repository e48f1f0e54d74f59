package dev.repoint.machine.mangling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a name is written to, with bounds. Used by one thread.
final class Output {

    private static final int LONGEST = 1 << 16;
    private static final int DEEPEST = 512;
    private static final int MOST_STEPS = 1 << 19;
    /// Stands for the number of elements of a pack before one was met.
    static final int UNKNOWN = Integer.MAX_VALUE;

    private final StringBuilder text = new StringBuilder();
    private int depth;
    private int steps;
    private char last;
    /// What template parameters stand for here; null outside of templates.
    @Nullable
    Context context;
    /// In the parameters of a lambda a template parameter is `auto`.
    boolean inLambda;
    /// Which element of packs is written, and how many there are.
    int packIndex = UNKNOWN;
    int packSize = UNKNOWN;

    Output add(String more) {
        if (text.length() + more.length() > LONGEST) {
            throw new UnreadableNameException();
        }
        text.append(more);
        if (!more.isEmpty()) {
            last = more.charAt(more.length() - 1);
        }
        return this;
    }

    Output add(char more) {
        if (text.length() >= LONGEST) {
            throw new UnreadableNameException();
        }
        text.append(more);
        last = more;
        return this;
    }

    /// The character that was written last, also if it was taken back with a list's end.
    char last() {
        return last;
    }

    int length() {
        return text.length();
    }

    /// Takes back what was written since.
    void cut(int length) {
        text.setLength(length);
        last = length == 0 ? '\0' : text.charAt(length - 1);
    }

    /// Takes back the end of a list.
    void cutList(int length) {
        if (length == text.length()) {
            return;
        }
        text.setLength(length);
        last = ' ';
    }

    boolean endsWith(String end) {
        int from = text.length() - end.length();
        return from >= 0 && text.indexOf(end, from) == from;
    }

    void enter() {
        if (++depth > DEEPEST || ++steps > MOST_STEPS) {
            throw new UnreadableNameException();
        }
    }

    void leave() {
        depth--;
    }

    /// The arguments of the template that is written, and of the one around it.
    record Context(List<Node> arguments, @Nullable Context outer) {}

    @Override
    public String toString() {
        return text.toString();
    }
}
