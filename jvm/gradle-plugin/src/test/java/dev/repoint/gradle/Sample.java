package dev.repoint.gradle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.tools.ToolProvider;
import org.gradle.api.Project;
import org.gradle.api.internal.project.ProjectInternal;
import org.gradle.testfixtures.ProjectBuilder;

/// A project of Gradle in a folder, with a class that the compiler of Java has written.
///
/// @param folder  of the project
/// @param project the project, whose build script has been read
record Sample(Path folder, Project project) {

    static final String SOURCE = """
        package com.acme;

        public class Crc {
            @dev.repoint.Patchable
            public static int update(int crc) {
                return crc + 1;
            }

            static int plain(int crc) {
                return crc + 2;
            }

            public static void main(String[] arguments) {
                System.out.println(update(1) + " " + plain(1));
            }
        }
        """;

    /// A build script.
    interface Script {

        void of(Project project, RepointExtension repoint);
    }

    /// Makes the project, and reads its script.
    static Sample of(Path folder, Script script, String... plugins) {
        Project project = ProjectBuilder.builder()
                .withProjectDir(folder.toFile())
                .withName("sample")
                .build();
        project.getPlugins().apply(RepointPlugin.class);
        for (String plugin : plugins) {
            project.getPlugins().apply(plugin);
        }
        project.getDependencies()
                .add(
                        "repointWeaver",
                        project.files(ours("repoint-runtime", "runtime"), ours("repoint-weaver", "weaver")));
        script.of(project, project.getExtensions().getByType(RepointExtension.class));
        // Not evaluate(): that looks for files of an installed Gradle.
        ProjectInternal evaluated = (ProjectInternal) project;
        evaluated.getProjectEvaluationBroadcaster().afterEvaluate(evaluated, evaluated.getState());
        return new Sample(folder, project);
    }

    /// A module of Repoint, on the class path of this test.
    static File ours(String artifact, String folder) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains(artifact + "-") || entry.contains("jvm/" + folder + "/target/classes"))
                .map(File::new)
                .findFirst()
                .orElseThrow();
    }

    /// What the program compiles against and runs with.
    static void withRuntime(Project project) {
        project.getDependencies().add("implementation", project.files(ours("repoint-runtime", "runtime")));
    }

    /// Compiles the class to where the plugin of a language has its compiler write it.
    Sample compile(String language) throws IOException {
        Path source = Files.createDirectories(folder.resolve("src/main/java/com/acme"))
                .resolve("Crc.java");
        Files.writeString(source, SOURCE);
        Path classes = Files.createDirectories(compiled(language));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "--release",
                        "17",
                        "-cp",
                        ours("repoint-runtime", "runtime").getPath(),
                        "-d",
                        classes.toString(),
                        source.toString());
        assertThat(status).isZero();
        return this;
    }

    Path compiled(String language) {
        return folder.resolve("build/classes/" + language + "/main");
    }

    Path woven() {
        return folder.resolve("build/repoint/classes/main");
    }

    RepointWeave weave() {
        return (RepointWeave) project.getTasks().getByName("repointWeave");
    }

    RepointCheck check() {
        RepointCheck check = (RepointCheck) project.getTasks().getByName("repointCheck");
        assertThat(check.getSummary().get().getAsFile().getParentFile().mkdirs())
                .isTrue(); // as Gradle does
        return check;
    }

    RepointReport report() {
        return (RepointReport) project.getTasks().getByName("repointReport");
    }

    /// Runs the program.
    String run(Iterable<File> classPath, String... options) throws IOException, InterruptedException {
        List<String> paths = new ArrayList<>();
        classPath.forEach(entry -> paths.add(entry.getPath()));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", String.join(File.pathSeparator, paths), "com.acme.Crc"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.strip();
    }
}
