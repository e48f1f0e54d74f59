package dev.repoint.maven;

import java.io.File;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/// The goals that write classes.
abstract class AbstractWeaveMojo extends RepointMojo {

    /**
     * Where to write what is patchable, its sites, and what was left and why: text to this file, JSON to the one of the same
     * name that ends in <code>.json</code>. By default nowhere; <code>report</code> does the same by itself.
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
