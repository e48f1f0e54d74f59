package dev.repoint.cli.doctor;

import dev.repoint.agent.control.ControlException;
import dev.repoint.agent.control.JvmLook;
import dev.repoint.agent.control.PatchableStatus;
import dev.repoint.agent.control.RunningJvm;
import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.home.Home;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The checks of the Java half of a JVM that runs. It is attached to, and nothing is loaded into it.
final class JvmChecks {

    private static final String SITES = "sites";

    private JvmChecks() {}

    /// Finds what a command that changes it would find.
    ///
    /// @param findings takes what was found, as it is found
    static void run(long pid, Consumer<Finding> findings) {
        try {
            JvmLook look = RunningJvm.look(pid, Home.find().agentJar());
            findings.accept(Finding.ok("attach", "it runs Java " + look.version() + ", and commands can attach"));
            findings.accept(Finding.ok(
                    "Java",
                    look.patchables()
                            .map(JvmChecks::set)
                            .orElse("the agent was not loaded: nothing was patched from outside")));
            direct(look.patchables().orElse(List.of())).ifPresent(each -> findings.accept(Finding.ok("direct", each)));
        } catch (ControlException | CommandFailure e) {
            findings.accept(Finding.off("attach", String.valueOf(e.getMessage()), ""));
        }
    }

    private static String set(List<PatchableStatus> patchables) {
        List<String> set = patchables.stream()
                .filter(each -> !each.target().equals("default") && !isDirect(each))
                .map(JvmChecks::text)
                .distinct()
                .toList();
        return set.isEmpty() ? "no patchable is redirected" : String.join(", ", set);
    }

    /// The keys whose calls were pointed elsewhere while their classes loaded; empty if there are none.
    private static Optional<String> direct(List<PatchableStatus> patchables) {
        List<String> pointed = patchables.stream()
                .filter(JvmChecks::isDirect)
                .map(JvmChecks::text)
                .distinct()
                .toList();
        return pointed.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        String.join(", ", pointed) + ": pointed elsewhere for good, so set and reset refuse them");
    }

    private static boolean isDirect(PatchableStatus patchable) {
        return patchable.mode().equals("direct");
    }

    private static String text(PatchableStatus patchable) {
        return patchable.key() + " -> " + patchable.target();
    }

    /// What is found about the native code of a JVM. Its libraries can be patched or not: Java does not depend
    /// on it.
    static Consumer<Finding> ofNativeCode(Consumer<Finding> findings) {
        return each -> {
            // Nobody builds the launcher of a JVM anew, so nothing is said of how to.
            boolean isSites = each.subject().equals(SITES);
            Finding.Level level =
                    isSites ? Finding.Level.OK : each.level() == Finding.Level.OFF ? Finding.Level.NOTE : each.level();
            findings.accept(
                    new Finding(level, each.subject(), "native code: " + each.found(), isSites ? "" : each.remedy()));
        };
    }
}
