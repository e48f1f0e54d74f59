package dev.repoint.cli;

import dev.repoint.elf.function.DebugFiles;
import dev.repoint.machine.choice.PatchChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that concern the entries of native functions in files.
final class EntryOptions {

    @Mixin
    private ChoiceOptions choice = new ChoiceOptions();

    @Option(
            names = "--debug-dir",
            paramLabel = "DIR",
            description = "Looks for the debug files of stripped code here, too.")
    private List<Path> debugFolders = new ArrayList<>();

    /// Whether one was given.
    boolean isGiven() {
        return choice.hasBy() || choice.hasAllNames() || !debugFolders.isEmpty();
    }

    /// By what functions are redirected.
    PatchChoice choice() {
        return choice.choice();
    }

    /// Where their names are looked for.
    DebugFiles search() {
        return DebugFiles.of(debugFolders);
    }
}
