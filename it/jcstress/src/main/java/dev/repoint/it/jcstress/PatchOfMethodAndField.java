package dev.repoint.it.jcstress;

import dev.repoint.Mode;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// A patch of a field in pointer mode and a method, the field read first.
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "both before the patch, or both after it")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "an old one, then a new one")
@Outcome(id = "-1", expect = Expect.FORBIDDEN, desc = "a new one, then an old one")
@State
public class PatchOfMethodAndField {

    static {
        Values.modes(Mode.CONSTANT, Mode.POINTER);
    }

    /// Patches.
    @Actor
    public void patch() {
        Values.patch();
    }

    /// Reads.
    ///
    /// @param seen how the second number compares to the first
    @Actor
    public void read(I_Result seen) {
        int one = Values.second();
        int two = Values.method();
        seen.r1 = Integer.compare(two, one);
    }
}
