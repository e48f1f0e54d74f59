package dev.repoint.machine.instruction;

import dev.repoint.elf.ElfMachine;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// One instruction set: reads its relocations, and reads and writes its instructions.
///
/// It judges by bytes alone. The caller compares the destination of a branch with its relocation. Implementations
/// have no state, and are safe for use by several threads.
public interface Architecture {

    /// The machine of this instruction set.
    ElfMachine machine();

    /// The use of a place by its relocation type.
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
    /// It recognises a site in a form that [#encode] writes: a redirected site is a branch; a site that does nothing
    /// is [Instruction.Emptied], or a branch to a veneer ([#veneerOutcome]).
    ///
    /// @param code  the code that holds the instruction and the bytes before it
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

    /// The destination of a veneer: of one that a linker made, or one of [#veneer] for [Outcome.To].
    ///
    /// @return null if no veneer with a destination starts at the address
    @Nullable
    Long veneerDestination(Code code, long address);

    /// The outcome of a veneer of [#veneer] without a destination: [Outcome.Nothing] or [Outcome.Zero].
    ///
    /// @return null if none starts at the address
    @Nullable
    Outcome veneerOutcome(Code code, long address);

    /// Decodes one function from its first byte to its last.
    ///
    /// Reports branches that leave the function, all calls, branches through pointers, and references; no jumps
    /// inside. On AArch64 data may stand among code: pass only the parts that mapping symbols call code (`$x`, not
    /// `$d`).
    ///
    /// @param function all of its bytes, and no others
    /// @return false if anything was not an instruction that is known for certain, or the last one runs past
    ///     the end: then nothing that was reported counts
    boolean sweep(Code function, SweepListener listener);

    /// Whether some bytes of a function may be a direct branch that is looked for, wherever instructions start.
    /// Finds each that [#sweep] would find, many times faster, and others that are none.
    boolean mayBranch(Code function, BranchFilter filter);

    /// Whether nothing ever runs through these bytes on purpose: only instructions that do nothing, traps, and
    /// zeros. That is what assemblers and linkers put between functions.
    boolean isPadding(Code gap);

    /// The new bytes of a site.
    ///
    /// @param site     the instruction that stands there, or the one that stood there when it was collected
    /// @param old      the bytes that stand there now, as many as the site is long
    /// @param outcome  the effect that the site gets
    /// @param veneers  asked if the site itself cannot have that effect
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
    /// @throws OutOfRange               if the destination of the original is out of reach; then it was not collected here
    /// @throws IllegalArgumentException if the original is [Instruction.Emptied] or only reported, or of
    ///     another length
    byte[] restore(Instruction original, byte[] now) throws OutOfRange;

    /// The code of a veneer.
    ///
    /// @param outcome its effect
    /// @param address of its first byte: a multiple of [#veneerAlignment]
    /// @throws OutOfRange if its destination is out of reach
    byte[] veneer(Outcome outcome, long address) throws OutOfRange;

    /// The alignment of veneers, in bytes.
    int veneerAlignment();

    /// What moves the instructions at the entry of a function.
    Mover mover();

    /// The text of instructions in the manner of `objdump`, separated by `; `. Knows the forms that
    /// sites have and get; other bytes are shown as numbers.
    ///
    /// @param bytes   the instructions
    /// @param address of the first one
    /// @param names   the name for an address, or null
    String disassemble(byte[] bytes, long address, LongFunction<@Nullable String> names);
}
