package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SitesCommandTest {

    @TempDir
    private Path folder;

    @Test
    void everyPatchableIsListedWithItsSites() throws IOException {
        Path jar = Sources.jar(folder, "app.jar");

        Ran ran = Ran.repoint("sites", jar.toString(), "--patchable", "acme.Crc.*");

        assertThat(ran.exit()).isEqualTo(ExitCode.OK);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out().replace(folder + "/", "")).isEqualTo("""
            app.jar (jar): 3 classes, 3 patchables, 4 sites

            acme.Crc.get()  1 site
              methodref        acme.Main.main(java.lang.String[]):6

            acme.Crc.nativeGet()  1 site
              not its entry: a native method has no body to patch; patch its calls (sites)
              invokevirtual    acme.Main.main(java.lang.String[]):8

            acme.Crc.update(int,byte[])  2 sites
              invokestatic     acme.Crc.get():4
              invokestatic     acme.Main.main(java.lang.String[]):7

            cannot be patched:
              acme.Crc.<init>(): a constructor cannot be patched: its object is not initialised where the prologue would run
            """);
    }

    @Test
    void theSummaryHasNumbersAndReasonsOnly() throws IOException {
        Path classes = Sources.classes(folder);

        Ran ran = Ran.repoint("sites", classes.toString(), "--patchable", "acme.**", "--summary");

        assertThat(ran.out().replace(folder + "/", "")).isEqualTo("""
            classes (directory): 3 classes, 5 patchables, 4 sites
              3 entries and the calls of 2 more methods can be patched
              5 entries cannot, by reason:
                     3  a constructor cannot be patched: its object is not initialised where the prologue would run (acme.Crc$Base.<init>())
                     1  a native method has no body to patch; patch its calls (sites) (acme.Crc.nativeGet())
                     1  an abstract method has no body to patch; patch its calls (sites) (acme.Crc$Base.size())
            """);
    }

    @Test
    void theJsonHasTheShapeThatIsDocumented() throws IOException {
        Path jar = Sources.jar(folder, "app.jar");

        Ran ran = Ran.repoint(
                "sites", jar.toString(), "--patchable", "acme.Crc.update", "--patchable", "acme.Crc.<init>", "--json");

        assertThat(ran.exit()).as(ran.err()).isEqualTo(ExitCode.OK);
        JsonObject read = JsonParser.parseString(ran.out()).getAsJsonObject();
        assertThat(read.keySet()).containsExactly("files");
        JsonObject file = read.getAsJsonArray("files").get(0).getAsJsonObject();
        assertThat(file.keySet()).containsExactly("file", "format", "patchables", "rejected");
        assertThat(file.get("file").getAsString()).isEqualTo(jar.toString());
        assertThat(file.get("format").getAsString()).isEqualTo("jar");
        JsonArray patchables = file.getAsJsonArray("patchables");
        assertThat(patchables).hasSize(1);
        assertThat(patchables.get(0)).isEqualTo(JsonParser.parseString("""
            {
              "key": "acme.Crc.update(int,byte[])",
              "safety": "entry",
              "sites": [
                {"kind": "invokestatic", "in": "acme.Crc.get()", "line": 4},
                {"kind": "invokestatic", "in": "acme.Main.main(java.lang.String[])", "line": 7}
              ]
            }
            """));
        JsonObject rejected = file.getAsJsonArray("rejected").get(0).getAsJsonObject();
        assertThat(rejected.keySet()).containsExactly("key", "reason");
        assertThat(rejected.get("key").getAsString()).isEqualTo("acme.Crc.<init>()");
        assertThat(rejected.get("reason").getAsString()).contains("constructor");
    }

    @Test
    void severalFilesOfAllFormatsAreToldByTheirContent() throws IOException {
        Path classes = Sources.classes(folder);
        Path jar = Sources.jar(folder, "app");
        Path classFile = Files.copy(classes.resolve("acme/Main.class"), folder.resolve("main.bin"));

        Ran ran = Ran.repoint(
                "sites",
                classes.toString(),
                jar.toString(),
                classFile.toString(),
                "--patchable",
                "acme.Crc.update",
                "--json");

        JsonArray files = JsonParser.parseString(ran.out()).getAsJsonObject().getAsJsonArray("files");
        assertThat(files)
                .extracting(file -> file.getAsJsonObject().get("format").getAsString())
                .containsExactly("directory", "jar", "class");
    }

    @Test
    void aMethodOfTheJdkIsFoundAtItsCalls() throws IOException {
        Path jar = Sources.jar(folder, "app.jar");

        Ran ran = Ran.repoint("sites", jar.toString(), "--patchable", "java.io.PrintStream.println(int)");

        assertThat(ran.out())
                .contains(
                        "java.io.PrintStream.println(int)  1 site\n",
                        "invokevirtual    acme.Main.main(java.lang.String[]):7\n");
    }

    @Test
    void aKeyThatMatchesNothingIsAFailureWithTheNearestNames() throws IOException {
        Path jar = Sources.jar(folder, "app.jar");

        Ran ran = Ran.repoint("sites", jar.toString(), "--patchable", "acme.Crc.updat");

        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("repoint: key 'acme.Crc.updat' matches no method or field in " + jar)
                .contains("did you mean acme.Crc.update(int,byte[])")
                .hasLineCount(1);
    }

    @Test
    void aKeyThatMatchesInOneOfTheFilesIsEnough() throws IOException {
        Path classes = Sources.classes(folder);

        Ran ran = Ran.repoint(
                "sites",
                classes.resolve("acme/Crc$Base.class").toString(),
                classes.toString(),
                "--patchable",
                "acme.Main.main",
                "--summary");

        assertThat(ran.exit()).as(ran.err()).isEqualTo(ExitCode.OK);
    }

    @Test
    void withoutKeysAndAnnotationsItSaysHowToSeeMore() throws IOException {
        Path classes = Sources.classes(folder);

        Ran ran = Ran.repoint("sites", classes.toString());

        assertThat(ran.exit()).isEqualTo(ExitCode.OK);
        assertThat(ran.out()).isEqualTo(classes + " (directory): 3 classes, 0 patchables, 0 sites\n");
        assertThat(ran.err())
                .isEqualTo("repoint: no method carries @Patchable; --patchable '**' lists all methods that can be"
                        + " patched\n");
    }

    @Test
    void filesThatCannotBeReadAreFailuresThatNameThem() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.jar"), "plain text");
        Path missing = folder.resolve("missing.jar");

        Ran ofText = Ran.repoint("sites", text.toString());
        assertThat(ofText.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ofText.err())
                .startsWith("repoint: " + text + " is neither a jar nor a class file")
                .hasLineCount(1);

        Ran ofMissing = Ran.repoint("sites", missing.toString());
        assertThat(ofMissing.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ofMissing.err())
                .startsWith("repoint: " + missing + " does not exist")
                .hasLineCount(1);
    }
}
