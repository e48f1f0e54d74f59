package dev.repoint.linux;

/// The machine that programs of these tests run on.
final class Machine {

    /// Whether it is AArch64. Sites of x86-64 are of more forms.
    static final boolean IS_ARM = System.getProperty("os.arch", "").equals("aarch64");

    private Machine() {}
}
