package dev.repoint.gradle;

import dev.repoint.plugin.Answer;
import dev.repoint.plugin.Report;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.gradle.api.file.DirectoryProperty;
import org.gradle.api.tasks.CacheableTask;
import org.gradle.api.tasks.OutputDirectory;
import org.gradle.api.tasks.TaskAction;

/// Prints the patchables, their sites, and the rejected methods with the reason. Writes them as text and as JSON, too.
@CacheableTask
public abstract class RepointReport extends WovenTask {

    /// For Gradle.
    public RepointReport() {}

    /// The folder of `report.txt` and `report.json`.
    ///
    /// @return a folder that only this task writes
    @OutputDirectory
    public abstract DirectoryProperty getReports();

    /// Reports.
    @TaskAction
    public void report() {
        File woven = getWoven().get().getAsFile();
        Answer answer = ask("look");
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
