package dev.repoint.agent.reach;

/// A method of a class file.
///
/// @param owner internal name of the class, for example `java/util/HashMap`
/// @param name for example `get`
/// @param descriptor for example `(Ljava/lang/Object;)Ljava/lang/Object;`
record MethodId(String owner, String name, String descriptor) {

    /// The part that decides on overriding: name and descriptor.
    String signature() {
        return name.concat(descriptor);
    }

    MethodId in(String otherOwner) {
        return new MethodId(otherOwner, name, descriptor);
    }
}
