package dev.repoint.cli;

import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.choice.PatchChoice;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The options that say by what native functions are redirected.
final class ChoiceOptions {

    @Option(
            names = "--by",
            paramLabel = "entry|sites",
            converter = ByConverter.class,
            description = "Redirects functions at their entry, or by sites.")
    private @Nullable Mechanism by;

    @Option(names = "--all-names", description = "Redirects all names of a function.")
    private boolean allNames;

    /// Whether `--by` was given.
    boolean hasBy() {
        return by != null;
    }

    /// Whether `--all-names` was given.
    boolean hasAllNames() {
        return allNames;
    }

    /// What was asked for.
    PatchChoice choice() {
        return new PatchChoice(Optional.ofNullable(by), allNames);
    }

    /// Reads `entry` and `sites`.
    static final class ByConverter implements ITypeConverter<Mechanism> {
        @Override
        public Mechanism convert(String text) {
            for (Mechanism each : Mechanism.values()) {
                if (each.text().equals(text)) {
                    return each;
                }
            }
            throw new TypeConversionException("'" + text + "' is neither entry nor sites");
        }
    }
}
