package dev.repoint.cli.output;

import java.io.PrintWriter;

/// Writes JSON (RFC 8259), indented by two blanks or in one line.
///
/// Characters that are not ASCII are escaped, so that the encoding of the output cannot matter. Not
/// thread-safe.
public final class JsonWriter {

    private final PrintWriter out;
    private final boolean indented;
    private int depth;
    private boolean empty = true;
    private boolean named;

    /// Writes to a stream.
    ///
    /// @param out where to; it is neither flushed nor closed
    public JsonWriter(PrintWriter out) {
        this(out, true);
    }

    private JsonWriter(PrintWriter out, boolean indented) {
        this.out = out;
        this.indented = indented;
    }

    /// Writes each document as one line.
    ///
    /// @param out where to; it is neither flushed nor closed
    /// @return a new one
    public static JsonWriter compact(PrintWriter out) {
        return new JsonWriter(out, false);
    }

    /// Begins an object.
    ///
    /// @return this
    public JsonWriter object() {
        return open('{');
    }

    /// Ends an object.
    ///
    /// @return this
    public JsonWriter endObject() {
        return close('}');
    }

    /// Begins an array.
    ///
    /// @return this
    public JsonWriter array() {
        return open('[');
    }

    /// Ends an array.
    ///
    /// @return this
    public JsonWriter endArray() {
        return close(']');
    }

    /// Names the next value of an object.
    ///
    /// @param name any text
    /// @return this
    public JsonWriter name(String name) {
        separate();
        quote(name);
        out.append(": ");
        named = true;
        return this;
    }

    /// A string.
    ///
    /// @param text any text
    /// @return this
    public JsonWriter value(String text) {
        separate();
        quote(text);
        return this;
    }

    /// A number.
    ///
    /// @param number any integer
    /// @return this
    public JsonWriter value(long number) {
        separate();
        out.print(number);
        return this;
    }

    /// Ends the document with a line feed.
    public void end() {
        out.append('\n');
    }

    private JsonWriter open(char bracket) {
        separate();
        out.append(bracket);
        depth++;
        empty = true;
        return this;
    }

    private JsonWriter close(char bracket) {
        depth--;
        if (!empty) {
            newLine();
        }
        out.append(bracket);
        empty = false;
        return this;
    }

    private void separate() {
        if (named) {
            named = false;
        } else if (depth > 0) {
            if (!empty) {
                out.append(',');
            }
            newLine();
        }
        empty = false;
    }

    private void newLine() {
        if (!indented) {
            return;
        }
        out.append('\n').append("  ".repeat(depth));
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c >= ' ' && c < 127) {
                        out.append(c);
                    } else {
                        out.printf("\\u%04x", (int) c);
                    }
                }
            }
        }
        out.append('"');
    }
}
