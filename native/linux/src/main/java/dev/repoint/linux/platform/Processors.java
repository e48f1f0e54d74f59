package dev.repoint.linux.platform;

import dev.repoint.linux.aarch64.ArmLiveCode;
import dev.repoint.linux.aarch64.ArmRemoteCode;
import dev.repoint.linux.processor.LiveCode;
import dev.repoint.linux.processor.RemoteCode;
import dev.repoint.linux.x86_64.X86LiveCode;
import dev.repoint.linux.x86_64.X86RemoteCode;
import java.util.Optional;

/// The processors whose running code can be changed: the one place where one is chosen.
public final class Processors {

    private static final RemoteCode REMOTE =
            System.getProperty("os.arch", "").equals("aarch64") ? ArmRemoteCode.INSTANCE : X86RemoteCode.INSTANCE;

    private Processors() {}

    /// What a processor contributes to live patches of this process.
    ///
    /// @param machine the property `os.arch`
    static Optional<LiveCode> live(String machine) {
        return switch (machine) {
            case "amd64" -> Optional.of(X86LiveCode.INSTANCE);
            case "aarch64" -> Optional.of(ArmLiveCode.INSTANCE);
            default -> Optional.empty();
        };
    }

    /// What the processor of this process contributes to patches of other processes.
    public static RemoteCode remote() {
        return REMOTE;
    }

    /// What the processor of this process contributes to live patches.
    ///
    /// @throws IllegalStateException if none is known: ask [Platform] first
    public static LiveCode own() {
        String machine = System.getProperty("os.arch", "");
        return live(machine).orElseThrow(() -> new IllegalStateException("machine " + machine));
    }
}
