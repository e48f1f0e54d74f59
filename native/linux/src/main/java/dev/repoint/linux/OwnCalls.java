package dev.repoint.linux;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.module.LoadedModule;
import dev.repoint.linux.row.PackedBytes;
import dev.repoint.linux.row.ResolvedTarget;
import dev.repoint.linux.row.TargetCalls;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import java.util.ArrayList;
import java.util.List;

/// The calls of functions of this process in their own targets. While a target is set, they lead to the copy, so that
/// the target reaches the default. Guarded by the lock of [NativeRegistry].
final class OwnCalls {

    private final LoadedFiles files;
    private final Veneers veneers;

    OwnCalls(LoadedFiles files, Veneers veneers) {
        this.files = files;
        this.veneers = veneers;
    }

    /// Those in a target.
    ///
    /// @return none if it is no function whose size is known
    /// @throws NativePatchException if other code has changed one
    List<OwnCall> in(ResolvedTarget target, LiveEntry entry) {
        if (target.equals(entry.target())) {
            return entry.calls();
        }
        LoadedModule module = target.size() == 0
                ? null
                : files.containing(target.start()).map(files::open).orElse(null);
        List<OwnCall> calls = new ArrayList<>();
        if (module != null) {
            for (Instruction each : TargetCalls.of(
                    module, target, entry.address(), entry.verdict().names())) {
                calls.add(call(module, each, entry));
            }
        }
        return calls;
    }

    private OwnCall call(LoadedModule module, Instruction call, LiveEntry entry) {
        int length = TargetCalls.length(call);
        byte[] original = TargetCalls.original(module, call);
        String place =
                "its call in its own target, at 0x%x in %s".formatted(call.address() - module.bias(), module.name());
        try {
            Outcome toCopy = new Outcome.To(entry.code().copy());
            long bytes = PackedBytes.of(module.architecture().encode(call, original, toCopy, veneers));
            long now = Memory.bytesAsWord(call.address(), length);
            if (now != PackedBytes.of(original) && now != bytes) {
                throw NativePatchException.of(entry.key(), place + ", is patched by something else; reset that first");
            }
            return new OwnCall(call.address(), length, PackedBytes.of(original), bytes);
        } catch (OutOfRange e) {
            throw NativePatchException.because(entry.key(), place, e);
        }
    }
}
