package dev.repoint.weaver.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.Key;
import dev.repoint.weaver.Safety;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.WeaveException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

    private static final Key UPDATE = new Key("com.acme.Crc", "update", "(I[B)I");
    private static final Key UTC = new Key("java.time.Clock", "systemUTC", "()Ljava/time/Clock;");
    private static final Key MAIN = new Key("com.acme.Main", "main", "([Ljava/lang/String;)V");

    private static final Table TABLE = new Table(
            List.of(
                    new TableRow(UTC, Safety.SITES, "for a reason", List.of(new Site(UTC, "invokestatic", MAIN, -1))),
                    new TableRow(
                            UPDATE,
                            Safety.ENTRY,
                            "",
                            List.of(
                                    new Site(UPDATE, "methodref", MAIN, 12),
                                    new Site(UPDATE, "invokestatic", MAIN, 3)))),
            List.of(new Rejected("com/acme/x.class", "malformed"), new Rejected("com.acme.Crc.<init>()", "no")));

    private static final String TEXT = """
        repoint-table	1
        patchable	entry	com.acme.Crc	update	(I[B)I\t
        site	invokestatic	com.acme.Main	main	([Ljava/lang/String;)V	3
        site	methodref	com.acme.Main	main	([Ljava/lang/String;)V	12
        patchable	sites	java.time.Clock	systemUTC	()Ljava/time/Clock;	for a reason
        site	invokestatic	com.acme.Main	main	([Ljava/lang/String;)V	-1
        rejected	com.acme.Crc.<init>()	no
        rejected	com/acme/x.class	malformed
        end	8
        """;

    @Test
    void aTableIsWrittenSortedWithItsLinesCounted() {
        assertThat(new String(TableWriter.write(TABLE), StandardCharsets.UTF_8)).isEqualTo(TEXT);
    }

    @Test
    void whatIsWrittenIsReadBack() {
        assertThat(TableReader.read(TableWriter.write(TABLE), "t")).isEqualTo(TABLE);
        assertThat(TableReader.read(TableWriter.write(Table.EMPTY), "t")).isEqualTo(Table.EMPTY);
    }

    @Test
    void everyNameThatAClassFileMayHoldSurvives() {
        Key odd = new Key("pücke.A\\B", "tab\tline\n\r\u2028\ud800end\u0000", "()V");
        Table table = new Table(
                List.of(new TableRow(odd, Safety.ENTRY, "", List.of(new Site(odd, "ldc", odd, 1)))), List.of());

        byte[] text = TableWriter.write(table);

        assertThat(TableReader.read(text, "t")).isEqualTo(table);
        assertThat(new String(text, StandardCharsets.UTF_8)).contains("pücke.A\\\\B\ttab\\u0009line\\u000a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        repoint-table	1     | repoint-tables	1  | line 1: found 'repoint-tables' where 'repoint-table' was expected
        repoint-table	1     | repoint-table	2   | line 1: format 2 was written by a later Repoint; this one reads up to 1: update
        repoint-table	1     | repoint-table	x   | line 1: found 'x' where a number was expected
        patchable	entry      | patchable	never     | line 2: found the safety 'never' where entry, field or sites was expected
        patchable	entry	com.acme.Crc | patchable	entry	com/acme/Crc | line 2: not the binary name of a class: 'com/acme/Crc'
        patchable	entry      | patchable	field     | line 2: com.acme.Crc.update(int,byte[]) is a method and not of the safety 'field'
        (I[B)I               | I[B                | line 2: not a descriptor of a method or field: 'I[B' (of com.acme.Crc.update)
        site	invokestatic    | site	invoke        | line 3: found the kind 'invoke'
        )V	3                 | )V	-2              | line 3: found -2 where a number from -1 was expected
        )V	3                 | )V	3	4             | line 3: found 7 fields in a line of 'site' where 6 were expected
        patchable	entry      | site	invokestatic   | line 2: found a site before any patchable
        rejected             | reject             | line 7: found 'reject' where patchable, site, rejected or end was expected
        end	8                | end	7              | line 9: found 8 lines before the end, but it counts 7
        """)
    void aDamagedTableIsRefusedWithTheLineAndWhatWasFound(String good, String bad, String message) {
        assertThat(TEXT).contains(good);

        assertThatThrownBy(() -> read(TEXT.replaceFirst(Pattern.quote(good), bad)))
                .isInstanceOf(WeaveException.class)
                .hasMessage("app.jar@META-INF/repoint/table: " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\date", "\\u00g1", "\\u00"})
    void aMalformedEscapeIsRefused(String found) {
        assertThatThrownBy(() -> read(TEXT.replace("update", found)))
                .isInstanceOf(WeaveException.class)
                .hasMessageContaining("line 2: found '" + found + "' where")
                .hasMessageEndingWith("was expected");
    }

    @Test
    void aTableThatIsCutShortIsRefused() {
        assertThatThrownBy(() -> read(TEXT.substring(0, TEXT.indexOf("end"))))
                .isInstanceOf(WeaveException.class)
                .hasMessageContaining("found '' where patchable, site, rejected or end was expected");
        assertThatThrownBy(() -> read("repoint-table\t1"))
                .isInstanceOf(WeaveException.class)
                .hasMessageContaining("line 1: the text ends without its line 'end'");
        assertThatThrownBy(() -> read(TEXT + "x")).hasMessageContaining("line 9: found text behind the line 'end'");
    }

    @Test
    void whatIsNoTextIsRefused() {
        assertThatThrownBy(() -> TableReader.read(new byte[] {(byte) 0xff, 1}, "t"))
                .isInstanceOf(WeaveException.class)
                .hasMessage("t: not a table: it is not UTF-8");
    }

    @Test
    void twoRowsOfOneKeyAreRefused() {
        assertThatThrownBy(
                        () -> read("repoint-table\t1\n" + "patchable\tentry\ta.B\tm\t()V\t\n".repeat(2) + "end\t3\n"))
                .isInstanceOf(WeaveException.class)
                .hasMessageContaining("two rows for a.B.m()");
    }

    @Test
    void anEarlierTableAddsWhatTheLaterOneDoesNotHave() {
        Table later =
                new Table(List.of(new TableRow(UPDATE, Safety.ENTRY, "", List.of())), List.of(new Rejected("a", "b")));

        Table both = later.and(TABLE);

        assertThat(both.rows()).extracting(TableRow::key).containsExactly(UPDATE, UTC);
        assertThat(both.rows().getFirst().sites()).isEmpty();
        assertThat(both.rejected()).hasSize(3);
    }

    private static Table read(String text) {
        return TableReader.read(text.getBytes(StandardCharsets.UTF_8), "app.jar@META-INF/repoint/table");
    }
}
