package dev.repoint.machine.mangling;

/// The names that a symbol stands for.
///
/// @param whole with parameters and, of templates, the result: `int shop::tax<int>(int)`
/// @param call  with parameters: `shop::tax<int>(int)`
/// @param plain the name of the function, without parameters, result and arguments of a template: `shop::tax`; of a copy
///     that a compiler made the whole
public record Demangled(String whole, String call, String plain) {

    /// A name without a signature.
    static Demangled of(String name) {
        return new Demangled(name, name, name);
    }
}
