package dev.repoint.machine.trap;

/// Where the handler finds what it needs, as offsets in bytes. All words have 8 bytes.
///
/// The *state* is one page of words:
///
/// | word | what it is |
/// | --- | --- |
/// | [#EPOCH] | the number of patches that were made; its lowest bit says which of the two emulations of a record counts |
/// | [#TABLE] | the address of the table |
/// | [#TRAPS] | how many traps were emulated |
/// | [#FOREIGN] | how many others were passed on |
/// | [#PREVIOUS] | the handler that was there before: 0 the default action, 1 to be ignored, else an address |
/// | [#PREVIOUS_MASK] | the signals that are blocked for it |
/// | [#PREVIOUS_ILLEGAL] | the handler of SIGILL that was there before |
/// | [#PREVIOUS_ILLEGAL_MASK] | the signals that are blocked for it |
///
/// The *table* finds the record of a site: a word with the number of its slots less 1, then the slots, a power
/// of two. A slot is 0 or the address of a record. A record is in the first slot that was free from [#slot] on,
/// going round. Slots only ever get filled, each by one store, so readers need no lock. A full table is
/// replaced by a larger one, and stays where it is: a handler may be reading it.
///
/// A *record* of [#RECORD_SIZE] bytes is of one site, and stays for ever:
///
/// | offset | what it is |
/// | --- | --- |
/// | 0 | the address of the site |
/// | [#NEXT] | the address behind it |
/// | [#emulation] 0 | the emulation while the epoch is even: its code, its operand |
/// | [#emulation] 1 | the same while it is odd |
public final class TrapLayout {

    /// The number of patches.
    public static final int EPOCH = 0;
    /// The address of the table.
    public static final int TABLE = 8;
    /// How many traps were emulated.
    public static final int TRAPS = 16;
    /// How many traps were passed on.
    public static final int FOREIGN = 24;
    /// The handler that was there before.
    public static final int PREVIOUS = 32;
    /// The signals that are blocked for that handler.
    public static final int PREVIOUS_MASK = 40;
    /// The handler of SIGILL that was there before.
    public static final int PREVIOUS_ILLEGAL = 48;
    /// The signals that are blocked for that handler.
    public static final int PREVIOUS_ILLEGAL_MASK = 56;

    /// The first slot of a table.
    public static final int SLOTS = 8;

    /// In a record: the address behind the site.
    public static final int NEXT = 8;
    /// The size of a record, which is one cache line.
    public static final int RECORD_SIZE = 64;
    /// From the code of an emulation to its operand.
    public static final int OPERAND = 8;

    /// In a record: the first emulation.
    public static final int FIRST_EMULATION = 16;
    /// Of the distance between the two emulations.
    public static final int EMULATION_SHIFT = 4;
    /// Knuth's multiplier: 2^64 divided by the golden ratio, made odd.
    public static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    /// What [#slot] shifts the product by.
    public static final int HASH_SHIFT = 32;
    /// Of the size of a line.
    public static final int LINE_SHIFT = 6;
    /// A mask of what an address is in its line.
    public static final int IN_LINE = 0x3f;
    /// Of what a slot covers of a line.
    public static final int UNIT_SHIFT = 2;

    private TrapLayout() {}

    /// Where an emulation is in a record.
    ///
    /// @param phase 0 or 1
    public static int emulation(int phase) {
        return FIRST_EMULATION + (phase << EMULATION_SHIFT);
    }

    /// The number of the slot where the search for a site begins. Sites of one line of 64 bytes are near each
    /// other in the table too; lines are scattered. No two sites share a slot within a line, however dense they
    /// are: with lines of a whole page, dense pages that overlap in the table made searches of hundreds of
    /// steps.
    ///
    /// @param address of the site
    /// @param mask    the number of slots less 1
    public static long slot(long address, long mask) {
        long line = (address >>> LINE_SHIFT) * MULTIPLIER >>> HASH_SHIFT;
        return line + ((address & IN_LINE) >>> UNIT_SHIFT) & mask;
    }
}
