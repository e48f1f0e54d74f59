package dev.repoint.machine.plan;

import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.site.Patchable;

/// One patchable of an object file, and what it is to lead to.
///
/// @param patchable with its sites
/// @param word      of a pointer, the offset in the file of what it starts with; -1 if it is not in the file
/// @param aim       what it is to lead to
/// @param place     what errors name
record ObjectWish(Patchable patchable, long word, Aim aim, Place place) {

    /// A target in the terms of an object file.
    sealed interface Aim {

        /// As people read it.
        String text();

        /// A symbol, which the linker finds.
        ///
        /// @param index  in the table of symbols
        /// @param addend to its value
        record Symbol(String text, int index, long addend) implements Aim {}

        /// To do nothing, or nothing but give zero.
        record Empty(String text, Outcome outcome) implements Aim {}

        /// The default.
        record Back() implements Aim {
            @Override
            public String text() {
                return "default";
            }
        }
    }
}
