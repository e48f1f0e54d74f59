package dev.repoint.it.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.KeyPattern;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.archive.Archive;
import dev.repoint.weaver.archive.WeaveSummary;
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
        Path jar = Libraries.jarOf(member);
        Path woven = folder.resolve("woven.jar");

        WeaveSummary summary = weave(jar, woven);

        assertThat(summary.entries()).hasSizeGreaterThan(2_000);
        List<String> plainly = Libraries.linkAll(jar, folder);
        assertThat(plainly).hasSizeGreaterThan(300).anyMatch(line -> line.endsWith(" ok"));
        assertThat(Libraries.linkAll(woven, folder)).isEqualTo(plainly);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void weavingTwiceGivesTheSameBytesAndWeavingTheResultChangesNothing(Class<?> member) throws Exception {
        Path jar = Libraries.jarOf(member);
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
}
