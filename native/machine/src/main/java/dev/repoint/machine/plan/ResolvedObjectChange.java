package dev.repoint.machine.plan;

import dev.repoint.machine.site.Patchable;

/// A change of one patchable of an object file, after all names were found.
///
/// @param patchable with its sites
/// @param word      of a pointer, the offset in the file of what it starts with; -1 if it is not in the file
/// @param target    the new target
/// @param context   what errors name
record ResolvedObjectChange(Patchable patchable, long word, ResolvedObjectTarget target, ErrorContext context) {}
