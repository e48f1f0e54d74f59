package dev.repoint.it.processes;

import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.PatchBy;
import dev.repoint.linux.process.SetOptions;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Has all functions of [StockState] counted, and gives them back, again and again, until it is killed. Arguments:
/// the process, the library. Says each time what it begins.
final class KilledCounting {

    private KilledCounting() {}

    static void main(String[] arguments) {
        try (OtherProcess process = OtherProcess.open(Long.parseLong(arguments[0]))) {
            while (true) {
                boolean isSet = process.status().stream()
                        .anyMatch(each -> !each.target().equals("default"));
                System.out.println(isSet ? "reset" : "set");
                if (isSet) {
                    process.reset(List.of());
                } else {
                    process.set(
                            StockState.FUNCTIONS.stream()
                                    .map(StockState::change)
                                    .toList(),
                            options(Path.of(arguments[1])));
                }
            }
        }
    }

    /// At their entries, whatever their names.
    ///
    /// @param library null if it is loaded already
    static SetOptions options(@Nullable Path library) {
        return SetOptions.DEFAULT.withLibrary(library).withBy(PatchBy.ENTRY).withAllNames(true);
    }
}
