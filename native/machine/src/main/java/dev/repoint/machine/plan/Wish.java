package dev.repoint.machine.plan;

import dev.repoint.machine.site.Patchable;
import java.util.List;

/// One patchable and what it is to lead to, after all names were found.
///
/// @param patchable with its sites
/// @param goal      what it is to lead to
/// @param place     what errors name
/// @param notes     what stays, and why, as far as it is known by now
record Wish(Patchable patchable, Goal goal, Place place, List<Left> notes) {}
