package dev.repoint;

/// How the target of a patchable is kept, and so what a call and what a change costs.
///
/// | mode | a call | a change |
/// | --- | --- | --- |
/// | [#CONSTANT] | what a direct call costs: the compiler inlines the target | compiled callers become invalid and compile again |
/// | [#POINTER] | a volatile read and an indirect call | one volatile write; nothing is compiled again |
public enum Mode {
    /// The target is a constant to the compiler. For patchables that change seldom.
    CONSTANT,
    /// The target is a volatile variable. For patchables that change many times a second.
    POINTER
}
