package dev.repoint.stress;

import dev.repoint.linux.platform.Processors;

/// Chooses the assembly of the stress.
final class SiteAssemblies {

    private SiteAssemblies() {}

    /// That of the processor of this process.
    static SiteAssembly own() {
        return switch (Processors.own().architecture().machine()) {
            case X86_64 -> new X86Assembly();
            case AARCH64 -> new ArmAssembly();
        };
    }
}
