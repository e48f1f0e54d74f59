package dev.repoint.linux.call;

/// The numbers of system calls that the C library has no function for, on the machine of this process.
///
/// @param membarrier `membarrier(2)`
/// @param tgkill     `tgkill(2)`
record OwnMachine(long membarrier, long tgkill) {

    private static final OwnMachine OWN = System.getProperty("os.arch", "").equals("aarch64")
            ? new OwnMachine(283, 131) // asm-generic/unistd.h
            : new OwnMachine(324, 234); // asm/unistd_64.h of x86-64

    /// Those of this process.
    static OwnMachine own() {
        return OWN;
    }
}
