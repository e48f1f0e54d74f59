package dev.repoint.agent.reach;

/// A method of a class file.
///
/// @param owner internal name of the class, such as `java/util/HashMap`
/// @param name such as `get`
/// @param descriptor such as `(Ljava/lang/Object;)Ljava/lang/Object;`
record MethodId(String owner, String name, String descriptor) {

    /// How it overrides and is overridden.
    String signature() {
        return name.concat(descriptor);
    }

    MethodId in(String otherOwner) {
        return new MethodId(otherOwner, name, descriptor);
    }
}
