package dev.repoint.linux;

import java.time.Instant;

/// A past change of a patchable. Immutable.
///
/// @param when   the time of the change
/// @param target the new target, as [NativeTarget#text] has it
public record NativeChange(Instant when, String target) {}
