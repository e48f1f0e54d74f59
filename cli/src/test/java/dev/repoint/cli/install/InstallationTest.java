package dev.repoint.cli.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.cli.home.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

    @TempDir
    private Path folder;

    private Path clone;
    private Path prefix;

    @BeforeEach
    void makeClone() throws IOException {
        clone = folder.resolve("clone");
        prefix = folder.resolve("a prefix");
        for (String file : List.of(
                "cli/src/launcher/repoint",
                "cli/src/launcher/launch.sh",
                "cli/target/repoint-cli-0.1.0.jar",
                "cli/target/lib/picocli.jar",
                "jvm/agent/target/repoint-agent-0.1.0.jar",
                "jvm/junit/target/repoint-junit-0.1.0.jar",
                "examples/demo-service/target/repoint-demo-0.1.0.jar",
                "examples/demo-service/target/repoint-demo-0.1.0-dropin.jar",
                "examples/demo-service/target/lib/commons-codec.jar",
                "include/repoint.h",
                "include/cmake/RepointConfig.cmake",
                "README.md",
                "CHANGELOG.md",
                "LICENSE",
                "NOTICE",
                "docs/index.md")) {
            write(clone.resolve(file), "first");
        }
    }

    @Test
    void whatIsInstalledIsRemovedWithoutATrace() throws IOException {
        int installed = new Installation(prefix).install(tree("share/man/man1/repoint.1"));

        assertThat(prefix.resolve("bin/repoint")).isExecutable().hasContent("first");
        assertThat(prefix.resolve("share/man/man1/repoint.1")).hasContent("text");
        assertThat(new Installation(prefix).uninstall()).isEqualTo(installed);
        assertThat(prefix).isEmptyDirectory();
    }

    @Test
    void filesOfOthersStayAndKeepTheirFolders() throws IOException {
        write(prefix.resolve("bin/other"), "other");
        new Installation(prefix).install(tree());
        write(prefix.resolve("lib/repoint/jars/mine.jar"), "mine");

        new Installation(prefix).uninstall();

        assertThat(files(prefix)).containsExactlyInAnyOrder("bin/other", "lib/repoint/jars/mine.jar");
    }

    @Test
    void aFileOfSomebodyElseInTheWayIsNamedAndNothingChanges() throws IOException {
        write(prefix.resolve("share/doc/repoint/README.md"), "other");

        assertThatThrownBy(() -> new Installation(prefix).install(tree()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith(prefix.resolve("share/doc/repoint/README.md") + " exists")
                .hasMessageContaining("nothing was installed");
        assertThat(files(prefix)).containsExactly("share/doc/repoint/README.md");
    }

    @Test
    void aLinkInTheWayIsNotReplaced() throws IOException {
        Files.createDirectories(prefix.resolve("bin"));
        Files.createSymbolicLink(prefix.resolve("bin/repoint"), clone.resolve("repoint"));

        assertThatThrownBy(() -> new Installation(prefix).install(tree())).isInstanceOf(CommandFailure.class);
        assertThat(prefix.resolve("bin/repoint")).isSymbolicLink();
    }

    @Test
    void aNewerInstallationReplacesAllFilesAndRemovesThoseThatItDoesNotHave() throws IOException {
        new Installation(prefix).install(tree("share/man/man1/repoint-old.1"));
        write(clone.resolve("cli/src/launcher/repoint"), "second");
        new Installation(prefix).install(tree("share/man/man1/repoint-new.1"));

        assertThat(prefix.resolve("bin/repoint")).hasContent("second");
        assertThat(files(prefix))
                .contains("share/man/man1/repoint-new.1")
                .doesNotContain("share/man/man1/repoint-old.1");
        new Installation(prefix).uninstall();
        assertThat(prefix).isEmptyDirectory();
    }

    @Test
    void ifAFileCannotBePutInItsPlaceTheInstallationBeforeIsThere() throws IOException {
        new Installation(prefix).install(tree());
        List<String> before = files(prefix);
        write(clone.resolve("cli/src/launcher/repoint"), "second");
        // No check before can see it: the name is that of a folder of the list.
        Files.delete(prefix.resolve("share/doc/repoint/README.md"));
        write(prefix.resolve("share/doc/repoint/README.md/in-the-way"), "");

        assertThatThrownBy(() -> new Installation(prefix).install(tree())).isInstanceOf(IOException.class);
        assertThat(prefix.resolve("bin/repoint")).hasContent("first");
        Folders.delete(prefix.resolve("share/doc/repoint/README.md"));
        before.remove("share/doc/repoint/README.md");
        assertThat(files(prefix)).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void ifTheFirstInstallationFailsNothingIsLeft() throws IOException {
        InstalledTree tree = tree();
        Files.delete(clone.resolve("LICENSE"));

        assertThatThrownBy(() -> new Installation(prefix).install(tree)).isInstanceOf(IOException.class);
        assertThat(prefix).doesNotExist();
    }

    @Test
    void aListThatNamesWhatIsElsewhereIsRefused() throws IOException {
        new Installation(prefix).install(tree());
        Path list = prefix.resolve("lib/repoint/files");
        Files.writeString(list, Files.readString(list) + "../../clone/LICENSE\n");

        assertThatThrownBy(() -> new Installation(prefix).uninstall()).hasMessageContaining("is no path below");
        assertThat(clone.resolve("LICENSE")).exists();
    }

    @Test
    void withoutAnInstallationThereIsNothingToRemove() {
        assertThatThrownBy(() -> new Installation(prefix).uninstall())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("--prefix");
    }

    private InstalledTree tree(String... texts) throws IOException {
        return InstalledTree.of(clone, texts.length == 0 ? Map.of() : Map.of(texts[0], "text"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return new ArrayList<>(all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList());
        }
    }
}
