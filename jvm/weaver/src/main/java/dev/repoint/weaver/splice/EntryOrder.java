package dev.repoint.weaver.splice;

import org.jspecify.annotations.Nullable;

/// A method that is to get a prologue.
///
/// @param method with code that is spliceable
/// @param bootstrap the name of the bootstrap method of its `invokedynamic`
/// @param twinPrefix what the name of its twin, a copy of its default, begins with; its own name follows. Plain ASCII; null
///     if there is to be no twin
/// @param twinFlags the access flags of the twin
@SuppressWarnings("ArrayRecordComponent") // never compared
public record EntryOrder(MethodView method, String bootstrap, byte @Nullable [] twinPrefix, int twinFlags) {}
