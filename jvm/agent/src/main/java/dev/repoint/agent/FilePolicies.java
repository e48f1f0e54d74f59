package dev.repoint.agent;

import dev.repoint.KeyPattern;
import dev.repoint.TargetSpec;
import dev.repoint.link.PolicyHost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes ready for a policy file, and for each change of it: what it names is made patchable, and its targets
/// may be called.
///
/// Thread-safe.
final class FilePolicies implements PolicyHost {

    private final Plan plan;
    private final Unmatched unmatched;
    private final LoadedClasses classes;
    private final TargetDoors targetDoors;

    FilePolicies(Plan plan, Unmatched unmatched, LoadedClasses classes, Doors doors) {
        this.plan = plan;
        this.unmatched = unmatched;
        this.classes = classes;
        this.targetDoors = new TargetDoors(doors);
    }

    @Override
    public void open(TargetSpec target, @Nullable ClassLoader loader) {
        targetDoors.open(target, loader);
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
