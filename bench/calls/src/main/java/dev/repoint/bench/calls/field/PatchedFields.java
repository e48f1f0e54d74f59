package dev.repoint.bench.calls.field;

import dev.repoint.Mode;
import dev.repoint.PatchableField;
import dev.repoint.Repoint;
import dev.repoint.bench.calls.Patching;
import java.util.Locale;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// The patchable fields of this package in the mode that the parameter names.
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the parameter
public class PatchedFields {

    /// The mode.
    @Param({"constant", "pointer"})
    public String mode;

    /// Changes the fields, and back: what is measured is a field that was changed before.
    @Setup
    public void patch() {
        Mode wanted = Mode.valueOf(mode.toUpperCase(Locale.ROOT));
        PatchableField tracing = Repoint.findField(Switches.lookup(), Switches.class, "patchable");
        PatchableField operation = Repoint.findField(Operations.lookup(), Operations.class, "patchable");
        tracing.mode(wanted);
        operation.mode(wanted);
        tracing.setValue(true);
        operation.setValue(new Operations.Third());
        for (int i = 0; i < 3; i++) {
            Patching.check("one switch that is on", read(5), 155);
            Patching.check("one operation of the third", Operations.patchable.applyAsInt(5), 8);
        }
        tracing.reset();
        operation.reset();
        check();
    }

    /// Proves that readers have what was set last, and that both fields have been linked.
    @TearDown
    public void check() {
        Patching.check("one switch that is off", read(5), 5);
        Patching.check("one operation of the first", Operations.patchable.applyAsInt(5), 6);
        PatchableField tracing = Repoint.findField(Switches.lookup(), Switches.class, "patchable");
        if (tracing.state().links() == 0
                || !tracing.isDefault()
                || !tracing.mode().name().toLowerCase(Locale.ROOT).equals(mode)) {
            throw new IllegalStateException(tracing.state() + " is not in the state to be measured");
        }
    }

    private static int read(int x) {
        return Switches.patchable ? Switches.traced(x) : x;
    }
}
