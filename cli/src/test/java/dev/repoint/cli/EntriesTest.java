package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Functions that are patched at their entries, as it is typed.
class EntriesTest {

    private static final String SOURCE = """
        #include <stdio.h>
        __attribute__((noinline)) int price(int x) { return x * 3 + 10; }
        __attribute__((noinline)) int discount(int x) { return price(x) - 5; }
        __attribute__((noinline)) int tiny(void) { return 0; }
        int main(int count, char **arguments) { printf("%d %d\\n", price(count), tiny()); return 0; }
        """;

    @TempDir
    private Path folder;

    @Test
    void aProgramWithoutRelocationsIsPatchedAtTheEntryAndGivenBack() throws IOException {
        Path program = program();
        Path out = folder.resolve("patched");

        Ran ran = Ran.repoint("patch", program.toString(), "price=discount", "-o", out.toString(), "--force");

        assertThat(ran.exit()).as(ran.err()).isEqualTo(ExitCode.OK);
        assertThat(ran.out())
                .matches("price -> discount: its entry changed\n.*patched: changed 1 entry, [0-9,]+ bytes\n");
        assertThat(run(out)).isEqualTo("8 0");
        assertThat(Ran.repoint("status", out.toString()).out().replaceAll(" +", " "))
                .isEqualTo("patchable target sites note\nprice discount 1 its entry\n");

        Ran back = Ran.repoint("patch", out.toString(), "price=default", "-o", out.toString());

        assertThat(back.out()).startsWith("price -> default: its entry changed\n");
        assertThat(out).hasSameBinaryContentAs(program);
        assertThat(Ran.repoint("status", out.toString()).out()).isEmpty();
    }

    @Test
    void whatIsPatchedCanBeSaid() throws IOException {
        String program = program("-ffunction-sections", "-Wl,--emit-relocs").toString();
        String out = folder.resolve("patched").toString();
        assertThat(by(Ran.repoint("patch", program, "price=zero", "-o", out, "--json")))
                .isEqualTo("sites");
        assertThat(by(Ran.repoint("patch", program, "price=zero", "-o", out, "--json", "--by", "entry")))
                .isEqualTo("entry");
        Ran stripped = Ran.repoint("patch", program().toString(), "price=zero", "-o", out, "--by", "sites");
        assertThat(stripped.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(stripped.err()).contains("no relocations of code", "--by entry");
        assertThat(Ran.repoint("patch", program, "price=zero", "-o", out, "--by", "luck")
                        .err())
                .contains("--by", "'luck' is neither entry nor sites");
    }

    @Test
    void namesComeFromADebugFileInAFolder() throws IOException {
        Tool.OBJCOPY.required();
        Path program = program("-Wl,--build-id=none");
        Run.succeeding(folder, List.of("objcopy", "--only-keep-debug", "program", "program.debug"));
        Run.succeeding(folder, List.of("objcopy", "--strip-all", "--add-gnu-debuglink=program.debug", "program"));
        Path debug = Files.createDirectories(folder.resolve("debug"));
        Files.move(folder.resolve("program.debug"), debug.resolve("program.debug"));
        String out = folder.resolve("patched").toString();

        Ran without = Ran.repoint("patch", program.toString(), "price=discount", "-o", out);
        assertThat(without.exit()).isEqualTo(ExitCode.FAILURE);
        Ran with =
                Ran.repoint("patch", program.toString(), "price=discount", "-o", out, "--debug-dir", debug.toString());
        assertThat(with.exit()).as(with.err()).isEqualTo(ExitCode.OK);
        assertThat(run(Path.of(out))).isEqualTo("8 0");
    }

    @Test
    void typesComeFromADebugFileInAFolder() throws IOException {
        Tool.OBJCOPY.required();
        Files.writeString(folder.resolve("rate.c"), """
            __attribute__((noinline)) int count(int x) { return x * 5 + 37; }
            __attribute__((noinline)) double rate(int x) { return x * 0.5; }
            int main(int count_of, char **arguments) { (void) arguments; return count(count_of) + (int) rate(2); }
            """);
        Run.succeeding(folder, List.of("gcc", "-O2", "-g", "-Wl,--build-id", "rate.c", "-o", "rated"));
        Path debug = Files.createDirectories(folder.resolve("debug"));
        Run.succeeding(folder, List.of("objcopy", "--only-keep-debug", "rated", "debug/rated.debug"));
        Run.succeeding(folder, List.of("objcopy", "--strip-debug", "--add-gnu-debuglink=debug/rated.debug", "rated"));
        String rated = folder.resolve("rated").toString();
        String out = folder.resolve("patched").toString();

        Ran without = Ran.repoint("patch", rated, "count=rate", "-o", out);
        assertThat(without.exit()).as(without.err()).isEqualTo(ExitCode.OK);
        assertThat(without.err()).contains("it is not known whether rate is of its type");
        for (String change : List.of("count=rate", "rate=zero")) {
            Ran with = Ran.repoint("patch", rated, change, "-o", out, "--debug-dir", debug.toString());
            assertThat(with.exit()).isEqualTo(ExitCode.FAILURE);
            assertThat(with.err()).contains("double", "--force");
        }
    }

    @Test
    void namesComeFromAStoredTable() throws IOException {
        String program = program("-Wl,--build-id").toString();
        String sites = folder.resolve("program.table").toString();
        String out = folder.resolve("patched").toString();
        assertThat(Ran.repoint("table", program, "-o", sites).exit()).isEqualTo(ExitCode.OK);
        Run.succeeding(folder, List.of("strip", "program"));

        Ran ran = Ran.repoint("patch", program, "price=discount", "--table", sites, "-o", out);

        assertThat(ran.out()).startsWith("price -> discount: its entry changed\n");
        assertThat(run(Path.of(out))).isEqualTo("8 0");
    }

    @Test
    void aDebugFileOfAnotherBuildIsNamed() throws IOException {
        Tool.OBJCOPY.required();
        Path program = program("-Wl,--build-id=none");
        Run.succeeding(folder, List.of("objcopy", "--only-keep-debug", "program", "program.debug"));
        Run.succeeding(folder, List.of("objcopy", "--strip-all", "--add-gnu-debuglink=program.debug", "program"));
        Files.writeString(folder.resolve("program.debug"), "0", StandardOpenOption.APPEND);
        Ran ran = Ran.repoint(
                "patch",
                program.toString(),
                "price=discount",
                "-o",
                folder.resolve("patched").toString());
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err())
                .contains("program.debug is not the debug file of ", "its checksum is not that of .gnu_debuglink")
                .hasLineCount(1);
    }

    @Test
    void theFunctionsOfAFileAreListedWithTheirVerdicts() throws IOException {
        String program = program().toString();
        Ran ran = Ran.repoint("sites", program, "--entries", "--patchable", "price", "--patchable", "main");
        assertThat(ran.exit()).as(ran.err()).isEqualTo(ExitCode.OK);
        assertThat(ran.out().replaceAll("0x[0-9a-f]+", "N"))
                .contains("program (elf): x86-64, 2 functions, 2 entries can be patched\n")
                .containsPattern("price +N +[0-9]+ +\\.symtab +as it is");
        JsonObject json = JsonParser.parseString(
                        Ran.repoint("sites", program, "--entries", "--json", "--patchable", "price")
                                .out())
                .getAsJsonObject();
        JsonObject entry = json.getAsJsonArray("files")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("entries")
                .get(0)
                .getAsJsonObject();
        assertThat(entry.get("key").getAsString()).isEqualTo("price");
        assertThat(entry.get("verdict").getAsString()).isEqualTo("accepted");
        assertThat(Ran.repoint("sites", program, "--entries", "--summary").out())
                .contains("as it is");
        assertThat(Ran.repoint("sites", program, "--entries", "--patchable", "nothere")
                        .err())
                .contains("matches no function");
    }

    private static String by(Ran ran) {
        assertThat(ran.exit()).as(ran.err()).isEqualTo(ExitCode.OK);
        return JsonParser.parseString(ran.out())
                .getAsJsonObject()
                .getAsJsonArray("keys")
                .get(0)
                .getAsJsonObject()
                .get("by")
                .getAsString();
    }

    private Path program(String... flags) throws IOException {
        Files.writeString(folder.resolve("program.c"), SOURCE);
        List<String> command = new ArrayList<>(List.of("gcc", "-O2"));
        command.addAll(List.of(flags));
        command.addAll(List.of("program.c", "-o", "program"));
        Run.succeeding(folder, command);
        return folder.resolve("program");
    }

    private String run(Path program) throws IOException {
        return Run.succeeding(folder, List.of(program.toString())).output().strip();
    }
}
