package dev.repoint.maven;

import java.io.File;
import java.util.List;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Weaves the test classes of the project in place: patchables of tests, and calls that tests make.
 */
@Mojo(
        name = "test-weave",
        defaultPhase = LifecyclePhase.PROCESS_TEST_CLASSES,
        requiresDependencyResolution = ResolutionScope.TEST,
        threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the fields before it calls execute
public final class TestWeaveMojo extends AbstractWeaveMojo {

    @Parameter(defaultValue = "${project.build.testOutputDirectory}", readonly = true, required = true)
    private File classes;

    /**
     * If <code>true</code>, the compiler makes no test classes, and the goal does nothing.
     */
    @Parameter(property = "maven.test.skip", defaultValue = "false")
    private boolean skipTests;

    /** For Maven. */
    public TestWeaveMojo() {}

    @Override
    boolean isSkipped() {
        return skipTests || super.isSkipped();
    }

    @Override
    File classes() {
        return classes;
    }

    @Override
    List<String> classPath() throws DependencyResolutionRequiredException {
        return project().getTestClasspathElements();
    }
}
