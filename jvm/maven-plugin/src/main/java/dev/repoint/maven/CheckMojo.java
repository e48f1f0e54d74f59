package dev.repoint.maven;

import dev.repoint.plugin.Answer;
import dev.repoint.plugin.Report;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Checks the woven classes, and fails with one line for each finding: a class differs from the result of the configured
 * weaving; the weaver cannot weave a method, although it carries <code>@Patchable</code> or a key without wildcards names
 * it; a pattern or a policy matches nothing; the target of a policy does not exist; woven classes cannot find the runtime.
 */
@Mojo(
        name = "check",
        defaultPhase = LifecyclePhase.VERIFY,
        requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME,
        threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the fields before it calls execute
public final class CheckMojo extends RepointMojo {

    @Parameter(defaultValue = "${project.build.outputDirectory}", readonly = true, required = true)
    private File classes;

    /**
     * Whether a pattern that matches nothing is a failure. If many modules share one configuration, set this to
     * <code>false</code>: then it is a warning.
     */
    @Parameter(property = "repoint.failOnUnmatched", defaultValue = "true")
    private boolean failOnUnmatched;

    /** For Maven. */
    public CheckMojo() {}

    @Override
    void act() throws MojoExecutionException, MojoFailureException {
        Answer answer = ask("check");
        List<String> problems = new ArrayList<>(answer.problems());
        for (Answer.Unmatched each : answer.unmatched()) {
            if (failOnUnmatched) {
                problems.add(each.text());
            } else {
                getLog().warn(each.text());
            }
        }
        String missing = missingRuntime(answer);
        if (!missing.isEmpty()) {
            problems.add(missing);
        }
        if (problems.isEmpty()) {
            getLog().info(Report.summary(answer));
            return;
        }
        throw new MojoFailureException(
                problems.size() == 1
                        ? problems.get(0)
                        : problems.size() + " findings:\n" + String.join("\n", problems));
    }

    @Override
    File classes() {
        return classes;
    }

    @Override
    List<String> classPath() throws DependencyResolutionRequiredException {
        List<String> elements = new ArrayList<>(project().getCompileClasspathElements());
        elements.addAll(project().getRuntimeClasspathElements());
        return elements.stream().distinct().toList();
    }
}
