package dev.repoint.weaver.splice;

/// What spliced code names of the runtime.
///
/// @param owner internal name of the class with the bootstrap methods of entries
/// @param bootstrapType descriptor of such a method
/// @param mark name of the attribute that says that a class has been woven
/// @param format what that attribute holds
public record EntryLink(String owner, String bootstrapType, String mark, int format) {}
