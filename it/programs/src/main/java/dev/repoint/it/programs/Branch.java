package dev.repoint.it.programs;

/// A direct branch to the entry of a function.
///
/// @param address where the instruction starts
/// @param length in bytes
/// @param kind by its mnemonic
/// @param destination the entry
record Branch(long address, int length, BranchKind kind, long destination) {

    static Branch of(Instruction instruction) {
        return new Branch(
                instruction.address(),
                instruction.length(),
                BranchKind.of(instruction.mnemonic()),
                instruction.destination());
    }

    /// Whether it is a jump within one function: to its own entry, or to the part of it that the compiler put
    /// elsewhere.
    boolean isWithin(Functions functions) {
        return isLoop(functions) || isToColdPart(functions);
    }

    boolean isLoop(Functions functions) {
        return kind != BranchKind.CALL && functions.containing(address) == destination;
    }

    boolean isToColdPart(Functions functions) {
        return kind != BranchKind.CALL
                && functions.names(functions.containing(address)).stream()
                        .anyMatch(name -> functions.names(destination).contains(name + ".cold"));
    }

    /// One line for a list.
    String line(Functions functions) {
        return String.format(
                "%#x %s in %s to %s",
                address, kind.text(), functions.nameAt(address), String.join(" = ", functions.names(destination)));
    }
}
