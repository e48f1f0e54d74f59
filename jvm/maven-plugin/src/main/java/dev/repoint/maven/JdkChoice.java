package dev.repoint.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

/// The choice of the JDK for the weaver. It takes the first of these that is version 17 or later: the toolchain of the
/// parameter, the JDK of the build, the JDK of Maven.
///
/// @param session the session
/// @param toolchains the known JDKs
/// @param wanted the parameter `jdkToolchain`, or null
record JdkChoice(
        MavenSession session,
        ToolchainManager toolchains,
        @Nullable Map<String, String> wanted) {

    /// The lowest Java version on which the weaver runs.
    static final int LEAST = 17;

    private static final String JDK = "jdk";
    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"?(\\d+)");

    /// A JDK.
    ///
    /// @param java its command
    /// @param version its feature version
    record Jdk(Path java, int version) {}

    /// The JDK.
    ///
    /// @throws MojoExecutionException if the parameter names none; the message has the JDKs found, and the next step
    Jdk jdk() throws MojoExecutionException {
        List<String> found = new ArrayList<>();
        if (wanted != null && !wanted.isEmpty()) {
            for (Toolchain each : toolchains.getToolchains(session, JDK, wanted)) {
                Jdk jdk = lateEnough(commandOf(each), "the toolchain " + each, found);
                if (jdk != null) {
                    return jdk;
                }
            }
            throw new MojoExecutionException("no toolchain of a JDK " + LEAST + " or later matches jdkToolchain "
                    + wanted + listed(found) + "; add one to toolchains.xml");
        }
        Toolchain ofBuild = toolchains.getToolchainFromBuildContext(JDK, session);
        if (ofBuild != null) {
            Jdk jdk = lateEnough(commandOf(ofBuild), "the toolchain of this build", found);
            if (jdk != null) {
                return jdk;
            }
        }
        return new Jdk(ofMaven(), Runtime.version().feature());
    }

    private static Path ofMaven() {
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        Path windows = bin.resolve("java.exe");
        return Files.exists(windows) ? windows : bin.resolve("java");
    }

    private static @Nullable Path commandOf(Toolchain toolchain) {
        String java = toolchain.findTool("java");
        return java == null ? null : Path.of(java);
    }

    /// The JDK if it is version 17 or later. Otherwise null, and `found` gets it.
    private static @Nullable Jdk lateEnough(@Nullable Path java, String what, List<String> found)
            throws MojoExecutionException {
        if (java == null) {
            found.add(what + " (it has no command java)");
            return null;
        }
        int version = versionOf(java);
        if (version < LEAST) {
            found.add(what + " (" + version + ", " + java + ")");
            return null;
        }
        return new Jdk(java, version);
    }

    /// The feature version of a JDK, from its file `release`.
    private static int versionOf(Path java) throws MojoExecutionException {
        try {
            Path release = java.toRealPath().resolve("../../release").normalize();
            Matcher version = VERSION.matcher(Files.readString(release));
            if (version.find()) {
                return Integer.parseInt(version.group(1));
            }
            throw new MojoExecutionException(release + " has no JAVA_VERSION; choose another JDK");
        } catch (IOException e) {
            throw new MojoExecutionException("cannot read the version of " + java + ": " + e, e);
        }
    }

    private static String listed(List<String> found) {
        return found.isEmpty() ? "" : "; found only " + String.join(" and ", found);
    }
}
