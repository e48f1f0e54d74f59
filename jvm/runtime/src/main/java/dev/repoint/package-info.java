/// Patchable methods and fields: look one up with [dev.repoint.Repoint], redirect it with
/// [dev.repoint.PatchableMethod] and [dev.repoint.PatchableField].
package dev.repoint;
