package dev.repoint.agent;

import dev.repoint.agent.patch.Policies;
import java.util.List;

/// The options that a primary agent and its secondary agents have in common.
interface SharedOptions {

    /// The policies that hold now, with what commands have assigned since.
    List<Policies.Assigned> assigned();

    /// Replaces all policies of a secondary agent with those of the primary agent. These may differ from the options.
    void usePolicies(List<Policies.Assigned> all);

    /// Adds options to a secondary agent.
    ///
    /// @param text as for the agent itself
    void addText(String text);
}
