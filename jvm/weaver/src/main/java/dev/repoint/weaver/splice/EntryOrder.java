package dev.repoint.weaver.splice;

import org.jspecify.annotations.Nullable;

/// An order for the prologue of one method.
///
/// @param method a method whose code can be spliced
/// @param bootstrap the name of the bootstrap method of its `invokedynamic`
/// @param twinPrefix the prefix of the name of its twin, before its own name. Plain ASCII; null for no twin
/// @param twinFlags the access flags of the twin
@SuppressWarnings("ArrayRecordComponent") // never compared
public record EntryOrder(MethodView method, String bootstrap, byte @Nullable [] twinPrefix, int twinFlags) {}
