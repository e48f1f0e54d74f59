package dev.repoint.bench;

/// C code that calls a hook at so many sites.
public final class HookCalls {

    private static final int SITES_OF_FUNCTION = 100;

    private HookCalls() {}

    /// A function `int run(int x)` that passes its argument through all sites, in functions of a hundred sites
    /// each.
    ///
    /// @param sites how many; a multiple of 100 if there are more
    /// @return C, for behind the declaration of `int hook(int)`
    public static String of(int sites) {
        StringBuilder text = new StringBuilder();
        int ofFunction = Math.min(sites, SITES_OF_FUNCTION);
        for (int part = 0; part < sites / ofFunction; part++) {
            text.append("static __attribute__((noinline)) int part%d(int x) {\n".formatted(part));
            text.append("    x = hook(x);\n".repeat(ofFunction));
            text.append("    __asm__(\"\" : \"+r\"(x)); /* the last one is a call, too */\n    return x;\n}\n");
        }
        text.append("\nint run(int x) {\n");
        for (int part = 0; part < sites / ofFunction; part++) {
            text.append("    x = part%d(x);\n".formatted(part));
        }
        return text.append("    return x;\n}\n").toString();
    }
}
