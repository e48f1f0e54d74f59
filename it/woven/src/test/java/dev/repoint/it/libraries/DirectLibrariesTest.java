package dev.repoint.it.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.KeyPattern;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.archive.Archive;
import dev.repoint.weaver.archive.DirectSummary;
import dev.repoint.weaver.direct.DirectResult;
import dev.repoint.weaver.direct.LeftCall;
import dev.repoint.weaver.table.TableRow;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Calls in guava and commons-lang3 that are pointed elsewhere, in their jars.
class DirectLibrariesTest {

    @TempDir
    private Path folder;

    /// A library, and a change of much that it calls.
    record Change(Class<?> member, String policy, int least) {}

    static List<Change> changes() {
        return List.of(
                new Change(
                        com.google.common.collect.ImmutableList.class,
                        "com.google.common.base.Preconditions.checkNotNull(java.lang.Object)"
                                + "=java.util.Objects.requireNonNull(java.lang.Object)",
                        1000),
                new Change(
                        org.apache.commons.lang3.StringUtils.class,
                        "java.lang.String.substring(int,int)=org.apache.commons.lang3.StringUtils.substring",
                        20),
                new Change(
                        org.apache.commons.lang3.StringUtils.class,
                        "org.apache.commons.lang3.StringUtils.isEmpty=org.apache.commons.lang3.StringUtils.isBlank",
                        30));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void everyCallIsPointedAndEveryClassPassesTheVerifierAsThePlainOneDoes(Change change) throws Exception {
        Path jar = Libraries.jarOf(change.member);
        Path changed = folder.resolve("changed.jar");
        Policy policy = Policy.parse(change.policy);
        List<Site> before = sites(jar, policy.key());

        DirectResult result = direct(jar, changed, policy);

        assertThat(result.pointed()).hasSizeGreaterThan(change.least);
        assertThat(result.left()).isEmpty();
        assertThat(Stream.concat(result.pointed().stream(), result.own().stream())
                        .sorted()
                        .toList())
                .isEqualTo(before);
        assertThat(sites(changed, policy.key())).isEqualTo(result.own());
        assertThat(Libraries.linkAll(changed, folder)).isEqualTo(Libraries.linkAll(jar, folder));
    }

    @Test
    void theCallersOfAMethodOfCommonsLangBehaveAsTheTargetDoes() throws Exception {
        Path jar = Libraries.jarOf(org.apache.commons.lang3.StringUtils.class);
        Path changed = folder.resolve("changed.jar");

        direct(
                jar,
                changed,
                Policy.parse(
                        "org.apache.commons.lang3.StringUtils.isEmpty=org.apache.commons.lang3.StringUtils.isBlank"));

        assertThat(defaultIfEmpty(jar)).isEqualTo("  ");
        assertThat(defaultIfEmpty(changed)).isEqualTo("default");
    }

    private static Object defaultIfEmpty(Path jar) throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            return loader.loadClass("org.apache.commons.lang3.StringUtils")
                    .getMethod("defaultIfEmpty", CharSequence.class, CharSequence.class)
                    .invoke(null, "  ", "default");
        }
    }

    private static DirectResult direct(Path jar, Path output, Policy policy) {
        try (Archive archive = Archive.open(jar)) {
            DirectSummary summary = archive.point(List.of(policy), false, false, output, true);
            List<String> reasons = summary.keys().stream()
                    .flatMap(each -> each.left().stream())
                    .map(LeftCall::toString)
                    .limit(5)
                    .toList();
            assertThat(summary.isWritten()).as("%s", reasons).isTrue();
            return summary.keys().getFirst();
        }
    }

    private static List<Site> sites(Path jar, KeyPattern key) {
        List<Site> all = new ArrayList<>();
        try (Archive archive = Archive.open(jar)) {
            for (TableRow row :
                    archive.scan(Selection.ofPatchable(List.of(key))).table().rows()) {
                all.addAll(row.sites());
            }
        }
        return all.stream().sorted().toList();
    }
}
