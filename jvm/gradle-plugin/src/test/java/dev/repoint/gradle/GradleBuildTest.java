package dev.repoint.gradle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.gradle.testkit.runner.BuildResult;
import org.gradle.testkit.runner.BuildTask;
import org.gradle.testkit.runner.GradleRunner;
import org.gradle.testkit.runner.TaskOutcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The builds of `examples/gradle-adoption`, by an installed Gradle: `-Drepoint.gradle.home=FOLDER`.
class GradleBuildTest {

    private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();
    private static final String GRADLE = System.getProperty("repoint.gradle.home", "");

    @TempDir
    private Path folder;

    @BeforeEach
    void aGradleIsHere() {
        assumeTrue(
                !GRADLE.isBlank() && Files.exists(Path.of(GRADLE, "bin/gradle")),
                "no Gradle to run these builds; install one, and give its folder: -Drepoint.gradle.home=FOLDER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"groovy-dsl", "kotlin-dsl"})
    void anExampleIsWovenOnceAndReusedFromBothCaches(String example) throws IOException {
        copy(HOME.resolve("examples/gradle-adoption").resolve(example));
        BuildResult first = build("run", "jar", "repointReport", "check");
        assertThat(outcome(first, "repointWeave")).isEqualTo(TaskOutcome.SUCCESS);
        assertThat(outcome(first, "repointCheck")).isEqualTo(TaskOutcome.SUCCESS);
        assertThat(first.getOutput()).contains("532", "1 of 1 class woven: 2 patchables");

        BuildResult again = build("run", "jar", "repointReport", "check");
        assertThat(again.getOutput()).contains("Reusing configuration cache");
        assertThat(outcome(again, "repointWeave")).isEqualTo(TaskOutcome.UP_TO_DATE);
        assertThat(outcome(again, "repointCheck")).isEqualTo(TaskOutcome.UP_TO_DATE);

        BuildResult cleaned = build("clean", "repointReport", "check");
        assertThat(outcome(cleaned, "repointWeave")).isEqualTo(TaskOutcome.FROM_CACHE);
        assertThat(outcome(cleaned, "repointCheck")).isEqualTo(TaskOutcome.FROM_CACHE);
    }

    private BuildResult build(String... tasks) throws IOException {
        Path init = Files.writeString(
                folder.resolve("ours.gradle"),
                "allprojects { repositories { flatDir { dirs '%s', '%s' } } }\n"
                        .formatted(HOME.resolve("jvm/runtime/target"), HOME.resolve("jvm/weaver/target")));
        List<String> arguments =
                new ArrayList<>(List.of("--configuration-cache", "--build-cache", "-I", init.toString()));
        arguments.addAll(List.of(tasks));
        return GradleRunner.create()
                .withGradleInstallation(new File(GRADLE))
                .withTestKitDir(folder.resolve("gradle").toFile())
                .withProjectDir(folder.toFile())
                .withPluginClasspath(
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(entry -> entry.contains("plugin-core")
                                        || entry.contains("gradle-plugin/target/classes")
                                        || entry.contains("gson"))
                                .map(File::new)
                                .toList())
                .withArguments(arguments)
                .build();
    }

    private static TaskOutcome outcome(BuildResult result, String task) {
        BuildTask found = result.task(":" + task);
        assertThat(found).as(task).isNotNull();
        return found.getOutcome();
    }

    private void copy(Path example) throws IOException {
        try (Stream<Path> files = Files.walk(example)) {
            for (Path each : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path to = folder.resolve(example.relativize(each).toString());
                Files.createDirectories(to.getParent());
                Files.copy(each, to);
            }
        }
    }
}
