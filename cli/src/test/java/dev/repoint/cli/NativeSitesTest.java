package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sites` and `table` of native code.
class NativeSitesTest {

    private static final String SOURCE = """
        #include <stdio.h>
        #define NOINLINE __attribute__((noinline))
        NOINLINE int crc(int x) { return x * 31 + 7; }
        int (*check)(int) = crc;
        NOINLINE int twice(int x) { return crc(x) + crc(x + 1); }
        int main(int c, char **v) { puts(v[0]); return twice(c) + check(c); }
        """;

    @TempDir
    private Path folder;

    @Test
    void everyPatchableIsListedWithItsSites() throws IOException {
        Path program = program("-Wl,--emit-relocs");

        Ran ran = Ran.repoint("sites", program.toString(), "--patchable", "crc", "--patchable", "check");

        assertThat(ran.exit()).as(ran.err()).isEqualTo(ExitCode.OK);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out().replaceAll("0x[0-9a-f]+ +", "ADDRESS ").replaceAll("(?m)^  plain: .*", "  plain: REASON"))
                .isEqualTo(program + """
                     (elf): x86-64, 2 patchables, 4 sites

                    check  1 site  plain
                      plain: REASON
                      pointer-call      ADDRESS main

                    crc  3 sites  plain
                      plain: REASON
                      call              ADDRESS twice
                      call              ADDRESS twice
                      data-pointer      ADDRESS check
                    """);
    }

    @Test
    void theJsonHasTheShapeOfJarsWithAddressesAndOffsets() throws IOException {
        Path program = program("-Wl,--emit-relocs");

        JsonObject file = json(Ran.repoint("sites", program.toString(), "--patchable", "crc", "--json"));

        assertThat(file.keySet()).containsExactly("file", "format", "patchables", "rejected");
        assertThat(file.get("format").getAsString()).isEqualTo("elf");
        JsonObject crc = file.getAsJsonArray("patchables").get(0).getAsJsonObject();
        assertThat(crc.keySet()).containsExactly("key", "safety", "sites");
        assertThat(crc.get("key").getAsString()).isEqualTo("crc");
        assertThat(crc.get("safety").getAsString()).isEqualTo("plain");
        JsonArray sites = crc.getAsJsonArray("sites");
        assertThat(sites).hasSize(3);
        JsonObject site = sites.get(0).getAsJsonObject();
        assertThat(site.keySet()).containsExactly("kind", "in", "line", "address", "offset");
        assertThat(site.get("kind").getAsString()).isEqualTo("call");
        assertThat(site.get("in").getAsString()).isEqualTo("twice");
        byte[] bytes = Files.readAllBytes(program);
        assertThat(bytes[Integer.decode(site.get("offset").getAsString())]).isEqualTo((byte) 0xe8);
    }

    @Test
    void linesAreThoseOfTheDebugInformation() throws IOException {
        Path program = program("-Wl,--emit-relocs", "-g");

        Ran ran = Ran.repoint("sites", program.toString(), "--patchable", "crc");
        JsonObject file = json(Ran.repoint("sites", program.toString(), "--patchable", "crc", "--json"));

        assertThat(ran.out()).containsPattern("call +0x[0-9a-f]+ +twice:5\\n");
        assertThat(file.getAsJsonArray("patchables")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonArray("sites")
                        .get(0)
                        .getAsJsonObject()
                        .get("line")
                        .getAsInt())
                .isEqualTo(5);
    }

    @Test
    void withoutKeysAllThatHasSitesIsListed() throws IOException {
        Path program = program("-Wl,--emit-relocs");

        Ran all = Ran.repoint("sites", program.toString());
        Ran summary = Ran.repoint("sites", program.toString(), "--summary");

        assertThat(all.out()).contains("\ntwice  1 site  plain\n", "\nputs@GLIBC_2.2.5  2 sites  import\n");
        assertThat(summary.out())
                .startsWith(program + " (elf): x86-64, ")
                .contains("  safety: 0 hook, 0 noipa, ", " plain\n", "  sites: ", " call, ")
                .doesNotContain("twice");
    }

    @Test
    void aPatchedSiteSaysWhatItLeadsToNow() throws IOException {
        Path program = program("-Wl,--emit-relocs");
        Path patched = folder.resolve("patched");
        assertThat(Ran.repoint("patch", program.toString(), "twice=crc", "-o", patched.toString())
                        .exit())
                .isZero();

        Ran text = Ran.repoint("sites", patched.toString(), "--patchable", "twice");
        JsonObject file = json(Ran.repoint("sites", patched.toString(), "--patchable", "twice", "--json"));

        assertThat(text.out()).containsPattern("call +0x[0-9a-f]+ +main -> crc\n");
        assertThat(file.getAsJsonArray("patchables")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonArray("sites")
                        .get(0)
                        .getAsJsonObject()
                        .get("now")
                        .getAsString())
                .isEqualTo("crc");
    }

    @Test
    void aStrippedFileWithItsTableHasWhatTheWholeFileHad() throws IOException {
        Path program = program("-Wl,--emit-relocs", "-Wl,--build-id");
        Path table = folder.resolve("kept.sites");
        String whole = Ran.repoint("sites", program.toString()).out();

        Ran written = Ran.repoint("table", program.toString(), "-o", table.toString());
        assertThat(written.exit()).as(written.err()).isEqualTo(ExitCode.OK);
        assertThat(written.out()).startsWith(table + ": ").contains(" sites, build ");
        Run.succeeding(folder, List.of(Tool.STRIP.required().command(), "-s", program.toString()));

        assertThat(Ran.repoint("sites", program.toString()).out()).isNotEqualTo(whole);
        assertThat(Ran.repoint("sites", program.toString(), "--table", table.toString())
                        .out())
                .isEqualTo(whole);
        Files.move(table, folder.resolve("program.sites"));
        Ran beside = Ran.repoint("sites", program.toString());
        assertThat(beside.out()).isEqualTo(whole);
        assertThat(beside.err()).isEmpty();
    }

    @Test
    void aTableOfAnotherBuildIsRefusedOrLeftOut() throws IOException {
        Path program = program("-Wl,--emit-relocs", "-Wl,--build-id=0x1234");
        assertThat(Ran.repoint("table", program.toString()).exit()).isZero();
        program("-Wl,--emit-relocs", "-Wl,--build-id=0x5678");

        Ran beside = Ran.repoint("sites", program.toString(), "--summary");
        assertThat(beside.exit()).isEqualTo(ExitCode.OK);
        assertThat(beside.err()).contains("program.sites is the table of another build, and was not used");

        Ran named = Ran.repoint("sites", program.toString(), "--table", program + ".sites");
        assertThat(named.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(named.err()).contains("1234", "5678", "repoint table").hasLineCount(1);
    }

    @Test
    void whatTheBuildLacksIsSaidWithTheFlag() throws IOException {
        Path program = program();

        Ran ran = Ran.repoint("sites", program.toString(), "--summary");

        assertThat(ran.exit()).isEqualTo(ExitCode.OK);
        assertThat(ran.err())
                .startsWith("repoint: " + program + ": no relocations of code")
                .contains("-Wl,--emit-relocs")
                .hasLineCount(1);
    }

    @Test
    void aKeyThatMatchesNothingIsAFailureWithTheNearestNames() throws IOException {
        Path program = program("-Wl,--emit-relocs");

        Ran ran = Ran.repoint("sites", program.toString(), "--patchable", "twise");

        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .isEqualTo("repoint: key 'twise' matches nothing in " + program + "; did you mean twice?\n");
    }

    @Test
    void jarsAndProgramsAreToldByTheirContent() throws IOException {
        Path program = program("-Wl,--emit-relocs");
        Path misnamed = Files.move(program, folder.resolve("program.jar"));
        Path jar = Sources.jar(folder, "app");

        Ran ran = Ran.repoint(
                "sites",
                misnamed.toString(),
                jar.toString(),
                "--patchable",
                "acme.Crc.update",
                "--patchable",
                "crc",
                "--json");

        assertThat(ran.exit()).as(ran.err()).isEqualTo(ExitCode.OK);
        List<String> formats = new ArrayList<>();
        for (JsonElement each :
                JsonParser.parseString(ran.out()).getAsJsonObject().getAsJsonArray("files")) {
            formats.add(each.getAsJsonObject().get("format").getAsString());
            assertThat(each.getAsJsonObject().getAsJsonArray("patchables")).hasSize(1);
        }
        assertThat(formats).containsExactly("elf", "jar");
    }

    @Test
    void whatCannotHaveATableIsRefusedWithTheReason() throws IOException {
        Path anonymous = program("-Wl,--emit-relocs", "-Wl,--build-id=none");
        Ran ofProgram = Ran.repoint("table", anonymous.toString());
        assertThat(ofProgram.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ofProgram.err()).contains("no build id", "-Wl,--build-id").hasLineCount(1);

        Path object = program("-c");
        Ran ofObject = Ran.repoint("table", object.toString());
        assertThat(ofObject.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ofObject.err()).contains("object file", "link it").hasLineCount(1);

        Ran overItself = Ran.repoint("table", object.toString(), "-o", object.toString());
        assertThat(overItself.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(overItself.err()).contains("is the file itself").hasLineCount(1);
    }

    @Test
    void aWovenJarHasItsTableInIt() throws IOException {
        Path jar = Sources.jar(folder, "app.jar");
        Path woven = folder.resolve("woven.jar");
        assertThat(Ran.repoint("weave", jar.toString(), "-o", woven.toString(), "--patchable", "acme.Crc.update")
                        .exit())
                .isZero();

        Ran stored = Ran.repoint("sites", woven.toString());
        assertThat(stored.err()).isEmpty();
        assertThat(stored.out()).contains("acme.Crc.update(int,byte[])  2 sites\n");

        Path table = folder.resolve("app.table");
        assertThat(Ran.repoint("table", woven.toString(), "-o", table.toString())
                        .exit())
                .isZero();
        assertThat(Files.readString(table)).startsWith("repoint-table\t1\n").contains("\tacme.Crc\tupdate\t");
        assertThat(Ran.repoint("sites", jar.toString(), "--table", table.toString())
                        .out())
                .contains("acme.Crc.update(int,byte[])  2 sites\n");
    }

    private static JsonObject json(Ran ran) {
        assertThat(ran.exit()).as(ran.err()).isEqualTo(ExitCode.OK);
        return JsonParser.parseString(ran.out())
                .getAsJsonObject()
                .getAsJsonArray("files")
                .get(0)
                .getAsJsonObject();
    }

    private Path program(String... flags) throws IOException {
        Files.writeString(folder.resolve("program.c"), SOURCE);
        List<String> command = new ArrayList<>(List.of(
                Tool.GCC.required().command(), "-O2", "-ffunction-sections", "-w", "program.c", "-o", "program"));
        command.addAll(List.of(flags));
        Run.succeeding(folder, command);
        return folder.resolve("program");
    }
}
