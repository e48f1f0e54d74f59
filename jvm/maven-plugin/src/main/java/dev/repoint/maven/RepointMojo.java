package dev.repoint.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

/// What all goals share: the options, and the process that they are handed to.
@SuppressWarnings("NullAway.Init") // Maven sets the fields before it calls execute
abstract class RepointMojo extends AbstractMojo {

    private static final String OURS = "dev.repoint";
    private static final String RUNTIME = "repoint-runtime";

    /**
     * Does nothing. What was woven before stays so until it is compiled again.
     */
    @Parameter(property = "repoint.skip", defaultValue = "false")
    private boolean skip;

    /**
     * Methods that are made patchable at their entry, besides those that carry <code>@Patchable</code>: keys such as
     * <code>com.acme.Crc.update(int,byte[])</code>, with <code>*</code> for anything within a segment and <code>**</code> for
     * anything at all. Several stand in elements of their own, or with <code>;</code> between them.
     */
    @Parameter(property = "repoint.patchable")
    private @Nullable List<String> patchable;

    /**
     * Methods whose calls are made patchable in the classes that make them: native and abstract methods, and those of
     * libraries and of the JDK. Keys as in <code>patchable</code>.
     */
    @Parameter(property = "repoint.sites")
    private @Nullable List<String> sites;

    /**
     * Limits <code>sites</code> to the calls that these classes make: patterns such as <code>com.acme.**</code>.
     */
    @Parameter(property = "repoint.in")
    private @Nullable List<String> in;

    /**
     * Classes that are left alone. Wins over everything else.
     */
    @Parameter(property = "repoint.exclude")
    private @Nullable List<String> exclude;

    /**
     * Targets that the program is going to be given, written <code>KEY=TARGET</code>. Their keys are made patchable by this
     * alone; <code>check</code> says whether they and their targets exist. They are applied by the program, not by the
     * build.
     */
    @Parameter(property = "repoint.policy")
    private @Nullable List<String> policy;

    /**
     * Which of the toolchains of <code>toolchains.xml</code> the weaver runs on, such as
     * <code>&lt;version&gt;25&lt;/version&gt;</code>. By default the JDK that the build has selected if it is a 25 or later,
     * else the one that Maven runs on.
     */
    @Parameter
    private @Nullable Map<String, String> jdkToolchain;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
    private List<Artifact> pluginArtifacts;

    @Parameter(defaultValue = "${project.build.directory}/repoint", readonly = true, required = true)
    private File kept;

    @Inject
    private ToolchainManager toolchains;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (isSkipped()) {
            getLog().info("skipped");
        } else if (!classes().isDirectory()) {
            getLog().info("nothing to weave: there is no " + classes());
        } else {
            act();
        }
    }

    /// Does the work of the goal; there is a folder of classes.
    abstract void act() throws MojoExecutionException, MojoFailureException;

    /// The folder of classes.
    abstract File classes();

    /// What the classes see, themselves included.
    abstract List<String> classPath() throws DependencyResolutionRequiredException;

    boolean isSkipped() {
        return skip;
    }

    final MavenProject project() {
        return project;
    }

    /// Hands the options to the weaver.
    ///
    /// @param goal `weave`, `look` or `check`
    final Answer ask(String goal) throws MojoExecutionException, MojoFailureException {
        Request request = new Request(goal)
                .with("classes", classes().getPath())
                .with("kept", new File(kept, classes().getName()).getPath());
        try {
            for (String entry : classPath()) {
                if (!new File(entry).equals(classes())) {
                    request.with("classpath", entry);
                }
            }
        } catch (DependencyResolutionRequiredException e) {
            throw new MojoExecutionException("the dependencies are not resolved: " + e.getMessage(), e);
        }
        request.withAll("patchable", patchable)
                .withAll("sites", sites)
                .withAll("in", in)
                .withAll("exclude", exclude)
                .withAll("policy", policy);
        Path java = new JdkChoice(session, toolchains, jdkToolchain).java();
        getLog().debug("weaver on " + java);
        return new WeaverProcess(java, jars()).ask(request);
    }

    /// Writes text and JSON, the one beside the other.
    final void write(Answer answer, File text) throws MojoExecutionException {
        try {
            new Report(classes(), answer).write(text.toPath());
        } catch (IOException e) {
            String reason = e instanceof FileSystemException failure && failure.getReason() != null
                    ? failure.getReason()
                    : e.getMessage();
            throw new MojoExecutionException(text + " cannot be written: " + reason, e);
        }
    }

    /// What has to be said where woven classes lack what they call; empty where they do not.
    final String missingRuntime(Answer answer) {
        boolean there = project.getArtifacts().stream()
                .anyMatch(each ->
                        each.getGroupId().equals(OURS) && each.getArtifactId().equals(RUNTIME));
        return there || answer.woven() == 0
                ? ""
                : "woven classes call " + OURS + ":" + RUNTIME + ", which is no dependency of "
                        + project.getArtifactId()
                        + ": add it, unless something else brings it";
    }

    private List<String> jars() throws MojoExecutionException {
        List<String> jars = new ArrayList<>();
        for (Artifact artifact : pluginArtifacts) {
            if (artifact.getGroupId().equals(OURS) && artifact.getFile() != null) {
                jars.add(artifact.getFile().getPath());
            }
        }
        if (jars.isEmpty()) {
            throw new MojoExecutionException("the weaver is not among the artifacts of this plugin");
        }
        return jars;
    }
}
