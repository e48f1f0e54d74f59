package dev.repoint.cli;

import dev.repoint.elf.function.DebugFiles;
import dev.repoint.machine.plan.EntryChoice;
import dev.repoint.machine.plan.Mechanism;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The options that concern the entries of native functions.
final class EntryOptions {

    @Option(names = "--by", paramLabel = "WHAT", description = "Patches sites, or the entry. Default: as is known.")
    private @Nullable String by;

    @Option(names = "--all-names", description = "Patches an entry although it has several names.")
    private boolean allNames;

    @Option(
            names = "--debug-dir",
            paramLabel = "DIR",
            description = "Looks for the debug files of stripped code here, too.")
    private List<Path> debugFolders = new ArrayList<>();

    /// Whether one was given.
    boolean isGiven() {
        return by != null || allNames || !debugFolders.isEmpty();
    }

    /// What was asked for.
    ///
    /// @throws ParameterException if a word is not known
    EntryChoice choice(CommandSpec spec) {
        return new EntryChoice(mechanism(spec), allNames, DebugFiles.of(debugFolders));
    }

    private Optional<Mechanism> mechanism(CommandSpec spec) {
        if (by == null) {
            return Optional.empty();
        }
        for (Mechanism each : Mechanism.values()) {
            if (each.text().equals(by)) {
                return Optional.of(each);
            }
        }
        throw new ParameterException(spec.commandLine(), "--by: '" + by + "' is not known; write sites or entry");
    }
}
