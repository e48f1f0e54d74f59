package dev.repoint.stress;

import dev.repoint.machine.instruction.SiteKind;

/// The forms of sites in the stress: as x86-64 has them, which other processors have a part of.
enum SiteForm {
    /// `call rel32`.
    CALL(0, SiteKind.CALL),
    /// `jmp rel32`.
    JUMP(1, SiteKind.JUMP),
    /// `jcc rel32`, with each of the 16 conditions.
    CONDITIONAL(2, SiteKind.CONDITIONAL_JUMP),
    /// `call *pointer(%rip)`.
    POINTER_CALL(3, SiteKind.POINTER_CALL),
    /// `jmp *pointer(%rip)`.
    POINTER_JUMP(4, SiteKind.POINTER_JUMP),
    /// `addr32 call rel32`, of which the site is what follows the prefix.
    RELAXED_CALL(5, SiteKind.CALL),
    /// `jmp rel32; nop`, of which the site is the jump.
    RELAXED_JUMP(6, SiteKind.JUMP),
    /// A nop of 5 bytes that becomes a jump.
    ENTRY(7, SiteKind.JUMP),
    /// A pointer that code calls through with one instruction.
    SLOT_CALL(8, SiteKind.GOT_SLOT),
    /// A pointer that code loads into a register and then calls.
    LOADED_SLOT(9, SiteKind.GOT_SLOT),
    /// The first instructions of a function, of several classes, that become a jump.
    FUNCTION(10, SiteKind.JUMP);

    private final int number;
    private final SiteKind kind;

    SiteForm(int number, SiteKind kind) {
        this.number = number;
        this.kind = kind;
    }

    /// The number by which the C source knows it.
    int number() {
        return number;
    }

    /// What it is to the encoder of sites.
    SiteKind kind() {
        return kind;
    }

    /// Whether what is patched is a pointer.
    boolean isWord() {
        return kind == SiteKind.GOT_SLOT;
    }
}
