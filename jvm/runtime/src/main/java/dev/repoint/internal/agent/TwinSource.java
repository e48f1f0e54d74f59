package dev.repoint.internal.agent;

/// Gives the default of a method that was woven in place: such a class could not be given a twin of the method,
/// as a class that is loaded can get no new methods.
@FunctionalInterface
public interface TwinSource {

    /// A class file in the owner's package that has one static method `call`: the original body, with the
    /// receiver, if there is one, as the first parameter. The runtime defines it as a hidden nestmate of the
    /// owner.
    ///
    /// @param owner the class that declares the method
    /// @param name the method's name
    /// @param descriptor the method's descriptor, without a receiver
    /// @return the class file
    /// @throws dev.repoint.PatchException if that body cannot stand in another class; the message says why
    byte[] twin(Class<?> owner, String name, String descriptor);
}
