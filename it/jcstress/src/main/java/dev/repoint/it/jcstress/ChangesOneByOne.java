package dev.repoint.it.jcstress;

import dev.repoint.Mode;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// Two changes that are no patch: here a new target may come before an old one, and the run fails if that is
/// never seen, as then the others would prove nothing.
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "both calls before the patch, or both after it")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "an old target, then a new one")
@Outcome(id = "-1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "a new target, then an old one")
@State
public class ChangesOneByOne {

    static {
        Keys.modes(Mode.CONSTANT, Mode.CONSTANT);
    }

    /// Patches.
    @Actor
    public void patch() {
        Keys.changeOneByOne();
    }

    /// Calls.
    ///
    /// @param seen how the second number compares to the first
    @Actor
    public void call(I_Result seen) {
        int one = Keys.first();
        int two = Keys.second();
        seen.r1 = Integer.compare(two, one);
    }
}
