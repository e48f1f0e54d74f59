package dev.repoint.machine.diversion;

import dev.repoint.machine.instruction.Outcome;

/// A function that is diverted at its entry, in a file. All addresses are those of the file.
///
/// @param key     as people call it
/// @param target  as people call it: a function, `nothing` or `zero`
/// @param outcome what a call of the function does now
/// @param entry   where the function begins
/// @param place   where the jump stands
/// @param copy    the moved copy of its first instructions: the function as it was
public record Diversion(String key, String target, Outcome outcome, long entry, long place, long copy) {}
