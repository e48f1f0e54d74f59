package dev.repoint.stress;

import java.util.List;

/// A class of functions in the stress, by the instructions that a jump at their entry overwrites. Each returns its
/// argument plus 0x777.
///
/// @param first the instructions that a jump overwrites; `LABEL` stands for a label of the function
/// @param rest  what follows
record EntryClass(List<String> first, String rest) {

    /// The most instructions that one has.
    static final int MOST = 5;

    /// Copies the list.
    EntryClass {
        first = List.copyOf(first);
    }
}
