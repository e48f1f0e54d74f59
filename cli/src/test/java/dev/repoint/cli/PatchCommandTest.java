package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `patch`, as it is typed.
class PatchCommandTest {

    private static final String CALLERS = """
        #include <stdio.h>
        int crc(int x);
        extern int (*check)(int);
        int twice(int x) { return crc(x) + crc(x + 1); }
        int main(int c, char **v) { printf("%d %d\\n", twice(c), check(c) + 1); return 0; }
        """;
    private static final String FUNCTIONS = """
        int crc(int x) { return x * 31 + 7; }
        int fast(int x) { return x; }
        int (*check)(int) = crc;
        """;

    @TempDir
    private Path folder;

    private Path program(String... flags) throws IOException {
        Tool.GCC.required();
        Files.writeString(folder.resolve("callers.c"), CALLERS);
        Files.writeString(folder.resolve("functions.c"), FUNCTIONS);
        List<String> command = new ArrayList<>(List.of("gcc", "-O2", "-ffunction-sections", "-Wl,--build-id"));
        command.addAll(List.of(flags));
        command.addAll(List.of("callers.c", "functions.c", "-o", "program"));
        Run.succeeding(folder, command);
        return folder.resolve("program");
    }

    private String run(Path program) throws IOException {
        return Run.succeeding(folder, List.of(program.toString())).output().strip();
    }

    @Test
    void aPatchedProgramIsWrittenAndWhatWasDoneIsTold() throws IOException {
        Path program = program("-Wl,--emit-relocs");
        Path out = folder.resolve("patched");
        assertThat(run(program)).isEqualTo("107 39");

        Ran ran = Ran.repoint("patch", program.toString(), "crc=fast", "-o", out.toString());

        assertThat(ran.exit()).as(ran.err()).isEqualTo(ExitCode.OK);
        assertThat(ran.out()).isEqualTo("crc -> fast: 3 sites changed\n" + out + ": changed 3 sites, 26 bytes\n");
        assertThat(ran.err())
                .startsWith("repoint: warning: crc is not safe to patch: ")
                .hasLineCount(1);
        assertThat(run(out)).isEqualTo("3 2");
        assertThat(run(program)).isEqualTo("107 39");
    }

    @Test
    void aDryRunShowsAllBytesAndWritesNothing() throws IOException {
        Path program = program("-Wl,--emit-relocs");
        Path out = folder.resolve("patched");

        Ran ran = Ran.repoint(
                "patch", program.toString(), "crc=nothing", "check+0=fast", "--dry-run", "-o", out.toString());

        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("check: data-pointer at 0x").contains("is changed by crc as well");

        ran = Ran.repoint("patch", program.toString(), "check=fast", "--dry-run", "-o", out.toString());

        assertThat(ran.exit()).isEqualTo(ExitCode.OK);
        assertThat(ran.out()
                        .replaceAll("0x[0-9a-f]+", "N")
                        .replaceAll("(?<= )[0-9a-f]{2}(?= [0-9a-f]{2} | {2})", "hh")
                        .replaceAll(" +", " "))
                .isEqualTo("""
                    check -> fast: 2 sites changed
                     N data-pointer at N in check (.rela.dyn)
                     - hh hh hh hh hh hh hh hh hh hh hh hh hh hh hh hh R_X86_64_RELATIVE N <crc>
                     + hh hh hh hh hh hh hh hh hh hh hh hh hh hh hh hh R_X86_64_RELATIVE N <fast>
                     N pointer-call in main (.text.startup)
                     - hh hh hh hh hh hh call *N(%%rip) # N <check>
                     + hh hh hh hh hh hh addr32 call N <fast>
                    %s: would change 2 sites, 22 bytes; nothing was written
                    """.formatted(program).replace(".text.startup", section(ran.out())));
        assertThat(ran.out()
                        .lines()
                        .filter(line ->
                                line.strip().startsWith("- ") || line.strip().startsWith("+ "))
                        .map(line -> line.indexOf(
                                        "  ",
                                        line.length() - line.stripLeading().length() + 2)
                                > 0))
                .containsOnly(true);
        assertThat(out).doesNotExist();
    }

    private static String section(String printed) {
        int start = printed.lastIndexOf("(.") + 1;
        return printed.substring(start, printed.indexOf(')', start));
    }

    @Test
    void theMeaningsOfADryRunStandInOneColumn() throws IOException {
        Ran ran = Ran.repoint("patch", program("-Wl,--emit-relocs").toString(), "crc=fast", "--dry-run");

        List<Integer> columns = ran.out()
                .lines()
                .filter(line -> line.contains("call 0x") || line.contains("R_X86_64"))
                .map(line -> Math.max(line.indexOf("call 0x"), line.indexOf("R_X86_64")))
                .distinct()
                .toList();
        assertThat(columns).hasSize(1);
    }

    @Test
    void theJsonHasEveryEdit() throws IOException {
        Path program = program("-Wl,--emit-relocs");
        Path out = folder.resolve("patched");

        Ran ran = Ran.repoint("patch", program.toString(), "crc=fast", "-o", out.toString(), "--json");

        JsonObject json = JsonParser.parseString(ran.out()).getAsJsonObject();
        assertThat(json.keySet()).containsExactly("file", "output", "keys", "warnings");
        JsonObject key = json.getAsJsonArray("keys").get(0).getAsJsonObject();
        assertThat(key.keySet())
                .containsExactly("key", "target", "by", "safety", "changed", "unchanged", "left", "warnings", "edits");
        assertThat(key.get("changed").getAsInt()).isEqualTo(3);
        assertThat(key.getAsJsonArray("edits")).hasSize(3);
        byte[] old = Files.readAllBytes(program);
        byte[] now = Files.readAllBytes(out);
        key.getAsJsonArray("edits").forEach(each -> {
            JsonObject edit = each.getAsJsonObject();
            int offset = Integer.decode(edit.get("offset").getAsString());
            byte[] before = HexFormat.of().parseHex(edit.get("old").getAsString());
            byte[] after = HexFormat.of().parseHex(edit.get("new").getAsString());
            assertThat(old).containsSequence(before);
            assertThat(Arrays.copyOfRange(old, offset, offset + before.length)).isEqualTo(before);
            assertThat(Arrays.copyOfRange(now, offset, offset + after.length)).isEqualTo(after);
            assertThat(edit.get("after").getAsString()).contains("fast");
        });
    }

    @Test
    void theDefaultGivesTheFileBack() throws IOException {
        Path program = program("-Wl,--emit-relocs");
        Path original = Files.copy(program, folder.resolve("original"));

        Ran there = Ran.repoint("patch", program.toString(), "crc=zero", "check=fast", "-o", program.toString());
        assertThat(there.err()).contains("is changed by crc as well");
        there = Ran.repoint("patch", program.toString(), "crc=zero", "-o", program.toString());
        assertThat(there.exit()).as(there.err()).isEqualTo(ExitCode.OK);
        assertThat(run(program)).isEqualTo("0 1");
        Ran back = Ran.repoint("patch", program.toString(), "crc=default", "-o", program.toString());

        assertThat(back.out()).startsWith("crc -> default: 3 sites changed\n");
        assertThat(back.err()).isEmpty();
        assertThat(Files.mismatch(original, program)).isEqualTo(-1);
    }

    @Test
    void aStrippedProgramIsPatchedByTheTableBesideIt() throws IOException {
        Path program = program("-Wl,--emit-relocs");
        Path table = folder.resolve("elsewhere");
        assertThat(Ran.repoint("table", program.toString(), "-o", table.toString())
                        .exit())
                .isEqualTo(ExitCode.OK);
        Run.succeeding(folder, List.of("strip", program.toString()));
        Path out = folder.resolve("patched");

        Ran without = Ran.repoint("patch", program.toString(), "crc=fast", "-o", out.toString());
        assertThat(without.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(without.err()).contains("stripped").contains("--table").hasLineCount(1);
        Ran named =
                Ran.repoint("patch", program.toString(), "crc=fast", "--table", table.toString(), "-o", out.toString());
        assertThat(named.exit()).as(named.err()).isEqualTo(ExitCode.OK);
        assertThat(run(out)).isEqualTo("3 2");
        Files.move(table, folder.resolve("program.sites"));
        Ran beside = Ran.repoint("patch", program.toString(), "crc=zero", "-o", out.toString());
        assertThat(beside.exit()).as(beside.err()).isEqualTo(ExitCode.OK);
        assertThat(run(out)).isEqualTo("0 1");
    }

    @Test
    void anObjectFileIsPatchedInItsPlace() throws IOException {
        program("-Wl,--emit-relocs");
        Run.succeeding(folder, List.of("gcc", "-O2", "-c", "callers.c", "functions.c"));
        Path object = folder.resolve("callers.o");

        Ran ran = Ran.repoint("patch", object.toString(), "crc=brand_new", "-o", object.toString());

        assertThat(ran.out()).startsWith("crc -> brand_new: 2 sites changed\n");
        Files.writeString(folder.resolve("new.c"), "int brand_new(int x) { return 1000; }\n");
        Run.succeeding(folder, List.of("gcc", "callers.o", "functions.o", "new.c", "-o", "linked"));
        assertThat(run(folder.resolve("linked"))).isEqualTo("2000 39");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        crd=fast      | program: crd: there is no such function or pointer in this file; did you mean crc?
        crc=fats      | program: crc: there is no function fats in this file; did you mean fast?
        crc=check     | program: crc: the target check is a variable, not a function
        check=puts    | program: check: there is no function puts in this file
        """)
    void whatCannotBeDoneIsOneLineAndNothingIsWritten(String change, String part) throws IOException {
        Path out = folder.resolve("patched");

        Ran ran = Ran.repoint("patch", program("-Wl,--emit-relocs").toString(), change, "-o", out.toString());

        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).startsWith("repoint: ").contains(part).hasLineCount(1);
        assertThat(ran.out()).isEmpty();
        assertThat(out).doesNotExist();
    }

    @Test
    void withoutRelocationsTheFlagIsNamed() throws IOException {
        Ran ran = Ran.repoint("patch", program().toString(), "crc=fast", "--dry-run", "--by", "sites");

        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("-Wl,--emit-relocs").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        patch                           | missing required parameter
        patch program                   | missing required parameter: 'KEY=TARGET'
        patch program crc=fast          | missing required option: '--output=OUT', or --dry-run
        patch program crc=fast --drrun  | unknown option '--drrun'; did you mean --dry-run?
        """)
    void wrongUsageIsOneLineAndExitTwo(String typed, String part) {
        Ran ran = Ran.repoint(typed.split(" "));

        assertThat(ran.err())
                .startsWith("repoint: ")
                .contains(part)
                .contains("; see repoint")
                .hasLineCount(1);
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aChangeWithoutATargetIsWrongUsage() throws IOException {
        Ran ran = Ran.repoint("patch", program().toString(), "crc", "--dry-run");

        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err())
                .startsWith("repoint: 'crc' is not KEY=TARGET; write")
                .hasLineCount(1);
    }

    @Test
    void whatIsNeitherNativeCodeNorAJarIsRefused() throws IOException {
        Path jar = Files.writeString(folder.resolve("app.jar"), "PK");

        Ran ran = Ran.repoint("patch", jar.toString(), "a=b", "--dry-run");

        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err())
                .isEqualTo("repoint: " + jar + " is neither a jar nor a class file: it starts with 50 4b\n");
        Ran missing = Ran.repoint("patch", folder.resolve("none").toString(), "a=b", "--dry-run");
        assertThat(missing.err())
                .isEqualTo("repoint: " + folder.resolve("none") + ": there is no such file or folder\n");
    }
}
