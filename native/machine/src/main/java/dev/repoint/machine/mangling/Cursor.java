package dev.repoint.machine.mangling;

/// A place in a mangled name, and how deep its reader is nested. Used by one thread.
final class Cursor {

    /// What the end of the text looks like.
    static final char END = '\0';

    private static final int DEEPEST = 192;
    private static final int MOST_STEPS = 1 << 18;

    private final String text;
    private final int limit;
    private int at;
    private int depth;
    private int steps;

    Cursor(String text, int from, int limit) {
        this.text = text;
        this.at = from;
        this.limit = limit;
    }

    int at() {
        return at;
    }

    void back(int place) {
        at = place;
    }

    boolean atEnd() {
        return at >= limit;
    }

    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return at + ahead < limit ? text.charAt(at + ahead) : END;
    }

    char next() {
        if (at >= limit) {
            throw new UnreadableNameException();
        }
        return text.charAt(at++);
    }

    boolean skip(char wanted) {
        if (peek() != wanted || atEnd()) {
            return false;
        }
        at++;
        return true;
    }

    boolean skip(String wanted) {
        if (at + wanted.length() > limit || !text.startsWith(wanted, at)) {
            return false;
        }
        at += wanted.length();
        return true;
    }

    void require(char wanted) {
        if (!skip(wanted)) {
            throw new UnreadableNameException();
        }
    }

    boolean isDigit() {
        return peek() >= '0' && peek() <= '9';
    }

    /// A decimal number without sign.
    int number() {
        if (!isDigit()) {
            throw new UnreadableNameException();
        }
        int value = 0;
        while (isDigit()) {
            value = value * 10 + next() - '0';
            if (value > 1 << 24) {
                throw new UnreadableNameException();
            }
        }
        return value;
    }

    /// So many characters.
    String take(int length) {
        if (length < 0 || length > limit - at) {
            throw new UnreadableNameException();
        }
        at += length;
        return text.substring(at - length, at);
    }

    String since(int place) {
        return text.substring(place, at);
    }

    /// Called before anything is read that may hold another one of its kind.
    void enter() {
        if (++depth > DEEPEST || ++steps > MOST_STEPS) {
            throw new UnreadableNameException();
        }
    }

    void leave() {
        depth--;
    }
}
