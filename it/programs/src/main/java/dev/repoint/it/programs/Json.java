package dev.repoint.it.programs;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;

/// A reader of JSON that holds nothing of what it read (RFC 8259).
final class Json implements Closeable {

    /// Reads the value of a member.
    interface Member {
        void read(String name) throws IOException;
    }

    /// Reads an element of an array.
    interface Element {
        void read() throws IOException;
    }

    private final Reader reader;
    private int next;

    Json(Reader reader) throws IOException {
        this.reader = reader;
        next = reader.read();
    }

    /// Reads an object; the callback has to read each member's value.
    void members(Member member) throws IOException {
        expect('{');
        for (boolean first = true; !accept('}'); first = false) {
            if (!first) {
                expect(',');
            }
            String name = string();
            expect(':');
            member.read(name);
        }
    }

    /// Reads an array; the callback has to read each element.
    void elements(Element element) throws IOException {
        expect('[');
        for (boolean first = true; !accept(']'); first = false) {
            if (!first) {
                expect(',');
            }
            element.read();
        }
    }

    /// Reads a value of any kind.
    void skip() throws IOException {
        switch (peek()) {
            case '{' -> members(_ -> skip());
            case '[' -> elements(this::skip);
            case '"' -> string();
            default -> {
                if (next < 0) {
                    throw new IOException("the JSON ends early");
                }
                while (next >= 0 && ",]} \t\r\n".indexOf(next) < 0) {
                    next = reader.read();
                }
            }
        }
    }

    /// Reads a string.
    String string() throws IOException {
        expect('"');
        StringBuilder text = new StringBuilder();
        while (next != '"') {
            text.append(next == '\\' ? escaped() : take());
        }
        next = reader.read();
        return text.toString();
    }

    private char escaped() throws IOException {
        take();
        char escape = take();
        return switch (escape) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> (char) Integer.parseInt("" + take() + take() + take() + take(), 16);
            default -> escape;
        };
    }

    private char take() throws IOException {
        if (next < 0) {
            throw new IOException("the JSON ends early");
        }
        char taken = (char) next;
        next = reader.read();
        return taken;
    }

    private int peek() throws IOException {
        while (next == ' ' || next == '\t' || next == '\r' || next == '\n') {
            next = reader.read();
        }
        return next;
    }

    private boolean accept(char wanted) throws IOException {
        boolean found = peek() == wanted;
        if (found) {
            next = reader.read();
        }
        return found;
    }

    private void expect(char wanted) throws IOException {
        if (!accept(wanted)) {
            throw new IOException("expected '" + wanted + "' in the JSON and found "
                    + (next < 0 ? "its end" : "'" + (char) next + "'"));
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
