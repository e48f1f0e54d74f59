package dev.repoint.it.processes;

import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessChange;
import dev.repoint.linux.process.SetOptions;
import dev.repoint.machine.choice.PatchChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Has functions of a program counted, and gives them back, again and again, until it is killed. Arguments: the process, the
/// library, the keys. Says each time what it begins.
final class KilledCounting {

    private KilledCounting() {}

    static void main(String[] arguments) {
        List<ProcessChange> changes =
                Stream.of(arguments).skip(2).map(CountedState::change).toList();
        try (OtherProcess process = OtherProcess.open(Long.parseLong(arguments[0]))) {
            while (true) {
                boolean isSet = process.status().stream()
                        .anyMatch(each -> !each.target().equals("default"));
                System.out.println(isSet ? "reset" : "set");
                if (isSet) {
                    process.reset(List.of());
                } else {
                    process.set(changes, options(Path.of(arguments[1])));
                }
            }
        }
    }

    /// At their entries, whatever their names.
    ///
    /// @param library null if it is loaded already
    static SetOptions options(@Nullable Path library) {
        return SetOptions.DEFAULT.withLibrary(library).withChoice(PatchChoice.ENTRY.withAllNames());
    }
}
