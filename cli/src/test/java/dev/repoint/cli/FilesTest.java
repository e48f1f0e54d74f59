package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands for processes, given a jar or a file of native code.
class FilesTest {

    private static final String TEXT = """
        __attribute__((noipa)) int crc(int x) { return x * 31; }
        __attribute__((noipa)) int fast(int x) { return x; }
        int twice(int x) { return crc(x) + crc(x + 1) - fast(x); }
        """;

    @TempDir
    private Path folder;

    private String library(String... flags) throws IOException {
        Tool.GCC.required();
        Files.writeString(folder.resolve("crc.c"), TEXT);
        Path library = folder.resolve("libcrc.so");
        List<String> command = new ArrayList<>(List.of(
                "gcc",
                "-O2",
                "-shared",
                "-fPIC",
                "-Wl,-Bsymbolic",
                "-Wl,--build-id",
                "crc.c",
                "-o",
                library.toString()));
        command.addAll(List.of(flags));
        Run.succeeding(folder, command);
        return library.toString();
    }

    @Test
    void theStatusOfNativeCodeIsWhatLeadsElsewhere() throws IOException {
        String library = library("-Wl,--emit-relocs");
        Ran before = Ran.repoint("status", library);
        assertThat(before.out()).isEmpty();
        assertThat(before.err())
                .isEqualTo("repoint: every patchable of " + library + " is at its default; repoint sites lists them\n");
        String patched = folder.resolve("patched.so").toString();
        assertThat(Ran.repoint("patch", library, "crc=fast", "-o", patched).exit())
                .isZero();
        Ran after = Ran.repoint("status", patched);
        assertThat(after.out().lines().toList().get(1)).matches("crc +fast +\\d+ *");
        assertThat(Ran.repoint("status", patched, "--json").out()).contains("\"target\": \"fast\"");
    }

    @Test
    void theStatusOfAJarIsWhatIsWovenAndWhereItLeads() throws IOException {
        String jar = Sources.jar(folder, "app.jar").toString();
        assertThat(Ran.repoint("status", jar).err())
                .isEqualTo("repoint: " + jar + ": nothing is woven; repoint weave makes methods patchable\n");
        String patched = folder.resolve("patched.jar").toString();
        assertThat(Ran.repoint("patch", jar, "acme.Crc.update=constant:1", "acme.Crc.get=default", "-o", patched)
                        .exit())
                .isZero();
        assertThat(Ran.repoint("status", patched)
                        .out()
                        .lines()
                        .map(line -> line.replaceAll(" +", " ").strip())
                        .toList())
                .containsExactly(
                        "patchable target sites note",
                        "acme.Crc.get() default 1",
                        "acme.Crc.update(int,byte[]) constant:1 2 patched");
    }

    @Test
    void theDoctorLooksAtNativeCode() throws IOException {
        Ran good = Ran.repoint("doctor", library("-Wl,--emit-relocs"));
        assertThat(good.exit()).as(good.out()).isZero();
        assertThat(good.out()).contains("libcrc.so: x86-64 ", "build id", " plain");
        Ran stripped = Ran.repoint("doctor", library("-s"));
        assertThat(stripped.out()).contains("no relocations of code", "-Wl,--emit-relocs");
    }

    @Test
    void theDoctorLooksAtJars() throws IOException {
        Ran ran = Ran.repoint("doctor", Sources.jar(folder, "app.jar").toString());
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("app.jar: jar, 3 classes", "nothing yet", "0 decided by repoint patch");
        Path text = Files.writeString(folder.resolve("notes.txt"), "hello");
        Ran wrong = Ran.repoint("doctor", text.toString());
        assertThat(wrong.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(wrong.out()).contains("is neither a jar nor a class file");
    }

    @Test
    void whatIsForProcessesNamesTheCommandForFiles() throws IOException {
        String jar = Sources.jar(folder, "app.jar").toString();
        assertThat(Ran.repoint("set", jar, "acme.Crc.get=constant:1").err())
                .contains("'" + jar + "' is a file; 'repoint patch " + jar
                        + " acme.Crc.get=constant:1 -o OUT' redirects its calls in a new file")
                .hasLineCount(1);
        assertThat(Ran.repoint("reset", jar).err())
                .contains("'repoint patch " + jar + " KEY=default -o OUT'")
                .hasLineCount(1);
        assertThat(Ran.repoint("watch", jar).err())
                .contains("is a file, which does not change")
                .hasLineCount(1);
        assertThat(Ran.repoint("set", jar, "a.B.c=nothing").exit()).isEqualTo(ExitCode.USAGE);
    }
}
