/// Patchable methods: look one up with [dev.repoint.Repoint], point it elsewhere with
/// [dev.repoint.PatchableMethod].
package dev.repoint;
