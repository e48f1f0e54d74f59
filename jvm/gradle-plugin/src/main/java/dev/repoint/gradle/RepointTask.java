package dev.repoint.gradle;

import dev.repoint.plugin.Answer;
import dev.repoint.plugin.Refusal;
import dev.repoint.plugin.Request;
import dev.repoint.plugin.WeaverProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.gradle.api.DefaultTask;
import org.gradle.api.GradleException;
import org.gradle.api.UncheckedIOException;
import org.gradle.api.file.ConfigurableFileCollection;
import org.gradle.api.file.FileSystemOperations;
import org.gradle.api.provider.Property;
import org.gradle.api.tasks.Classpath;
import org.gradle.api.tasks.Nested;
import org.gradle.api.tasks.Optional;
import org.gradle.jvm.toolchain.JavaLauncher;

/// The common part of all tasks: the options, and the process of the weaver. No task asks the project when it runs.
public abstract class RepointTask extends DefaultTask implements WeavingOptions {

    private static final String WINDOWS = "java.exe";

    /// For Gradle.
    protected RepointTask() {}

    /// The libraries of the classes.
    ///
    /// @return jars and folders
    @Classpath
    public abstract ConfigurableFileCollection getLibraries();

    /// The weaver and what it needs.
    ///
    /// @return jars
    @Classpath
    public abstract ConfigurableFileCollection getWeaver();

    /// The Java that runs the weaver, 17 or later. Without one, the weaver runs on Gradle's own.
    ///
    /// @return the toolchain of the project, if it has one
    @Nested
    @Optional
    public abstract Property<JavaLauncher> getLauncher();

    /// Copies files.
    ///
    /// @return Gradle's service
    @Inject
    @SuppressWarnings("JavaxInjectOnAbstractMethod") // Gradle makes a class that has it
    protected abstract FileSystemOperations getFiles();

    /// Takes what a build script says.
    final void follow(WeavingOptions options) {
        getPatchable().convention(options.getPatchable());
        getSites().convention(options.getSites());
        getCallsIn().convention(options.getCallsIn());
        getExclude().convention(options.getExclude());
        getPolicy().convention(options.getPolicy());
    }

    /// Sends the options to the weaver.
    ///
    /// @param goal    `weave`, `look` or `check`
    /// @param classes the folder of classes
    /// @param kept    the folder of the originals of woven classes
    final Answer ask(String goal, File classes, File kept) {
        Request request = new Request(goal).with("classes", classes.getPath()).with("kept", kept.getPath());
        for (File each : getLibraries()) {
            if (each.exists()) {
                request.with("classpath", each.getPath());
            }
        }
        request.withAll("patchable", getPatchable().get())
                .withAll("sites", getSites().get())
                .withAll("in", getCallsIn().get())
                .withAll("exclude", getExclude().get())
                .withAll("policy", getPolicy().get());
        List<String> jars = getWeaver().getFiles().stream().map(File::getPath).toList();
        try {
            return new WeaverProcess(java(), jars).ask(request);
        } catch (Refusal e) {
            throw new GradleException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path java() {
        if (getLauncher().isPresent()) {
            return getLauncher().get().getExecutablePath().getAsFile().toPath();
        }
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        return bin.resolve(bin.resolve(WINDOWS).toFile().exists() ? WINDOWS : "java");
    }
}
