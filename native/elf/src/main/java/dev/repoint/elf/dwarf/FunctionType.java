package dev.repoint.elf.dwarf;

import java.util.List;

/// The type of a function, from debug information. Typedefs are replaced by what they stand for, and
/// `const` and `volatile` are left out, so equal types can stand for each other.
///
/// @param result     such as `long int` or `struct node *`; `void` if it returns nothing
/// @param parameters in their order, the same way; the last one is `...` if more may follow
public record FunctionType(String result, List<String> parameters) {

    /// Copies the list.
    public FunctionType {
        parameters = List.copyOf(parameters);
    }

    /// As C has it: `int (char *, ...)`.
    @Override
    public String toString() {
        return result + " (" + (parameters.isEmpty() ? "void" : String.join(", ", parameters)) + ")";
    }
}
