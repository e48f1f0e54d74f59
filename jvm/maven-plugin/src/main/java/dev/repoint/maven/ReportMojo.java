package dev.repoint.maven;

import dev.repoint.plugin.Answer;
import dev.repoint.plugin.Report;
import java.io.File;
import java.util.List;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Prints the patchables of the project's classes, their sites, and the rejected methods with the reason. Also writes them
 * to a file, as text and as JSON. Changes no class: for classes that are not woven yet, it reports the result of weaving.
 */
@Mojo(
        name = "report",
        defaultPhase = LifecyclePhase.PREPARE_PACKAGE,
        requiresDependencyResolution = ResolutionScope.COMPILE,
        threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the fields before it calls execute
public final class ReportMojo extends RepointMojo {

    @Parameter(defaultValue = "${project.build.outputDirectory}", readonly = true, required = true)
    private File classes;

    /**
     * The file for the text. The JSON goes to the file with the same name that ends in <code>.json</code>.
     */
    @Parameter(property = "repoint.report", defaultValue = "${project.build.directory}/repoint/report.txt")
    private File report;

    /** For Maven. */
    public ReportMojo() {}

    @Override
    void act() throws MojoExecutionException, MojoFailureException {
        Answer answer = ask("look");
        Report.lines(answer).forEach(getLog()::info);
        getLog().info(Report.summary(answer) + "; written to " + report);
        write(answer, report);
    }

    @Override
    File classes() {
        return classes;
    }

    @Override
    List<String> classPath() throws DependencyResolutionRequiredException {
        return project().getCompileClasspathElements();
    }
}
