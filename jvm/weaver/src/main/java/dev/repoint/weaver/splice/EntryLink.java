package dev.repoint.weaver.splice;

/// The names of the runtime in spliced code.
///
/// @param owner internal name of the class with the bootstrap method of entries
/// @param bootstrap name of this method
/// @param pointerBootstrap name of the method for entries that link in pointer mode first
/// @param bootstrapType its descriptor
/// @param twinPrefix the prefix of the names of twins; the name of the method follows
/// @param mark name of the attribute of woven classes
/// @param format content of this attribute
public record EntryLink(
        String owner,
        String bootstrap,
        String pointerBootstrap,
        String bootstrapType,
        String twinPrefix,
        String mark,
        int format) {}
