package dev.repoint.machine.plan;

/// A target of a patchable in a file. Immutable.
public sealed interface Target {

    /// A function of the file, by its name. If the patchable is a struct of pointers: another struct of the same size,
    /// whose pointers are copied one by one.
    ///
    /// @param name as in the symbol table; a local symbol that is not unique is written `util.c:crc32`
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

    /// The target that was built: the file gets its original bytes again.
    record Default() implements Target {
        @Override
        public String toString() {
            return "default";
        }
    }

    /// Reads what [Object#toString()] writes: `nothing`, `zero`, `default`, or the name of a symbol.
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
