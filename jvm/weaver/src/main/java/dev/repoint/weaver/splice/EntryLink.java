package dev.repoint.weaver.splice;

/// The names of the runtime in spliced code.
///
/// @param owner internal name of the class with the bootstrap methods of entries
/// @param bootstrapType descriptor of such a method
/// @param mark name of the attribute of woven classes
/// @param format content of this attribute
public record EntryLink(String owner, String bootstrapType, String mark, int format) {}
