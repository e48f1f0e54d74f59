package dev.repoint.maven;

import dev.repoint.plugin.Answer;
import dev.repoint.plugin.Report;
import java.io.File;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/// The goals that write woven classes.
abstract class AbstractWeaveMojo extends RepointMojo {

    /**
     * A file for the report: the patchables, their sites, and the rejected methods with the reason. The JSON goes to the file
     * with the same name that ends in <code>.json</code>. By default the goal writes no report. The goal <code>report</code>
     * writes one without this parameter.
     */
    @Parameter(property = "repoint.report")
    private @Nullable File report;

    @Override
    void act() throws MojoExecutionException, MojoFailureException {
        Answer answer = ask("weave");
        getLog().info(Report.summary(answer) + (answer.written().isEmpty() ? "; all up to date" : ""));
        answer.written().forEach(name -> getLog().debug("wrote " + name));
        for (Answer.Unmatched each : answer.unmatched()) {
            getLog().warn(each.text());
        }
        String missing = missingRuntime(answer);
        if (!missing.isEmpty()) {
            getLog().warn(missing);
        }
        if (report != null) {
            write(answer, report);
        }
    }
}
