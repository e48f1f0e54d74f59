package dev.repoint.maven;

import java.io.File;
import java.util.List;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Weaves the classes of the project in place, so that you can patch them without an agent. If you run it again, it writes
 * only classes that were compiled since, or that change with a new configuration.
 */
@Mojo(
        name = "weave",
        defaultPhase = LifecyclePhase.PROCESS_CLASSES,
        requiresDependencyResolution = ResolutionScope.COMPILE,
        threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the fields before it calls execute
public final class WeaveMojo extends AbstractWeaveMojo {

    @Parameter(defaultValue = "${project.build.outputDirectory}", readonly = true, required = true)
    private File classes;

    /** For Maven. */
    public WeaveMojo() {}

    @Override
    File classes() {
        return classes;
    }

    @Override
    List<String> classPath() throws DependencyResolutionRequiredException {
        return project().getCompileClasspathElements();
    }
}
