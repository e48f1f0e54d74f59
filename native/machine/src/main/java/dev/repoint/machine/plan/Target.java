package dev.repoint.machine.plan;

/// What a patchable is to lead to from now on. Immutable.
public sealed interface Target {

    /// A function of the file, by its name; or, where the patchable is a struct of pointers, another struct of
    /// the same size, whose pointers are taken over one by one.
    ///
    /// @param name as the symbol table has it; a local symbol that is not unique is written `util.c:crc32`
    record Symbol(String name) implements Target {

        /// @throws IllegalArgumentException if the name is empty
        public Symbol {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a target without a name");
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// An empty function that returns no value.
    record Nothing() implements Target {
        @Override
        public String toString() {
            return "nothing";
        }
    }

    /// An empty function that returns the integer or pointer zero.
    record Zero() implements Target {
        @Override
        public String toString() {
            return "zero";
        }
    }

    /// What the compiler and the linker had made it lead to: the file gets back the bytes that it had.
    record Default() implements Target {
        @Override
        public String toString() {
            return "default";
        }
    }

    /// Reads what [#toString()] writes: `nothing`, `zero`, `default`, or the name of a symbol.
    ///
    /// @throws IllegalArgumentException if the text is empty
    static Target parse(String text) {
        return switch (text) {
            case "nothing" -> new Nothing();
            case "zero" -> new Zero();
            case "default" -> new Default();
            default -> new Symbol(text);
        };
    }
}
