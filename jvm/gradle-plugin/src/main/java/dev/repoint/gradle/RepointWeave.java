package dev.repoint.gradle;

import dev.repoint.plugin.Answer;
import dev.repoint.plugin.Report;
import java.io.File;
import org.gradle.api.file.ConfigurableFileCollection;
import org.gradle.api.file.DirectoryProperty;
import org.gradle.api.file.DuplicatesStrategy;
import org.gradle.api.tasks.CacheableTask;
import org.gradle.api.tasks.Classpath;
import org.gradle.api.tasks.OutputDirectory;
import org.gradle.api.tasks.TaskAction;

/// Weaves the classes of a source set into a folder of their own. The output of the compilers stays as it is.
@CacheableTask
public abstract class RepointWeave extends RepointTask {

    /// For Gradle.
    public RepointWeave() {}

    /// The folders of classes that the compilers have written.
    ///
    /// @return folders
    @Classpath
    public abstract ConfigurableFileCollection getClasses();

    /// The folder of woven classes, with all other files that the compilers have written.
    ///
    /// @return a folder that only this task writes
    @OutputDirectory
    public abstract DirectoryProperty getOutput();

    /// The folder of the classes that were woven, as the compilers have written them.
    ///
    /// @return a folder that only this task writes
    @OutputDirectory
    public abstract DirectoryProperty getOriginals();

    /// Weaves.
    @TaskAction
    public void weave() {
        getFiles().sync(spec -> {
            spec.from(getClasses());
            spec.into(getOutput());
            spec.setDuplicatesStrategy(DuplicatesStrategy.FAIL); // as a jar of two classes of one name
        });
        File kept = getOriginals().get().getAsFile();
        getFiles().delete(spec -> spec.delete(kept));
        Answer answer = ask("weave", getOutput().get().getAsFile(), kept);
        getLogger().lifecycle(Report.summary(answer));
        for (Answer.Unmatched each : answer.unmatched()) {
            getLogger().warn("{}", each.text());
        }
    }
}
