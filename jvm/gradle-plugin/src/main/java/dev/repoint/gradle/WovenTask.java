package dev.repoint.gradle;

import dev.repoint.plugin.Answer;
import org.gradle.api.file.DirectoryProperty;
import org.gradle.api.tasks.InputDirectory;
import org.gradle.api.tasks.PathSensitive;
import org.gradle.api.tasks.PathSensitivity;

/// The common part of the tasks that look at woven classes.
public abstract class WovenTask extends RepointTask {

    /// For Gradle.
    protected WovenTask() {}

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

    /// Asks the weaver about the woven classes.
    ///
    /// @param goal `look` or `check`
    final Answer ask(String goal) {
        return ask(goal, getWoven().get().getAsFile(), getOriginals().get().getAsFile());
    }
}
