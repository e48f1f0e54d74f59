package dev.repoint.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {

    private final Table table = new Table("name", ">count", "note");

    @Test
    void columnsAreAlignedAndLinesEndWithoutBlanks() {
        table.row("a", "1", "");
        table.row("much longer", "1000", "x");

        assertThat(printed(Style.PLAIN)).isEqualTo("""
            name         count  note
            a                1
            much longer   1000  x
            """);
    }

    @Test
    void onlyTheTitlesAreStyled() {
        table.row("a", "1", "b");

        assertThat(printed(Style.COLOUR)).isEqualTo("\u001b[2mname  count  note\u001b[0m\na         1  b\n");
    }

    @Test
    void aRowOfAnotherWidthIsRefused() {
        assertThatThrownBy(() -> table.row("a")).hasMessage("1 cells for 3 columns");
    }

    private String printed(Style style) {
        StringWriter text = new StringWriter();
        table.print(SafeWriter.of(text), style);
        return text.toString();
    }
}
