package dev.repoint.it.processes;

import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessChange;
import dev.repoint.linux.process.ProcessResult;
import dev.repoint.linux.process.SetOptions;
import dev.repoint.machine.choice.PatchChoice;
import dev.repoint.machine.site.NativeKey;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Sets a patchable and resets it, many times, and looks each time whether the server does the other thing.
final class Patching {

    private static final SetOptions BY_SITES = SetOptions.DEFAULT.withChoice(PatchChoice.SITES);

    private final OtherProcess process;
    private final String key;
    private final String target;
    private final SetOptions options;
    private final Distribution pauses = new Distribution();
    private int sites;

    /// Whether the server does what the target does.
    interface Probe {
        boolean isRetargeted() throws IOException;
    }

    /// Patches sites.
    Patching(OtherProcess process, String key, String target) {
        this(process, key, target, BY_SITES);
    }

    Patching(OtherProcess process, String key, String target, SetOptions options) {
        this.process = process;
        this.options = options;
        this.key = key;
        this.target = target;
    }

    /// @param patches how many patches: half of them set, and half of them reset
    void run(int patches, Load load, Probe probe) throws IOException, InterruptedException {
        for (int i = 0; i < patches; i++) {
            boolean isSet = i % 2 == 0;
            ProcessResult result = isSet
                    ? process.set(List.of(ProcessChange.parse(key + "=" + target)), options)
                    : process.reset(List.of(NativeKey.parse(key)));
            if (probe.isRetargeted() != isSet) {
                throw new IOException(key + " was " + (isSet ? "set" : "reset") + " in patch " + i
                        + ", and the server does not do so");
            }
            pauses.add(result.pause().toNanos());
            sites = result.sites();
            load.requireRunning();
        }
    }

    /// What happened.
    String text(int patches) {
        return String.format(
                Locale.ROOT, "%,d patches of %d sites (%s), pause: %s", patches, sites, key, pauses.text());
    }

    int sites() {
        return sites;
    }
}
