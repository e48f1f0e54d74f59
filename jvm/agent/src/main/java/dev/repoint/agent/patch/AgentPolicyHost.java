package dev.repoint.agent.patch;

import dev.repoint.KeyPattern;
import dev.repoint.Target;
import dev.repoint.agent.options.Options;
import dev.repoint.agent.runtime.ModuleAccess;
import dev.repoint.agent.weave.LoadedClasses;
import dev.repoint.agent.weave.UnmatchedPatterns;
import dev.repoint.agent.weave.WeavePlan;
import dev.repoint.internal.agent.PolicyHost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prepares the program for a policy file and for each change of it: it makes the keys patchable, and opens the
/// packages of the targets.
///
/// Thread-safe.
public final class AgentPolicyHost implements PolicyHost {

    private final WeavePlan plan;
    private final UnmatchedPatterns unmatched;
    private final LoadedClasses classes;
    private final TargetAccess targetAccess;

    public AgentPolicyHost(WeavePlan plan, UnmatchedPatterns unmatched, LoadedClasses classes, ModuleAccess access) {
        this.plan = plan;
        this.unmatched = unmatched;
        this.classes = classes;
        this.targetAccess = new TargetAccess(access);
    }

    @Override
    public void open(Target.Written target, @Nullable ClassLoader loader) {
        targetAccess.open(target, loader);
    }

    @Override
    public void prepare(List<KeyPattern> keys) {
        if (keys.isEmpty()) {
            return;
        }
        unmatched.expect(keys);
        classes.weaveAgain(Options.ofPatchable(plan.addNamed(keys)));
    }
}
