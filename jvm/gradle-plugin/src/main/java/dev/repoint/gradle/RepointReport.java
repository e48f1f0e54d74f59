package dev.repoint.gradle;

import dev.repoint.plugin.Answer;
import dev.repoint.plugin.Report;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.gradle.api.file.DirectoryProperty;
import org.gradle.api.tasks.CacheableTask;
import org.gradle.api.tasks.InputDirectory;
import org.gradle.api.tasks.OutputDirectory;
import org.gradle.api.tasks.PathSensitive;
import org.gradle.api.tasks.PathSensitivity;
import org.gradle.api.tasks.TaskAction;

/// Prints the patchables, their sites, and the rejected methods with the reason. Writes them as text and as JSON, too.
@CacheableTask
public abstract class RepointReport extends RepointTask {

    /// For Gradle.
    public RepointReport() {}

    /// The woven classes.
    ///
    /// @return the folder of the task that weaves
    @InputDirectory
    @PathSensitive(PathSensitivity.RELATIVE)
    public abstract DirectoryProperty getWoven();

    /// What the task that weaves has kept.
    ///
    /// @return its folder of originals
    @InputDirectory
    @PathSensitive(PathSensitivity.RELATIVE)
    public abstract DirectoryProperty getOriginals();

    /// The folder of `report.txt` and `report.json`.
    ///
    /// @return a folder that only this task writes
    @OutputDirectory
    public abstract DirectoryProperty getReports();

    /// Reports.
    @TaskAction
    public void report() {
        File woven = getWoven().get().getAsFile();
        Answer answer = ask("look", woven, getOriginals().get().getAsFile());
        Report.lines(answer).forEach(line -> getLogger().lifecycle("{}", line));
        File text = getReports().file("report.txt").get().getAsFile();
        getLogger().lifecycle("{}; written to {}", Report.summary(answer), text);
        try {
            new Report(new File(woven.getName()), answer).write(text.toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(text + " cannot be written", e);
        }
    }
}
