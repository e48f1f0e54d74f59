package dev.repoint.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SafeWriterTest {

    private static final String EVIL = "a\nrepoint: forged\u001b[2J\u202e";
    private static final String SAFE = "a\\nrepoint: forged\\u001b[2J\\u202e";

    private final StringWriter printed = new StringWriter();
    private final SafeWriter out = SafeWriter.of(printed);

    @Test
    void aLineIsOneLine() {
        out.println(EVIL);
        out.println(new StringBuilder(EVIL));
        assertThat(printed.toString()).isEqualTo(SAFE + "\n" + SAFE + "\n");
    }

    @Test
    void textOfSeveralLinesKeepsThem() {
        out.print("a\n\tb\u001b[2J\n");
        assertThat(printed.toString()).isEqualTo("a\n\tb\\u001b[2J\n");
    }

    @Test
    void argumentsOfAFormatAreMadeSafeAndTheFormatStays() {
        out.printf(Locale.ROOT, "%s %,d %c%n", EVIL, 1234, 'x');
        out.printf("%-3s|%s%n", "a", Path.of("b\nc"));
        assertThat(printed.toString()).isEqualTo(SAFE + " 1,234 x\na  |b\\nc\n");
    }

    @Test
    void coloursOfOurOwnPassAndThoseOfOthersDoNot() {
        out.println(Style.COLOUR.bold("x" + EVIL) + "\u001b[31m");
        out.control("\u001b[K");
        assertThat(printed.toString()).isEqualTo("\u001b[1mx" + SAFE + "\u001b[0m\\u001b[31m\n\u001b[K");
    }

    @Test
    void cellsOfATableAreMadeSafeBeforeTheyAreMeasured() {
        Table table = new Table("key", "note");
        table.row("a\nb", "c");
        table.print(out, Style.PLAIN);
        assertThat(printed.toString()).isEqualTo("key   note\na\\nb  c\n");
    }

    @Test
    void aFailureIsToldOnceAndRemembered() {
        SafeWriter full = SafeWriter.of(new Full());
        full.println("x");
        assertThatExceptionOfType(OutputException.class)
                .isThrownBy(full::flush)
                .withMessage("standard output cannot be written: no space is left on its disk");
        full.flush();
        assertThat(full.hasFailed()).isTrue();
        assertThat(out.hasFailed()).isFalse();
    }

    private static final class Full extends Writer {

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("No space left on device");
        }

        @Override
        public void flush() {
            // nothing is kept
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
