package dev.repoint.machine.site;

import dev.repoint.elf.Address;

/// The current target of a site, read from its bytes. Immutable.
public sealed interface CurrentTarget {

    /// The default, as it was built.
    CurrentTarget DEFAULT = new Default();

    /// Whether nothing was changed.
    default boolean isDefault() {
        return this instanceof Default;
    }

    /// The text for people: `default`, the name of a function, `nothing`, `zero`.
    String text();

    /// The default, as it was built.
    record Default() implements CurrentTarget {
        @Override
        public String text() {
            return "default";
        }
    }

    /// Another function.
    ///
    /// @param name    its symbol; empty if no symbol stands at the address
    /// @param address its address, or that of its entry in the procedure linkage table; 0 in a slot that names an
    ///     import
    record Function(String name, Address address) implements CurrentTarget {
        @Override
        public String text() {
            return name.isEmpty() ? address.toString() : name;
        }
    }

    /// Nothing: it does nothing.
    record Nothing() implements CurrentTarget {
        @Override
        public String text() {
            return "nothing";
        }
    }

    /// Zero: it does nothing but give zero.
    record Zero() implements CurrentTarget {
        @Override
        public String text() {
            return "zero";
        }
    }

    /// Bytes that no patch writes. Found only where a table was read that was collected before the file
    /// changed.
    ///
    /// @param bytes in hexadecimal
    record Unknown(String bytes) implements CurrentTarget {
        @Override
        public String text() {
            return "unknown bytes " + bytes;
        }
    }
}
