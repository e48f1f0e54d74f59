package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the commands read, and what they refuse to open.
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InputFilesTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsNoFileIsRefusedByItsName() throws IOException {
        Path output = folder.resolve("output");
        for (Map.Entry<Path, String> node : Nodes.in(folder).entrySet()) {
            String path = node.getKey().toString();
            for (List<String> command : List.of(
                    List.of("sites", path),
                    List.of("table", path, "-o", output.toString()),
                    List.of("weave", path, "-o", output.toString(), "--patchable", "**"),
                    List.of("patch", path, "a.B.c=nothing", "-o", output.toString()),
                    List.of("status", path),
                    List.of("doctor", path))) {
                Ran ran = Ran.repoint(command.toArray(String[]::new));
                assertThat(ran.exit()).as("%s", command).isEqualTo(ExitCode.FAILURE);
                assertThat(ran.out() + ran.err()).contains(path, "it is " + node.getValue());
            }
        }
        assertThat(output).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "patch MISSING a.B.c=d.E.f -o out",
                "patch MISSING a.B.c=d.E.f -o out --direct",
                "patch MISSING a.B.c=d.E.f -o out --direct --closed-world",
                "patch MISSING a.B.c=d.E.f --dry-run --only lib.jar",
                "patch MISSING a.B.c=d.E.f --dry-run --strip-signatures",
                "patch MISSING a.B.c=d.E.f --dry-run --table t",
                "patch MISSING a.B.c(int=d.E.f --dry-run",
                "sites MISSING",
                "sites MISSING --patchable crc32",
                "sites MISSING --only lib.jar --table t",
                "table MISSING -o out",
                "table MISSING -o out --patchable crc32",
                "weave MISSING -o out --only lib.jar",
            })
    void aFileThatIsMissingIsSaidWhateverTheOptions(String typed) {
        String missing = folder.resolve("missing").toString();
        String out = folder.resolve("out").toString();

        Ran ran = Ran.repoint(
                typed.replace("MISSING", missing).replace("-o out", "-o " + out).split(" "));

        assertThat(ran.err())
                .containsPattern("^repoint: " + missing + "(: there is no such file| does not exist)")
                .hasLineCount(1);
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
    }

    @Test
    void aTableThatIsNoFileIsRefusedByItsName() throws IOException {
        String jar = Sources.jar(folder, "app.jar").toString();
        String pipe = Nodes.pipe(folder).toString();
        assertThat(Ran.repoint("sites", jar, "--table", pipe).err())
                .isEqualTo("repoint: --table " + pipe + " cannot be read: it is a pipe; name a file\n");
    }

    @Test
    void aNodeInAFolderOfClassesIsRefusedByItsName() throws IOException {
        Path classes = Sources.classes(folder);
        Path pipe = Nodes.pipe(classes);
        Path woven = folder.resolve("woven");
        Ran ran = Ran.repoint("weave", classes.toString(), "-o", woven.toString(), "--patchable", "acme.**");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains(pipe + " cannot be read: it is a pipe").hasLineCount(1);
        assertThat(woven).doesNotExist();
    }

    @Test
    void linksThatLeadInACircleAreSaidInWords() throws IOException {
        Path circle = Files.createSymbolicLink(folder.resolve("circle"), folder.resolve("circle"));
        Path inside = Sources.classes(folder);
        Files.createSymbolicLink(inside.resolve("again"), inside);
        for (String path : List.of(circle.toString(), inside.toString())) {
            Ran ran = Ran.repoint("sites", path);
            assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
            assertThat(ran.err())
                    .contains(path, " circle")
                    .doesNotContain("Exception", "java.")
                    .hasLineCount(1);
        }
    }

    @Test
    void ofManyFilesOneThatCannotBeReadHidesNoOther() throws IOException {
        String jar = Sources.jar(folder, "app.jar").toString();
        Path text = Files.writeString(folder.resolve("notes.txt"), "hello");
        Path missing = folder.resolve("missing.jar");
        Run.succeeding(folder, List.of("cp", jar, "other.jar"));
        String other = folder.resolve("other.jar").toString();
        Ran ran = Ran.repoint("sites", text.toString(), jar, missing.toString(), other, "--patchable", "acme.**");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.out()).contains(jar + " (jar)", other + " (jar)");
        assertThat(ran.err().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("repoint: " + text + " is neither a jar nor a class file"),
                        line -> assertThat(line).startsWith("repoint: " + missing + " does not exist"));
        assertThat(Ran.repoint("sites", jar, other, "--patchable", "acme.**").exit())
                .isZero();
    }
}
