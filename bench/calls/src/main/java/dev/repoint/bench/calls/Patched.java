package dev.repoint.bench.calls;

import dev.repoint.Mode;
import java.util.Locale;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// The patchables of this package in the state that the parameters name.
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters
public class Patched {

    /// The mode.
    @Param({"constant", "pointer"})
    public String mode;

    /// Where it leads.
    @Param({"default", "retargeted"})
    public String target;

    /// Patches.
    @Setup
    public void patch() {
        Mode wanted = Mode.valueOf(mode.toUpperCase(Locale.ROOT));
        Patching.apply(Add.lookup(), "patchable", wanted, Add.Targets.class, isRetargeted());
        Patching.apply(Axpy.lookup(), "patchable", wanted, Axpy.Targets.class, isRetargeted());
        Patching.apply(Add.lookup(), "wrapped", wanted, Add.Targets.class, isRetargeted());
        check();
    }

    /// Proves that the calls lead where they should: the retargeted addition of one adds two, the retargeted
    /// `a * x + y` subtracts.
    @TearDown
    public void check() {
        Patching.check("one addition", Add.patchable(5), isRetargeted() ? 7 : 6);
        Patching.check("one wrapped addition", Add.wrapped(5), isRetargeted() ? 7 : 6);
        Patching.check("one multiplication", Axpy.patchable(3, 7, 100), isRetargeted() ? 79 : 121);
    }

    private boolean isRetargeted() {
        return target.equals("retargeted");
    }
}
