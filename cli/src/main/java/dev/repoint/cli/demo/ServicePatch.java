package dev.repoint.cli.demo;

import dev.repoint.agent.control.Change;
import dev.repoint.agent.control.PatchableStatus;
import dev.repoint.agent.control.RunningJvm;
import dev.repoint.cli.home.Home;
import java.util.List;

/// The change that the demo makes in the service, from this process, in the way of `repoint set` and `repoint
/// reset`.
///
/// @param home where the agent and the drop-in are
/// @param pid the service
record ServicePatch(Home home, long pid) {

    /// The method of commons-codec.
    static final String KEY = "org.apache.commons.codec.binary.Hex.encodeHexString(byte[])";
    /// The drop-in.
    static final String TARGET = "dev.repoint.demo.dropin.FastHex.encode";

    /// The command that does what [#set()] does.
    String setCommand() {
        return "repoint set " + pid + " '" + KEY + "=" + TARGET + "' --classpath "
                + home.root().relativize(home.dropInJar());
    }

    /// The command that does what [#reset()] does.
    String resetCommand() {
        return "repoint reset " + pid;
    }

    /// Points the method at the drop-in.
    void set() {
        try (RunningJvm jvm = connect()) {
            jvm.set(List.of(new Change(KEY, TARGET)), List.of(home.dropInJar()));
        }
    }

    /// Leads it to its default again.
    void reset() {
        try (RunningJvm jvm = connect()) {
            jvm.reset(List.of());
        }
    }

    /// What it leads to now.
    String target() {
        try (RunningJvm jvm = connect()) {
            return jvm.status().stream()
                    .filter(patchable -> patchable.key().equals(KEY))
                    .map(PatchableStatus::target)
                    .findFirst()
                    .orElse("nowhere: it is not among the patchables");
        }
    }

    private RunningJvm connect() {
        return RunningJvm.connect(pid, home.agentJar(), progress -> {});
    }
}
