package dev.repoint.gradle;

import dev.repoint.plugin.Answer;
import dev.repoint.plugin.Report;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.gradle.api.file.ConfigurableFileCollection;
import org.gradle.api.file.RegularFileProperty;
import org.gradle.api.provider.Property;
import org.gradle.api.tasks.CacheableTask;
import org.gradle.api.tasks.Classpath;
import org.gradle.api.tasks.Input;
import org.gradle.api.tasks.OutputFile;
import org.gradle.api.tasks.TaskAction;
import org.gradle.api.tasks.VerificationException;

/// Checks the woven classes, and fails with one line for each finding: a method with the annotation or with a key
/// without wildcards that cannot be woven; a pattern or a policy that matches nothing; a target that does not exist;
/// woven classes that do not find the runtime.
@CacheableTask
public abstract class RepointCheck extends WovenTask {

    private static final String RUNTIME = "dev/repoint/link/Link.class";

    /// For Gradle.
    public RepointCheck() {}

    /// The class path with which the program runs.
    ///
    /// @return jars and folders
    @Classpath
    public abstract ConfigurableFileCollection getRunsWith();

    /// Whether a pattern that matches nothing is a finding. Otherwise it is a warning.
    ///
    /// @return the value of the block `repoint`
    @Input
    public abstract Property<Boolean> getFailOnUnmatched();

    /// A file with the summary. It exists so that Gradle need not check again what has not changed.
    ///
    /// @return a file that only this task writes
    @OutputFile
    public abstract RegularFileProperty getSummary();

    /// Checks.
    @TaskAction
    public void check() {
        Answer answer = ask("check");
        List<String> findings = new ArrayList<>(answer.problems());
        for (Answer.Unmatched each : answer.unmatched()) {
            if (getFailOnUnmatched().get()) {
                findings.add(each.text());
            } else {
                getLogger().warn("{}", each.text());
            }
        }
        if (answer.woven() > 0 && getRunsWith().getFiles().stream().noneMatch(RepointCheck::hasRuntime)) {
            findings.add("woven classes call dev.repoint:repoint-runtime, which is not on the class path; add"
                    + " implementation(\"dev.repoint:repoint-runtime\")");
        }
        if (!findings.isEmpty()) {
            throw new VerificationException(
                    findings.size() == 1
                            ? findings.get(0)
                            : findings.size() + " findings:\n" + String.join("\n", findings));
        }
        try {
            Files.writeString(getSummary().get().getAsFile().toPath(), Report.summary(answer) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasRuntime(File entry) {
        if (entry.isDirectory()) {
            return new File(entry, RUNTIME).exists();
        }
        if (!entry.isFile()) {
            return false;
        }
        try (ZipFile jar = new ZipFile(entry)) {
            return jar.getEntry(RUNTIME) != null;
        } catch (IOException e) {
            return false; // not a jar: the weaver and the JVM say so
        }
    }
}
