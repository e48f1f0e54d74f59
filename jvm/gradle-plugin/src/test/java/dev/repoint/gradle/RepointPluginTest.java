package dev.repoint.gradle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.gradle.api.Project;
import org.gradle.api.Task;
import org.gradle.api.plugins.JavaPluginExtension;
import org.gradle.api.tasks.CacheableTask;
import org.gradle.api.tasks.SourceSet;
import org.gradle.jvm.tasks.Jar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepointPluginTest {

    @TempDir
    private Path folder;

    private static SourceSet sources(Project project, String name) {
        return project.getExtensions()
                .getByType(JavaPluginExtension.class)
                .getSourceSets()
                .getByName(name);
    }

    private static Set<String> dependencies(Task task) {
        return task.getTaskDependencies().getDependencies(task).stream()
                .map(Task::getName)
                .collect(Collectors.toSet());
    }

    @Test
    void aWovenClassIsInAFolderOfItsOwnAndFollowsAPolicy() throws IOException, InterruptedException {
        Sample sample = Sample.of(folder, (project, repoint) -> Sample.withRuntime(project), "java")
                .compile("java");
        byte[] before = Files.readAllBytes(sample.compiled("java").resolve("com/acme/Crc.class"));
        sample.weave().weave();
        assertThat(Files.readAllBytes(sample.compiled("java").resolve("com/acme/Crc.class")))
                .as("the output of the compiler")
                .isEqualTo(before);
        assertThat(Files.readAllBytes(sample.woven().resolve("com/acme/Crc.class")))
                .isNotEqualTo(before);
        Iterable<File> runs = sources(sample.project(), "main").getRuntimeClasspath();
        Path policy = Files.writeString(folder.resolve("crc.policy"), "com.acme.Crc.update = constant:7\n");
        assertThat(sample.run(runs)).isEqualTo("2 3");
        assertThat(sample.run(runs, "-Drepoint.policy=" + policy)).isEqualTo("7 3");
    }

    @Test
    void jarsTestsAndClassPathsTakeTheWovenFolderAndWaitForIt() throws IOException {
        Sample sample = Sample.of(folder, (project, repoint) -> Sample.withRuntime(project), "java")
                .compile("java");
        sample.weave().weave();
        File woven = sample.woven().toFile();
        File compiled = sample.compiled("java").toFile();
        Project project = sample.project();
        assertThat(sources(project, "main").getRuntimeClasspath())
                .contains(woven)
                .doesNotContain(compiled);
        assertThat(sources(project, "test").getRuntimeClasspath())
                .contains(woven)
                .doesNotContain(compiled);
        Jar jar = (Jar) project.getTasks().getByName("jar");
        assertThat(jar.getSource().getFiles())
                .contains(new File(woven, "com/acme/Crc.class"))
                .doesNotContain(new File(compiled, "com/acme/Crc.class"));
        assertThat(dependencies(jar)).contains("repointWeave");
        // The task of tests itself does not start without an installed Gradle.
        assertThat(sources(project, "test").getRuntimeClasspath().getBuildDependencies().getDependencies(jar).stream()
                        .map(Task::getName))
                .contains("repointWeave");
        assertThat(project.getTasks().getByName("check").getDependsOn()).contains("repointCheck");
        assertThat(dependencies(sample.weave())).contains("compileJava");
        assertThat(dependencies(sample.check())).contains("repointWeave");
    }

    @Test
    void theCompilerOfTestsSeesWhatWasCompiledFirst() {
        Sample sample = Sample.of(folder, (project, repoint) -> Sample.withRuntime(project), "java");
        assertThat(sources(sample.project(), "test").getCompileClasspath().getFiles())
                .first()
                .isEqualTo(sample.compiled("java").toFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"groovy", "scala"})
    void theFoldersOfAllCompilersOfASourceSetAreWoven(String language) throws IOException {
        Sample sample = Sample.of(folder, (project, repoint) -> Sample.withRuntime(project), "java", language);
        assertThat(sample.weave().getClasses())
                .containsExactlyInAnyOrder(
                        sample.compiled("java").toFile(),
                        sample.compiled(language).toFile());
        sample.compile(language).weave().weave();
        assertThat(sample.woven().resolve("com/acme/Crc.class")).exists();
    }

    @Test
    void aFolderThatAnotherPluginAddsIsWovenToo() throws IOException {
        // As the plugin of Kotlin does, whatever the order in which the plugins are applied.
        Sample sample = Sample.of(
                folder,
                (project, repoint) -> {
                    Sample.withRuntime(project);
                    ((org.gradle.api.file.ConfigurableFileCollection)
                                    sources(project, "main").getOutput().getClassesDirs())
                            .from(folder.resolve("build/classes/kotlin/main").toFile());
                },
                "java");
        sample.compile("kotlin").weave().weave();
        assertThat(sample.woven().resolve("com/acme/Crc.class")).exists();
        assertThat(sources(sample.project(), "main").getOutput().getClassesDirs())
                .containsExactly(sample.woven().toFile());
    }

    @Test
    void theBlockSaysWhatIsWoven() throws IOException, InterruptedException {
        Sample sample = Sample.of(
                        folder,
                        (project, repoint) -> {
                            Sample.withRuntime(project);
                            repoint.getPatchable().add("com.acme.Crc.plain");
                            repoint.getExclude().add("com.acme.other.**");
                        },
                        "java")
                .compile("java");
        sample.weave().weave();
        Path policy = Files.writeString(folder.resolve("crc.policy"), "com.acme.Crc.plain = constant:8\n");
        assertThat(sample.run(sources(sample.project(), "main").getRuntimeClasspath(), "-Drepoint.policy=" + policy))
                .isEqualTo("2 8");
    }

    @Test
    void aSecondRunOfTheTaskForgetsTheFirst() throws IOException {
        Sample sample = Sample.of(folder, (project, repoint) -> Sample.withRuntime(project), "java")
                .compile("java");
        sample.weave().weave();
        byte[] first = Files.readAllBytes(sample.woven().resolve("com/acme/Crc.class"));
        Files.writeString(sample.woven().resolve("stale"), "");
        sample.weave().weave();
        assertThat(sample.woven().resolve("stale")).doesNotExist();
        assertThat(Files.readAllBytes(sample.woven().resolve("com/acme/Crc.class")))
                .isEqualTo(first);
    }

    @Test
    void aCheckFindsAPatternThatMatchesNothingAndAMissingRuntime() throws IOException {
        Sample sample = Sample.of(
                        folder, (project, repoint) -> repoint.getPatchable().add("com.acme.Crc.upgrade"), "java")
                .compile("java");
        sample.weave().weave();
        assertThatThrownBy(sample.check()::check)
                .hasMessageContaining("2 findings:\n")
                .hasMessageContaining(
                        "patchable 'com.acme.Crc.upgrade' matches nothing; did you mean com.acme.Crc.update(int)")
                .hasMessageContaining("woven classes call dev.repoint:repoint-runtime, which is not on the class path");
    }

    @Test
    void aCheckPassesAndWarnsWhereItIsToldTo() throws IOException {
        Sample sample = Sample.of(
                        folder,
                        (project, repoint) -> {
                            Sample.withRuntime(project);
                            repoint.getPatchable().add("com.acme.Crc.upgrade");
                            repoint.getFailOnUnmatched().set(false);
                            repoint.getPolicy().add("com.acme.Crc.update=constant:1");
                        },
                        "java")
                .compile("java");
        sample.weave().weave();
        RepointCheck check = sample.check();
        check.check();
        assertThat(check.getSummary().get().getAsFile())
                .content()
                .startsWith("1 of 1 class woven: 1 patchable, 1 site");
    }

    @Test
    void aReportListsPatchablesAndSitesAsTextAndJson() throws IOException {
        Sample sample = Sample.of(folder, (project, repoint) -> Sample.withRuntime(project), "java")
                .compile("java");
        sample.weave().weave();
        sample.report().report();
        Path reports = folder.resolve("build/reports/repoint/main");
        assertThat(reports.resolve("report.txt")).content().contains("entry com.acme.Crc.update(int)\n");
        assertThat(reports.resolve("report.json")).content().contains("\"key\": \"com.acme.Crc.update(int)\"");
    }

    @Test
    void aWrongKeyIsRefusedWithTheOption() throws IOException {
        Sample sample = Sample.of(
                        folder,
                        (project, repoint) -> {
                            Sample.withRuntime(project);
                            repoint.getPatchable().add("update");
                        },
                        "java")
                .compile("java");
        assertThatThrownBy(sample.weave()::weave).hasMessageContaining("patchable: key 'update' has no class");
    }

    /// What the configuration cache demands, as far as it can be seen without a Gradle.
    @ParameterizedTest
    @ValueSource(classes = {RepointTask.class, RepointWeave.class, RepointCheck.class, RepointReport.class})
    void noTaskNamesTheProjectAndAllAreCacheable(Class<?> task) throws IOException {
        try (InputStream in = task.getResourceAsStream(task.getSimpleName() + ".class")) {
            assertThat(in).isNotNull();
            assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("getProject")
                    .doesNotContain("org/gradle/api/Project;");
        }
        assertThat(task == RepointTask.class || task.isAnnotationPresent(CacheableTask.class))
                .isTrue();
    }

    @Test
    void aProjectWithoutJavaIsLeftAlone() {
        Sample sample = Sample.of(folder, (project, repoint) -> {});
        assertThat(sample.project().getTasks().findByName("repointWeave")).isNull();
    }
}
