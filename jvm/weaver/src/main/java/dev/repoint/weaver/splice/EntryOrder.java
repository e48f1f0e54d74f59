package dev.repoint.weaver.splice;

/// An order for the prologue of one method.
///
/// @param method a method whose code can be spliced
/// @param pointer whether it links in pointer mode first
/// @param twinFlags the access flags of its twin, or 0 for no twin
public record EntryOrder(MethodView method, boolean pointer, int twinFlags) {}
