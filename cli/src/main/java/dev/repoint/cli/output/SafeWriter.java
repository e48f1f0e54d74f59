package dev.repoint.cli.output;

import dev.repoint.SafeText;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a command prints. It makes text [safe][SafeText], and knows when something could not be written.
///
/// | method | what it takes |
/// | --- | --- |
/// | `println` | one line: an end of line in it is escaped too |
/// | `print` | text of several lines, such as help: their ends and tabulators stay |
/// | `printf`, `format` | a format of our own, which stays; its arguments are made safe as one line |
/// | `append`, `write` | what is written as it is: JSON, which escapes by its own rules |
///
/// The control sequences of a [Style] pass. Those that move the cursor are written by [#control].
public final class SafeWriter extends PrintWriter {

    private static final String ERASE = "\r\u001b[K";

    private final Sink sink;
    private boolean hasStatus;

    private SafeWriter(Sink sink) {
        super(sink);
        this.sink = sink;
    }

    /// Writes to something.
    ///
    /// @param to where to; the same is returned if it makes text safe already
    public static SafeWriter of(Writer to) {
        return to instanceof SafeWriter known ? known : new SafeWriter(new Sink(to));
    }

    /// Hands on what was printed.
    ///
    /// @throws OutputException if something of it could not be written; once, then it is silent
    @Override
    public void flush() {
        super.flush();
        IOException failure = sink.failure;
        if (failure != null && !sink.isTold) {
            sink.isTold = true;
            throw new OutputException(failure);
        }
    }

    /// Whether something could not be written.
    public boolean hasFailed() {
        super.flush();
        return sink.failure != null;
    }

    /// Writes a control sequence of ours.
    public void control(String sequence) {
        super.write(sequence, 0, sequence.length());
    }

    /// Shows a text that the next one, and whatever else is printed, takes the place of. For terminals.
    ///
    /// @param text one line; empty for none
    void status(String text) {
        control(ERASE + SafeText.of(text));
        hasStatus = !text.isEmpty();
        super.flush();
    }

    private void clearStatus() {
        if (hasStatus) {
            hasStatus = false;
            control(ERASE);
        }
    }

    @Override
    public void println(@Nullable String line) {
        clearStatus();
        super.print(safe(String.valueOf(line)));
        super.println();
    }

    @Override
    public void println(@Nullable Object line) {
        println(String.valueOf(line));
    }

    @Override
    public void print(@Nullable String text) {
        clearStatus();
        StringBuilder safe = new StringBuilder();
        int from = 0;
        String all = String.valueOf(text);
        for (int i = 0; i < all.length(); i++) {
            if (all.charAt(i) == '\n' || all.charAt(i) == '\t') {
                safe.append(safe(all.substring(from, i))).append(all.charAt(i));
                from = i + 1;
            }
        }
        super.print(safe.append(safe(all.substring(from))).toString());
    }

    @Override
    public void print(@Nullable Object text) {
        print(String.valueOf(text));
    }

    @Override
    public PrintWriter format(String format, @Nullable Object... arguments) {
        return format(Locale.getDefault(Locale.Category.FORMAT), format, arguments);
    }

    @Override
    public PrintWriter format(@Nullable Locale locale, String format, @Nullable Object... arguments) {
        Object[] safe = new Object[arguments.length];
        for (int i = 0; i < safe.length; i++) {
            Object argument = arguments[i];
            safe[i] = argument instanceof Number || argument instanceof Character || argument instanceof Boolean
                    ? argument
                    : safe(String.valueOf(argument));
        }
        return super.format(locale, format, safe);
    }

    private static String safe(String text) {
        int mark = text.indexOf(Style.MARK);
        if (mark < 0) {
            return SafeText.of(text);
        }
        StringBuilder safe = new StringBuilder();
        int from = 0;
        for (; mark >= 0; mark = text.indexOf(Style.MARK, from)) {
            safe.append(SafeText.of(text.substring(from, mark))).append('\u001b');
            from = mark + Style.MARK.length();
        }
        return safe.append(SafeText.of(text.substring(from))).toString();
    }

    /// Remembers the first failure, which a [PrintWriter] does not tell.
    private static final class Sink extends FilterWriter {

        private @Nullable IOException failure;
        private boolean isTold;

        Sink(Writer to) {
            super(Objects.requireNonNull(to));
        }

        @Override
        public void write(int c) throws IOException {
            try {
                super.write(c);
            } catch (IOException e) {
                throw noted(e);
            }
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            try {
                super.write(text, from, length);
            } catch (IOException e) {
                throw noted(e);
            }
        }

        @Override
        public void write(String text, int from, int length) throws IOException {
            try {
                super.write(text, from, length);
            } catch (IOException e) {
                throw noted(e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                super.flush();
            } catch (IOException e) {
                throw noted(e);
            }
        }

        private IOException noted(IOException e) {
            if (failure == null) {
                failure = e;
            }
            return e;
        }
    }
}
