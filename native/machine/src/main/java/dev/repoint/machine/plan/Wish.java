package dev.repoint.machine.plan;

import dev.repoint.machine.site.Patchable;

/// One patchable and what it is to lead to, after all names were found.
///
/// @param patchable with its sites
/// @param goal      what it is to lead to
/// @param place     what errors name
record Wish(Patchable patchable, Goal goal, Place place) {}
