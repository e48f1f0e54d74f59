package dev.repoint.it.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.cli.Main;
import dev.repoint.fixtures.Run;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `./repoint install`, and what it installs, as users type it. The shell makes and names the folders, because the JVM of
/// the tests may have a locale without non-ASCII names.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class InstallTest {

    private static final Path CLONE =
            Path.of(System.getProperty("repoint.home")).toAbsolutePath().normalize();

    @TempDir
    private static Path folder;

    private static String repoint = "";

    @BeforeAll
    static void install() throws IOException {
        Path cli = CLONE.resolve("cli/target");
        repoint = "repoint() { '" + System.getProperty("java.home") + "/bin/java' -Drepoint.home='" + CLONE
                + "' -Dsun.jnu.encoding=UTF-8 -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '"
                + cli.resolve("repoint-cli-0.1.0.jar") + File.pathSeparator + cli + "/lib/*' " + Main.class.getName()
                + " \"$@\"; }\nexport LC_ALL=C.UTF-8 JAVA_HOME='" + System.getProperty("java.home") + "'\n"
                + "prefix=$(printf 'a pr\\303\\251fix')\n";
        assertThat(sh("repoint install --prefix \"$prefix\""))
                .startsWith("installed Repoint 0.1.0 in " + folder.toRealPath() + "/a pr");
    }

    @Test
    void itRunsThroughLinksInAnyFolderAndAnyLocale() throws IOException {
        assertThat(sh("""
            mkdir -p links/deep elsewhere
            ln -s "../../$prefix/bin/repoint" links/deep/repoint
            ln -s deep/repoint links/again
            cp "$prefix/share/doc/repoint/LICENSE" "elsewhere/$prefix"
            cd elsewhere
            env -i JAVA_HOME="$JAVA_HOME" PATH="../links/deep:$PATH" LC_ALL=C repoint agent
            env -i JAVA_HOME="$JAVA_HOME" PATH="$PATH" LC_ALL=C ../links/again sites "$prefix" 2>&1 || echo exit $?
            """))
                .contains("fix/lib/repoint/repoint-agent.jar\n")
                .contains("exit 1")
                .doesNotContain("Malformed");
    }

    @Test
    void itWorksOnJvms() throws IOException {
        assertThat(sh("\"$prefix/bin/repoint\" doctor")).contains("attached to a JVM, redirected and reset a method");
    }

    @Test
    void itsStartsAreQuick() throws IOException {
        assertThat(sh("find \"$prefix/lib/repoint/repoint.aot\" -size +1000k")).contains("repoint.aot");
    }

    @Test
    void theHeaderIsFoundByItsFlags() throws IOException {
        assertThat(sh("ls \"$prefix/include/repoint\"")).contains("repoint.h", "repoint.cflags", "repoint.pc", "cmake");
    }

    @Test
    void anInstalledOneDoesNotInstall() throws IOException {
        assertThat(sh("\"$prefix/bin/repoint\" install --prefix other 2>&1 || echo exit $?; ls other 2>&1"))
                .contains("repoint: only a clone can install", "exit 1", "No such file");
    }

    @Test
    void wrongPrefixesAreUsage() throws IOException {
        assertThat(sh("repoint install --prefix a:b 2>&1 || echo exit $?; repoint uninstall --prefix '' 2>&1"
                        + " || echo exit $?"))
                .containsPattern("repoint: --prefix 'a:b': .*\nexit 2\nrepoint: --prefix '': .*\nexit 2\n");
    }

    @Test
    void itRemovesItselfAndNothingElse() throws IOException {
        assertThat(sh("""
            repoint install --prefix gone 2> said
            touch gone/bin/other
            gone/bin/repoint uninstall
            find gone -type f
            gone/bin/repoint uninstall 2> said || cat said
            repoint uninstall --prefix gone 2>&1 || echo exit $?
            """))
                .contains("removed Repoint from ", "gone/bin/other\n", "exit 1")
                .doesNotContain("gone/lib/repoint/jars")
                .contains("has no Repoint that 'repoint install' made");
    }

    /// Runs lines in the folder, and answers with what they print.
    private static String sh(String lines) throws IOException {
        Path script = Files.writeString(folder.resolve("script"), "set -u\n" + repoint + lines);
        return Run.in(folder, List.of("sh", script.toString())).output();
    }
}
