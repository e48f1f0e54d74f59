package dev.repoint.linux;

import java.time.Instant;

/// A change of a patchable that was made.
///
/// @param when   it was made
/// @param target what the patchable has led to since, as [NativeTarget#text] has it
public record NativeChange(Instant when, String target) {}
