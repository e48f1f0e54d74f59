package dev.repoint.it.jcstress;

import dev.repoint.Mode;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// A change of one key in constant mode, called by code that is interpreted and then by code that may be
/// compiled.
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "both calls before the patch, or both after it")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "an old target, then a new one")
@Outcome(id = "-1", expect = Expect.FORBIDDEN, desc = "a new target, then an old one")
@State
public class ChangeOfConstant {

    static {
        Keys.modes(Mode.CONSTANT, Mode.CONSTANT);
    }

    /// Patches.
    @Actor
    public void patch() {
        Keys.change();
    }

    /// Calls.
    ///
    /// @param seen how the second number compares to the first
    @Actor
    public void call(I_Result seen) {
        int one = Keys.interpreted();
        int two = Keys.first();
        seen.r1 = Integer.compare(two, one);
    }
}
