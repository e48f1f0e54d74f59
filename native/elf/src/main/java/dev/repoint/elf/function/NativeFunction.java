package dev.repoint.elf.function;

import dev.repoint.elf.Address;
import java.util.List;
import java.util.Objects;

/// A function of a linked file. Immutable.
///
/// @param address    of its first instruction
/// @param size       in bytes; 0 if it is not known
/// @param names      all of them, without doubles: those of the loader first; none if only an unwind entry tells of it
/// @param isIndirect whether it only chooses the function to call (`STT_GNU_IFUNC`)
/// @param origin     what told of it first, in the order of [FunctionOrigin]
public record NativeFunction(
        Address address, long size, List<FunctionName> names, boolean isIndirect, FunctionOrigin origin) {

    /// Copies the names.
    public NativeFunction {
        Objects.requireNonNull(address);
        names = List.copyOf(names);
    }

    /// Whether nothing gives it a name.
    public boolean isNameless() {
        return names.isEmpty();
    }

    /// Whether an address is one of its bytes. A function of unknown size has its first byte.
    public boolean contains(Address place) {
        return Long.compareUnsigned(place.value() - address.value(), Math.max(size, 1)) < 0;
    }

    /// Its first name, or its place in the module: `deflate`, `libz.so.1+0x1234`.
    ///
    /// @param module the name of the file
    public String text(String module) {
        return names.isEmpty() ? module + "+" + address : names.getFirst().toString();
    }
}
