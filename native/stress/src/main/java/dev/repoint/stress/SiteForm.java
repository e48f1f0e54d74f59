package dev.repoint.stress;

import dev.repoint.machine.instruction.SiteKind;

/// The forms of sites in the stress.
enum SiteForm {
    /// `call rel32`.
    CALL(0, SiteKind.CALL, 5, 5),
    /// `jmp rel32`.
    JUMP(1, SiteKind.JUMP, 5, 5),
    /// `jcc rel32`, with each of the 16 conditions.
    CONDITIONAL(2, SiteKind.CONDITIONAL_JUMP, 6, 6),
    /// `call *pointer(%rip)`.
    POINTER_CALL(3, SiteKind.POINTER_CALL, 6, 6),
    /// `jmp *pointer(%rip)`.
    POINTER_JUMP(4, SiteKind.POINTER_JUMP, 6, 6),
    /// `addr32 call rel32`, of which the site is what follows the prefix.
    RELAXED_CALL(5, SiteKind.CALL, 5, 5),
    /// `jmp rel32; nop`, of which the site is the jump.
    RELAXED_JUMP(6, SiteKind.JUMP, 5, 5),
    /// A nop of 5 bytes that becomes a jump.
    ENTRY(7, SiteKind.JUMP, 5, 5),
    /// A pointer that code calls through with one instruction.
    SLOT_CALL(8, SiteKind.GOT_SLOT, 8, 6),
    /// A pointer that code loads into a register and then calls.
    LOADED_SLOT(9, SiteKind.GOT_SLOT, 8, 7),
    /// The first instructions of a function, of several classes, that become a jump.
    FUNCTION(10, SiteKind.JUMP, 5, 5);

    private final int number;
    private final SiteKind kind;
    private final int length;
    private final int placed;

    SiteForm(int number, SiteKind kind, int length, int placed) {
        this.number = number;
        this.kind = kind;
        this.length = length;
        this.placed = placed;
    }

    /// The number by which the C source knows it.
    int number() {
        return number;
    }

    /// What it is to the encoder of sites.
    SiteKind kind() {
        return kind;
    }

    /// The length of what is patched, in bytes.
    int length() {
        return length;
    }

    /// The length of the instruction that is put at all alignments, in bytes.
    int placed() {
        return placed;
    }

    /// Whether what is patched is a pointer.
    boolean isWord() {
        return kind == SiteKind.GOT_SLOT;
    }
}
