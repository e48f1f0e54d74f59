package dev.repoint.machine.entry;

import java.util.List;

/// Whether a function can be diverted at its entry.
public sealed interface EntryVerdict {

    /// The address of the function.
    long address();

    /// All names of the function, as symbols have them; empty if none is known.
    List<String> names();

    /// It can be.
    ///
    /// @param patch what to write
    /// @param names its names: with several, all of them are diverted
    /// @param notes what the patch does not do, or cannot see
    record Accepted(EntryPatch patch, List<String> names, List<EntryNote> notes) implements EntryVerdict {

        /// Copies the lists.
        public Accepted {
            names = List.copyOf(names);
            notes = List.copyOf(notes);
        }

        @Override
        public long address() {
            return patch.entry();
        }

        /// How.
        public EntryMeans means() {
            return patch.means();
        }
    }

    /// It cannot be.
    ///
    /// @param address of the function
    /// @param names   its names
    /// @param reason  why
    /// @param text    one sentence: the place, what was found there, and what to do instead
    record Refused(long address, List<String> names, RefusalReason reason, String text) implements EntryVerdict {

        /// Copies the list.
        public Refused {
            names = List.copyOf(names);
        }

        /// Whether the function only chooses another one.
        public boolean isIndirect() {
            return reason == RefusalReason.INDIRECT_FUNCTION;
        }

        /// The same of a process, where the choice was made.
        ///
        /// @param function that was chosen, as a patch names it
        public Refused withChosen(String function) {
            return new Refused(address, names, reason, text + "; in this process that is " + function);
        }
    }
}
