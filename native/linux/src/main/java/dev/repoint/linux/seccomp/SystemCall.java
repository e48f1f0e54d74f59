package dev.repoint.linux.seccomp;

import java.util.Arrays;
import java.util.List;

/// A system call that a program may be about to make. Immutable.
///
/// @param architecture as filters see it: `AUDIT_ARCH_...`
/// @param name      as `syscalls(2)` has it
/// @param number    on that architecture
/// @param arguments up to six; those that are left out are 0
public record SystemCall(int architecture, String name, int number, List<Long> arguments) {

    private static final int MOST_ARGUMENTS = 6;
    private static final int ARGUMENTS = 16;

    /// Copies the list.
    ///
    /// @throws IllegalArgumentException if there are more than six arguments
    public SystemCall {
        arguments = List.copyOf(arguments);
        if (arguments.size() > MOST_ARGUMENTS) {
            throw new IllegalArgumentException(name + " with " + arguments.size() + " arguments");
        }
    }

    /// The same with the arguments one by one.
    public static SystemCall of(int architecture, String name, int number, long... arguments) {
        return new SystemCall(
                architecture, name, number, Arrays.stream(arguments).boxed().toList());
    }

    /// A word of `struct seccomp_data`: the number, the architecture, the address behind the call, the
    /// arguments.
    ///
    /// @param offset in bytes; a multiple of 4
    int word(int offset) {
        int argument = (offset - ARGUMENTS) / Long.BYTES;
        if (offset == 0) {
            return number;
        }
        if (offset == Integer.BYTES) {
            return architecture;
        }
        if (offset < ARGUMENTS || argument >= arguments.size()) {
            return 0; // where the call will be is not known yet
        }
        return (int) (arguments.get(argument) >>> (offset % Long.BYTES == 0 ? 0 : Integer.SIZE));
    }
}
