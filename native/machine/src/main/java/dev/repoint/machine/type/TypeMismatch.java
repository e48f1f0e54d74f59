package dev.repoint.machine.type;

import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.dwarf.FunctionType;
import dev.repoint.elf.dwarf.FunctionTypes;
import java.util.Optional;

/// The reasons for which a target does not fit a function, as far as there is debug information.
public final class TypeMismatch {

    private TypeMismatch() {}

    /// The reason against `zero` as a target: it is the integer 0, in the register for integers.
    ///
    /// @return the reason; empty if nothing is, or nothing is known of the function
    /// @throws ElfFormatException if the debug information is malformed
    public static Optional<String> zero(FunctionTypes types, String function, String sourceFile)
            throws ElfFormatException {
        Optional<String> never = never(types, function, sourceFile, "zero");
        Optional<FunctionType> type = types.of(function, sourceFile);
        if (never.isPresent() || type.isEmpty()) {
            return never;
        }
        String result = type.get().result();
        return isInteger(result)
                ? Optional.empty()
                : Optional.of("returns " + result + ", and zero is the integer 0, which such callers do not look for;"
                        + " name a function of its type");
    }

    /// The reason against a target that returns, in place of a function that does not.
    ///
    /// @param target as it was written
    /// @throws ElfFormatException if the debug information is malformed
    public static Optional<String> never(FunctionTypes types, String function, String sourceFile, String target)
            throws ElfFormatException {
        return types.neverReturns(function, sourceFile)
                ? Optional.of("never returns, so nothing sensible stands behind its calls, and " + target
                        + " would come back to that; name a function that does not return either")
                : Optional.empty();
    }

    private static boolean isInteger(String result) {
        boolean isPointer = result.endsWith("*") || result.contains("(*");
        boolean isAggregate = result.startsWith("struct ") || result.startsWith("union ");
        boolean isFloating = result.contains("float")
                || result.contains("double")
                || result.startsWith("_Float")
                || result.startsWith("__float")
                || result.contains("omplex")
                || result.startsWith("_Decimal")
                || result.startsWith("decimal")
                || result.endsWith("[]");
        return isPointer || !isAggregate && !isFloating;
    }
}
