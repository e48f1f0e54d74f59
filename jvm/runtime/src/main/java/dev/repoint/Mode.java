package dev.repoint;

/// How the target of a patchable is kept, and so what a call and what a change costs.
///
/// | mode | a call | a change |
/// | --- | --- | --- |
/// | [#CONSTANT] | what a direct call costs: the compiler inlines the target | compiled callers become invalid and compile again |
/// | [#POINTER] | a volatile read and an indirect call | one volatile write; nothing is compiled again |
///
/// Of a field, a read in constant mode is a constant; in pointer mode it is a volatile read of the field
/// itself.
///
/// A patchable is in constant mode at first. One that is changed often, or is costly to change because it has
/// very many compiled callers, moves to pointer mode by itself, and back when it has been quiet. A mode that
/// was declared ([Patchable#mode()]) or chosen ([PatchableMethod#mode(Mode)]) stays.
///
/// | system property | default | meaning |
/// | --- | --- | --- |
/// | `repoint.pointer.changes` | 20 | after how many changes it moves; 0 for never |
/// | `repoint.pointer.window` | 5000 | within how many milliseconds |
/// | `repoint.pointer.quiet` | 5000 | after how many milliseconds without a change it comes back |
public enum Mode {
    /// The target is a constant to the compiler. For patchables that change seldom.
    CONSTANT,
    /// The target is a volatile variable. For patchables that change many times a second.
    POINTER
}
