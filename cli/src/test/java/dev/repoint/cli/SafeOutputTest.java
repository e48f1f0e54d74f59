package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Names that would forge lines, or speak to the terminal.
class SafeOutputTest {

    private static final String EVIL = "x\nrepoint: all is well\u001b[2J";
    private static final String SAFE = "x\\nrepoint: all is well\\u001b[2J";

    @TempDir
    private Path folder;

    @Test
    void namesOfEntriesAndFilesAreShownInOneLine() throws IOException {
        Path jar = folder.resolve(EVIL + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("acme/" + EVIL + ".class"));
            zip.write("no class".getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        for (List<String> command : List.of(
                List.of("sites", jar.toString(), "--patchable", "**"),
                List.of("sites", jar + "none"),
                List.of("weave", jar.toString(), "-o", folder.resolve(EVIL).toString()),
                List.of(
                        "patch",
                        jar.toString(),
                        "a.B.c=constant:" + EVIL,
                        "-o",
                        folder.resolve("o").toString()),
                List.of("status", jar.toString()),
                List.of("doctor", jar.toString()),
                List.of(
                        "table",
                        jar.toString(),
                        "-o",
                        folder.resolve(EVIL + "t").toString()),
                List.of("set", Long.toString(ProcessHandle.current().pid()), EVIL),
                List.of(EVIL),
                List.of("sites", jar.toString(), "--" + EVIL))) {
            Ran ran = Ran.repoint(command.toArray(String[]::new));
            String all = ran.out() + ran.err();
            assertThat(all).as("%s", command).contains(SAFE).doesNotContain("\u001b");
            assertThat(all.lines()).as(all).noneMatch(line -> line.startsWith("repoint: all is well"));
        }
    }

    @Test
    void namesOfSymbolsAreShownInOneLine() throws IOException {
        Tool.GCC.required();
        Files.writeString(folder.resolve("a.s"), """
                    .text
                    .globl  caller
                    .type   caller, @function
            caller: call    "evil\\nrepoint: all is well\\033[2J"
                    ret
            """);
        Run made = Run.in(folder, List.of("gcc", "-c", "a.s", "-o", "a.o"));
        Assumptions.assumeTrue(made.exit() == 0, made.errors());
        Ran ran = Ran.repoint("sites", folder.resolve("a.o").toString(), "--patchable", "**");
        assertThat(ran.out()).doesNotContain("\u001b").contains("evil");
        assertThat(ran.out().lines()).noneMatch(line -> line.startsWith("repoint: all is well"));
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void jsonKeepsItsOwnEscapes() throws IOException {
        Path jar = Files.move(Sources.jar(folder, "app.jar"), folder.resolve("x\ny.jar"));
        assertThat(Ran.repoint("sites", jar.toString(), "--patchable", "acme.**", "--json")
                        .out())
                .contains("\"file\": \"" + folder + "/x\\ny.jar\"");
    }
}
