package dev.repoint.machine.instruction;

import dev.repoint.elf.ElfMachine;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// One instruction set: its relocations, and how its instructions are read and written.
///
/// Everything is judged by bytes alone. Whether a branch leads where its relocation says is for the caller to
/// compare. Implementations have no state, and are safe for use by several threads.
public interface Architecture {

    /// Which one it is.
    ElfMachine machine();

    /// What a relocation type says about its place.
    ///
    /// @param type any number, known or not
    RelocationUse use(int type);

    /// The name that the psABI gives to a relocation type: `R_X86_64_PLT32`; `type 300` if it is not known.
    String relocationName(int type);

    /// The instruction that a relocation is about.
    ///
    /// On x86-64 a relocation names the displacement, on AArch64 the instruction. Of two instructions that form
    /// an address together (`adrp` and `add` or `ldr`) the second one is given for its own relocation, with the
    /// whole address; the relocation of the first says nothing that the second does not, so its [#use] is
    /// [RelocationUse#NONE].
    ///
    /// A site in a form that [#encode] leaves is recognised: one that leads elsewhere is a branch, one that
    /// does nothing is [Instruction.Emptied], or a branch to a veneer ([#veneerOutcome]).
    ///
    /// @param code  what holds the instruction, and what stands before it
    /// @param field the place that the relocation names (`r_offset`)
    /// @return null if no instruction that uses a function or a pointer is there
    @Nullable
    Instruction at(Code code, long field);

    /// The slot of the global offset table that an entry of a procedure linkage table jumps through, whatever
    /// linker made the entry.
    ///
    /// @return the address of the slot; null if no such entry starts at the address
    @Nullable
    Long pltSlot(Code code, long address);

    /// Where a veneer leads: one of a linker, or one of [#veneer] for [Outcome.To].
    ///
    /// @return null if no veneer that leads to code starts at the address
    @Nullable
    Long veneerDestination(Code code, long address);

    /// What a veneer of [#veneer] does that leads nowhere: [Outcome.Nothing] or [Outcome.Zero].
    ///
    /// @return null if none starts at the address
    @Nullable
    Outcome veneerOutcome(Code code, long address);

    /// Decodes one function from its first byte to its last.
    ///
    /// Told are branches that leave the function, all calls, branches through pointers, and references; no
    /// jumps inside. On AArch64 data may stand among code: give only what the mapping symbols call code (`$x`,
    /// not `$d`).
    ///
    /// @param function all of its bytes, and no others
    /// @return false if anything was not an instruction that is known for certain, or the last one runs past
    ///     the end: then nothing that was told counts
    boolean sweep(Code function, SweepListener listener);

    /// Whether some bytes of a function may be a direct branch that is looked for, wherever instructions start.
    /// Finds each that [#sweep] would find, many times faster, and others that are none.
    boolean mayBranch(Code function, BranchFilter filter);

    /// Whether nothing ever runs through these bytes on purpose: only instructions that do nothing, traps, and
    /// zeros. That is what assemblers and linkers put between functions.
    boolean isPadding(Code gap);

    /// What a site becomes.
    ///
    /// @param site     the instruction that stands there, or the one that stood there when it was collected
    /// @param old      the bytes that stand there now, as many as the site is long
    /// @param outcome  what it is to do
    /// @param veneers  asked where the site itself cannot do that
    /// @return as many bytes as the site is long
    /// @throws OutOfRange               if the outcome is out of reach, or the site too short for it
    /// @throws IllegalArgumentException if the site is of a kind that is only reported, or of another length
    ///     than the bytes
    byte[] encode(Instruction site, byte[] old, Outcome outcome, VeneerSource veneers) throws OutOfRange;

    /// The exact bytes of a site before it was ever patched.
    ///
    /// @param original the instruction as it was collected then
    /// @param now      the bytes that stand there now, as many as the instruction is long: any form that
    ///     [#encode] leaves
    /// @throws OutOfRange               if the original leads out of reach, which then was not collected here
    /// @throws IllegalArgumentException if the original is [Instruction.Emptied] or only reported, or of
    ///     another length
    byte[] restore(Instruction original, byte[] now) throws OutOfRange;

    /// The code of a veneer.
    ///
    /// @param outcome what it does
    /// @param address where it will stand: a multiple of [#veneerAlignment]
    /// @throws OutOfRange if it cannot lead there
    byte[] veneer(Outcome outcome, long address) throws OutOfRange;

    /// What the address of a veneer is a multiple of.
    int veneerAlignment();

    /// Instructions as people read them, in the manner of `objdump`, separated by `; `. Knows the forms that
    /// sites have and get; other bytes are shown as numbers.
    ///
    /// @param bytes   the instructions
    /// @param address of the first one
    /// @param names   the name for an address, or null
    String disassemble(byte[] bytes, long address, LongFunction<@Nullable String> names);
}
