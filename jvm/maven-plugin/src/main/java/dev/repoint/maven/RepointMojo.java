package dev.repoint.maven;

import dev.repoint.plugin.Answer;
import dev.repoint.plugin.Refusal;
import dev.repoint.plugin.Report;
import dev.repoint.plugin.Request;
import dev.repoint.plugin.WeaverProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
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

/// The common part of all goals: the options, and the process of the weaver.
@SuppressWarnings("NullAway.Init") // Maven sets the fields before it calls execute
abstract class RepointMojo extends AbstractMojo {

    private static final String OURS = "dev.repoint";
    private static final String LIBRARY = "io.smallrye.classfile";
    private static final String RUNTIME = "repoint-runtime";

    /**
     * If <code>true</code>, the goal does nothing. Woven classes stay woven until you compile them again.
     */
    @Parameter(property = "repoint.skip", defaultValue = "false")
    private boolean skip;

    /**
     * Makes these methods patchable at their entry, besides those that carry <code>@Patchable</code>. Write keys such as
     * <code>com.acme.Crc.update(int,byte[])</code>. <code>*</code> matches any text within a segment, and <code>**</code>
     * any text at all. Write one element for each key, or separate the keys with <code>;</code>.
     */
    @Parameter(property = "repoint.patchable")
    private @Nullable List<String> patchable;

    /**
     * Makes the calls of these methods patchable, in the calling classes. Use it for native and abstract methods, and for
     * methods of libraries and of the JDK. Write keys as in <code>patchable</code>.
     */
    @Parameter(property = "repoint.sites")
    private @Nullable List<String> sites;

    /**
     * Limits <code>sites</code> to the calls of these classes. Write patterns such as <code>com.acme.**</code>.
     */
    @Parameter(property = "repoint.in")
    private @Nullable List<String> in;

    /**
     * Does not weave these classes. Wins over all other parameters.
     */
    @Parameter(property = "repoint.exclude")
    private @Nullable List<String> exclude;

    /**
     * The policy of the program, written <code>KEY=TARGET</code>. The plugin makes the keys patchable, and
     * <code>check</code> verifies that keys and targets exist. The program applies the policy, the build does not.
     */
    @Parameter(property = "repoint.policy")
    private @Nullable List<String> policy;

    /**
     * The toolchain of <code>toolchains.xml</code> for the weaver, for example <code>&lt;version&gt;21&lt;/version&gt;</code>.
     * The default is the JDK that the build has selected, if this is version 17 or later, otherwise Maven's own JDK.
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

    /// Does the work of the goal. The folder of classes exists.
    abstract void act() throws MojoExecutionException, MojoFailureException;

    /// The folder of classes.
    abstract File classes();

    /// The class path of the classes, including the classes themselves.
    abstract List<String> classPath() throws DependencyResolutionRequiredException;

    boolean isSkipped() {
        return skip;
    }

    final MavenProject project() {
        return project;
    }

    /// Sends the options to the weaver.
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
        JdkChoice.Jdk jdk = new JdkChoice(session, toolchains, jdkToolchain).jdk();
        getLog().debug("weaver on " + jdk.java());
        try {
            return new WeaverProcess(jdk.java(), jars()).ask(request);
        } catch (Refusal e) {
            throw new MojoFailureException(e.getMessage(), e);
        } catch (IOException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
    }

    /// Writes text and JSON to one folder.
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

    /// The message if the runtime is missing for the woven classes; otherwise empty.
    final String missingRuntime(Answer answer) {
        boolean there = project.getArtifacts().stream()
                .anyMatch(each ->
                        each.getGroupId().equals(OURS) && each.getArtifactId().equals(RUNTIME));
        return there || answer.woven() == 0
                ? ""
                : "woven classes call " + OURS + ":" + RUNTIME + ", but "
                        + project.getArtifactId()
                        + " does not depend on it; add the dependency, unless the program gets the runtime in another"
                        + " way";
    }

    private List<String> jars() throws MojoExecutionException {
        List<String> jars = new ArrayList<>();
        for (Artifact artifact : pluginArtifacts) {
            boolean needed =
                    artifact.getGroupId().equals(OURS) || artifact.getGroupId().equals(LIBRARY);
            if (needed && artifact.getFile() != null) {
                jars.add(artifact.getFile().getPath());
            }
        }
        if (jars.isEmpty()) {
            throw new MojoExecutionException("the weaver is not among the artifacts of this plugin");
        }
        return jars;
    }
}
