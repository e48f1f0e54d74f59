package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.KeyPattern;
import dev.repoint.agent.control.Outcome;
import dev.repoint.agent.control.PatchableStatus;
import dev.repoint.cli.output.Style;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmStatusTableTest {

    private static final JvmStatusTable ROWS = new JvmStatusTable(List.of(
            row("acme.Crc.update(int,byte[])", "int update(int,byte[])", "default", 1, "web-1"),
            row("acme.Crc.update(int,byte[])", "int update(int,byte[])", "default", 2, "web-2"),
            row("acme.Crc.update(int,byte[])", "int update(int,byte[])", "acme.Fast.update", 3, "web-3"),
            row("acme.Flags.fast", "boolean fast", "true", 1, "app"),
            row("org.Log.debug(java.lang.String)", "void debug(java.lang.String)", "nothing", 0, "app")));

    @Test
    void thoseOfSeveralLoadersThatAreAlikeAreOneRow() {
        assertThat(printed(ROWS, false))
                .containsExactly(
                        "patchable                        target            mode      links  changes  note",
                        "acme.Crc.update(int,byte[])      default           constant      3        2  in 2 class"
                                + " loaders",
                        "acme.Crc.update(int,byte[])      acme.Fast.update  constant      3        1",
                        "acme.Flags.fast                  true              constant      1        1",
                        "org.Log.debug(java.lang.String)  nothing           constant      0        1");
    }

    @Test
    void loadersAreNamedOnDemand() {
        assertThat(printed(ROWS, true))
                .hasSize(6)
                .anyMatch(line -> line.contains("class loader"))
                .anyMatch(line -> line.matches("acme.Crc.update.* 2 +1 +web-2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "acme.** | 3",
                "acme.Crc.update | 3",
                "acme.Crc.update(int,byte[]) | 3",
                "acme.Crc.update(int) | 0",
                "org.Log.debug(String) | 1",
                "acme.Flags.fast | 1",
                "acme.Flags.fast:boolean | 1",
                "**:* | 1",
                "com.** | 0"
            })
    void aKeyChooses(String pattern, int rows) {
        assertThat(ROWS.matching(List.of(KeyPattern.parse(pattern))).patchables())
                .hasSize(rows);
    }

    @Test
    void aLongKeyDoesNotPushTheOthersApart() {
        String key = "acme." + "Long".repeat(30) + ".name()";
        JvmStatusTable rows = new JvmStatusTable(List.of(
                row("acme.Short.name()", "void name()", "default", 1, "app"),
                row(key, "void name()", "nothing", 1, "app")));

        assertThat(printed(rows, false))
                .containsExactly(
                        "patchable          target   mode      links  changes  note",
                        "acme.Short.name()  default  constant      1        1",
                        key,
                        "                   nothing  constant      1        1");
    }

    @Test
    void whatWasResetInSeveralLoadersIsOneLine() {
        StringWriter out = new StringWriter();
        Outcome reset = new Outcome("acme.Crc.update()", "nothing", "default", "");
        OutcomeReport.print(
                1,
                List.of(reset, reset, new Outcome("acme.X.y()", "nothing", "default", "")),
                false,
                new PrintWriter(out, true));

        assertThat(out.toString().lines())
                .containsExactly(
                        "acme.Crc.update(): nothing -> default (in 2 class loaders)", "acme.X.y(): nothing -> default");
    }

    private static PatchableStatus row(String key, String declaration, String target, int links, String loader) {
        return new PatchableStatus(key, declaration, target, "constant", links, 1, loader, "");
    }

    private static List<String> printed(JvmStatusTable rows, boolean withLoaders) {
        StringWriter out = new StringWriter();
        rows.print(withLoaders, new PrintWriter(out, true), Style.PLAIN);
        return out.toString().lines().toList();
    }
}
