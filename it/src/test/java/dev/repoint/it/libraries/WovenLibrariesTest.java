package dev.repoint.it.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.KeyPattern;
import dev.repoint.Repoint;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.archive.Archive;
import dev.repoint.weaver.archive.WeaveSummary;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every method of guava and of commons-lang3 made patchable, in their jars.
class WovenLibrariesTest {

    private static final Selection EVERYTHING =
            new Selection(List.of(KeyPattern.parse("**")), true, List.of(), List.of(), List.of());

    @TempDir
    private Path folder;

    static List<Class<?>> libraries() {
        return List.of(com.google.common.collect.ImmutableList.class, org.apache.commons.lang3.StringUtils.class);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void everyWovenClassPassesTheVerifierAsThePlainOneDoes(Class<?> member) throws Exception {
        Path jar = jarOf(member);
        Path woven = folder.resolve("woven.jar");

        WeaveSummary summary = weave(jar, woven);

        assertThat(summary.entries()).hasSizeGreaterThan(2_000);
        List<String> plainly = linkAll(jar);
        assertThat(plainly).hasSizeGreaterThan(300).anyMatch(line -> line.endsWith(" ok"));
        assertThat(linkAll(woven)).isEqualTo(plainly);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void weavingTwiceGivesTheSameBytesAndWeavingTheResultChangesNothing(Class<?> member) throws Exception {
        Path jar = jarOf(member);
        Path once = folder.resolve("once.jar");
        Path again = folder.resolve("again.jar");
        Path rewoven = folder.resolve("rewoven.jar");

        weave(jar, once);
        weave(jar, again);
        WeaveSummary nothing = weave(once, rewoven);

        assertThat(Files.mismatch(once, again)).isEqualTo(-1);
        assertThat(Files.mismatch(once, rewoven)).isEqualTo(-1);
        assertThat(nothing.changed()).isFalse();
        assertThat(Files.mismatch(jar, once)).isNotEqualTo(-1);
    }

    private static WeaveSummary weave(Path from, Path to) {
        try (Archive archive = Archive.open(from)) {
            return archive.weave(EVERYTHING, to, false);
        }
    }

    /// What a JVM that verifies everything says of each class of a jar.
    private List<String> linkAll(Path jar) throws Exception {
        Path output = Files.createTempFile(folder, "link", ".log");
        String classPath = String.join(
                File.pathSeparator,
                jar.toString(),
                jarOf(Repoint.class).toString(),
                jarOf(LinkAll.class).toString());
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xverify:all",
                        "-cp",
                        classPath,
                        LinkAll.class.getName(),
                        jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(jvm.waitFor()).as(Files.readString(output)).isZero();
        return Files.readAllLines(output).stream()
                .filter(line -> !line.contains("warning:"))
                .toList();
    }

    private static Path jarOf(Class<?> member) throws URISyntaxException {
        return Path.of(
                member.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
