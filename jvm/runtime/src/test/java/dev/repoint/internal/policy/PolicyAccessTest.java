package dev.repoint.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyAccessTest {

    @TempDir
    private Path folder;

    private Path file(String permissions) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.policy"), "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }

    @Test
    void aFileThatEveryUserMayWriteIsNamedWithItsMode() throws IOException {
        Path file = file("rw-rw-rw-");

        assertThat(PolicyAccess.warning(file))
                .isEqualTo("every user may write the policy file " + file.toRealPath() + " (mode 0666); run chmod o-w "
                        + file.toRealPath());
    }

    @Test
    void soIsAFolderInWhichEveryUserMayReplaceIt() throws IOException {
        Path file = file("rw-r--r--");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(PolicyAccess.warning(file)).contains("may replace the policy file", "its folder has mode 0777");
    }

    @Test
    void aFileOfOnesOwnAndOneInTheFolderOfAllWillDo() throws IOException {
        Path file = file("rw-rw----");

        assertThat(PolicyAccess.warning(file)).isNull();
        Files.setAttribute(folder, "unix:mode", 01777);
        assertThat(PolicyAccess.warning(file)).isNull();
    }

    @Test
    void ofAFileThatIsNotThereNothingIsSaid() {
        assertThat(PolicyAccess.warning(folder.resolve("none"))).isNull();
    }
}
