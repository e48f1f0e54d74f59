package dev.repoint.gradle;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.gradle.api.Plugin;
import org.gradle.api.Project;
import org.gradle.api.artifacts.Configuration;
import org.gradle.api.file.ConfigurableFileCollection;
import org.gradle.api.file.Directory;
import org.gradle.api.file.FileCollection;
import org.gradle.api.plugins.JavaBasePlugin;
import org.gradle.api.plugins.JavaPluginExtension;
import org.gradle.api.provider.Provider;
import org.gradle.api.tasks.SourceSet;
import org.gradle.api.tasks.TaskProvider;
import org.gradle.jvm.toolchain.JavaLauncher;
import org.gradle.jvm.toolchain.JavaToolchainService;
import org.gradle.language.base.plugins.LifecycleBasePlugin;

/// The plugin `dev.repoint`.
///
/// For each source set it registers three tasks. After the build script has been read, the classes of the chosen source
/// sets lead through the task that weaves: what the compilers write goes in, and jars, tests and class paths at run time
/// take what comes out.
public final class RepointPlugin implements Plugin<Project> {

    private static final String GROUP = "Repoint";
    private static final String WEAVER = "repointWeaver";

    /// For Gradle.
    public RepointPlugin() {}

    @Override
    public void apply(Project project) {
        RepointExtension extension = project.getExtensions().create("repoint", RepointExtension.class);
        extension.getSourceSets().convention(Set.of(SourceSet.MAIN_SOURCE_SET_NAME));
        extension.getFailOnUnmatched().convention(true);
        Configuration weaver = project.getConfigurations().create(WEAVER, configuration -> {
            configuration.setDescription("The weaver of Repoint.");
            configuration.setCanBeConsumed(false);
            configuration.setVisible(false);
            configuration.defaultDependencies(dependencies -> dependencies.add(
                    project.getDependencies().create("dev.repoint:repoint-weaver:" + Version.of(RepointPlugin.class))));
        });
        project.getPlugins().withType(JavaBasePlugin.class, unused -> {
            JavaPluginExtension java = project.getExtensions().getByType(JavaPluginExtension.class);
            Provider<JavaLauncher> launcher = launcher(project, java);
            java.getSourceSets().all(sources -> register(project, extension, sources, weaver, launcher));
            project.afterEvaluate(evaluated -> extension
                    .getSourceSets()
                    .get()
                    .forEach(name -> lead(evaluated, java.getSourceSets().getByName(name))));
        });
    }

    /// The toolchain of a project that has chosen one.
    private static Provider<JavaLauncher> launcher(Project project, JavaPluginExtension java) {
        JavaToolchainService toolchains = project.getExtensions().getByType(JavaToolchainService.class);
        return java.getToolchain().getLanguageVersion().flatMap(version -> toolchains.launcherFor(java.getToolchain()));
    }

    private static void register(
            Project project,
            RepointExtension extension,
            SourceSet sources,
            Configuration weaver,
            Provider<JavaLauncher> launcher) {
        TaskProvider<RepointWeave> weave = project.getTasks()
                .register(name("repointWeave", sources), RepointWeave.class, task -> {
                    task.setDescription("Weaves the classes of " + sources.getName() + ".");
                    prepare(task, extension, sources, weaver, launcher);
                    task.getOutput()
                            .convention(project.getLayout()
                                    .getBuildDirectory()
                                    .dir("repoint/classes/" + sources.getName()));
                    task.getOriginals()
                            .convention(project.getLayout()
                                    .getBuildDirectory()
                                    .dir("repoint/originals/" + sources.getName()));
                });
        Provider<Directory> woven = weave.flatMap(RepointWeave::getOutput);
        Provider<Directory> originals = weave.flatMap(RepointWeave::getOriginals);
        project.getTasks().register(name("repointCheck", sources), RepointCheck.class, task -> {
            task.setDescription("Checks the woven classes of " + sources.getName() + ".");
            prepare(task, extension, sources, weaver, launcher);
            task.getWoven().convention(woven);
            task.getOriginals().convention(originals);
            task.getRunsWith().from(sources.getRuntimeClasspath());
            task.getFailOnUnmatched().convention(extension.getFailOnUnmatched());
            task.getSummary()
                    .convention(project.getLayout()
                            .getBuildDirectory()
                            .file("repoint/check/" + sources.getName() + ".txt"));
        });
        project.getTasks().register(name("repointReport", sources), RepointReport.class, task -> {
            task.setDescription("Reports the patchables of " + sources.getName() + ".");
            prepare(task, extension, sources, weaver, launcher);
            task.getWoven().convention(woven);
            task.getOriginals().convention(originals);
            task.getReports()
                    .convention(project.getLayout().getBuildDirectory().dir("reports/repoint/" + sources.getName()));
        });
    }

    /// The name of a task: `repointWeave`, for other source sets `repointWeaveTest`.
    private static String name(String verb, SourceSet sources) {
        String name = sources.getName();
        return name.equals(SourceSet.MAIN_SOURCE_SET_NAME)
                ? verb
                : verb + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static void prepare(
            RepointTask task,
            RepointExtension extension,
            SourceSet sources,
            Configuration weaver,
            Provider<JavaLauncher> launcher) {
        task.setGroup(GROUP);
        task.follow(extension);
        task.getWeaver().from(weaver);
        task.getLibraries().from(sources.getCompileClasspath());
        task.getLauncher().convention(launcher);
    }

    /// Leads the classes of a source set through the task that weaves.
    ///
    /// It waits for the build script, because plugins of other languages add their folders of classes.
    private static void lead(Project project, SourceSet sources) {
        ConfigurableFileCollection classes =
                (ConfigurableFileCollection) sources.getOutput().getClassesDirs();
        List<Object> folders = new ArrayList<>(classes.getFrom());
        Set<Object> compilers = Set.copyOf(classes.getBuiltBy());
        FileCollection compiled = project.files(folders).builtBy(compilers.toArray());
        TaskProvider<RepointWeave> weave = project.getTasks().named(name("repointWeave", sources), RepointWeave.class);
        weave.configure(task -> task.getClasses().from(compiled));
        classes.setFrom(weave.flatMap(RepointWeave::getOutput));
        project.getTasks()
                .named(LifecycleBasePlugin.CHECK_TASK_NAME)
                .configure(task -> task.dependsOn(name("repointCheck", sources)));
        keepForTests(project, sources, compiled);
    }

    /// Lets the compilers of tests see the classes as they were compiled. The compiler of Kotlin shows internal members
    /// only to classes that see the very folder into which it has compiled them.
    private static void keepForTests(Project project, SourceSet sources, FileCollection compiled) {
        JavaPluginExtension java = project.getExtensions().getByType(JavaPluginExtension.class);
        SourceSet tests = java.getSourceSets().findByName(SourceSet.TEST_SOURCE_SET_NAME);
        if (tests != null && sources.getName().equals(SourceSet.MAIN_SOURCE_SET_NAME)) {
            tests.setCompileClasspath(compiled.plus(tests.getCompileClasspath()));
        }
    }
}
