package dev.repoint.it.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.cli.Main;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands on the example, as its reader types them.
class CommandsTest {

    @TempDir
    private Path folder;

    private String shop = "";
    private String sale = "";

    @BeforeEach
    void compile() throws IOException {
        shop = build("shop", "@" + Sources.include().resolve("repoint.ldflags"));
        sale = folder.resolve("sale").toString();
    }

    @Test
    void sitesShowsTheHookWithItsCall() {
        String text = repoint(0, "sites", shop, "--patchable", "price");
        assertThat(text).contains("price", "hook", "call", "main");
        assertThat(text).doesNotContain("printf");
    }

    @Test
    void aDryRunShowsOldAndNewCodeAndWritesNothing() {
        String text = repoint(0, "patch", shop, "price=price_sale", "--dry-run");
        assertThat(text).contains("- e8", "<price>", "+ e8", "<price_sale>", "nothing was written");
        assertThat(folder.resolve("sale")).doesNotExist();
    }

    @Test
    void aPatchedProgramRunsWithoutUs() throws IOException {
        repoint(0, "patch", shop, "price=price_sale", "-o", sale);
        assertThat(run("sale")).isEqualTo("two teas cost 30\n");
        assertThat(run("shop")).isEqualTo("two teas cost 60\n");
        repoint(0, "patch", sale, "price=zero", "-o", sale);
        assertThat(run("sale")).isEqualTo("two teas cost 0\n");
        repoint(0, "patch", sale, "price=default", "-o", sale);
        assertThat(folder.resolve("sale")).hasSameBinaryContentAs(folder.resolve("shop"));
    }

    @Test
    void aStrippedProgramIsPatchedByItsTable() throws IOException {
        repoint(0, "table", shop);
        Run.succeeding(folder, List.of(Tool.STRIP.required().command(), shop));
        assertThat(Run.succeeding(folder, List.of(Tool.READELF.required().command(), "-rW", shop))
                        .output())
                .doesNotContain(".rela.text");
        repoint(0, "patch", shop, "price=price_sale", "-o", sale);
        assertThat(run("sale")).isEqualTo("two teas cost 30\n");
    }

    @Test
    void aProgramWithoutRelocationsIsRefusedWithTheFlagThatItLacks() throws IOException {
        String plain = build("plain");
        assertThat(repoint(1, "patch", plain, "price=price_sale", "-o", sale)).contains("price", "--emit-relocs");
        assertThat(folder.resolve("sale")).doesNotExist();
    }

    private String build(String name, String... flags) throws IOException {
        Path example = Sources.home().resolve("examples/native-hook");
        List<String> command = new ArrayList<>(List.of(Tool.GCC.required().command(), "-O2", "-I" + Sources.include()));
        command.add("@" + Sources.include().resolve("repoint.cflags"));
        command.addAll(List.of(flags));
        command.addAll(List.of(
                example.resolve("shop.c").toString(), example.resolve("price.c").toString()));
        command.addAll(List.of("-o", name));
        Run.succeeding(folder, command);
        return folder.resolve(name).toString();
    }

    private String run(String program) throws IOException {
        return Run.succeeding(folder, List.of("./" + program)).output();
    }

    /// All that a command writes.
    private static String repoint(int exit, String... arguments) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        int code = Main.run(writer, writer, arguments);
        writer.flush();
        assertThat(code).as(text.toString()).isEqualTo(exit);
        return text.toString();
    }
}
