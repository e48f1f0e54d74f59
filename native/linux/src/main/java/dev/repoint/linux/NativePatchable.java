package dev.repoint.linux;

import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Safety;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/// A function or pointer of native code in this process whose calls can be redirected.
///
/// Every change takes effect at once and for all threads. A call that starts after the change has returned
/// reaches the new target; a running call ends in the function in which it began. A refused change
/// ([NativePatchException]) changes nothing. The last change counts, through whichever instance it was made.
///
/// A change redirects the sites: calls, slots and pointers in the table of the module. If the module exports the
/// function, the change redirects the sites of all modules that import it, too. A call inside of the target itself
/// stays, so that the target can call the default. If code has read a pointer before the change and calls it
/// later, the call reaches the old function.
///
/// If it is patched at its [entry][Mechanism#ENTRY], a change redirects every caller instead. A call of the function by
/// its name inside of the target itself reaches the default, as does [#defaultCode]. All names of the function are
/// redirected.
///
/// If [#safety] is [Safety#PLAIN], the compiler may have inlined or copied the default, or may rely on its body.
/// Then patches can miss calls, or calls can go wrong. Hooks of `repoint.h` are free of that.
///
/// Thread-safe.
public final class NativePatchable {

    private final NativeRegistry registry;
    private final NativePoint point;

    NativePatchable(NativeRegistry registry, NativePoint point) {
        this.registry = registry;
        this.point = point;
    }

    NativePoint point() {
        return point;
    }

    /// The identity in its module.
    public NativeKey key() {
        return point.row().row().key();
    }

    /// The name of its module.
    public String module() {
        return point.row().module().name();
    }

    /// Whether it is a function or a pointer.
    public PatchableKind kind() {
        return point.row().row().kind();
    }

    /// How safe it is to redirect its calls.
    public Safety safety() {
        return point.row().row().safety();
    }

    /// The reason for its safety, one line.
    public String reason() {
        return point.row().row().reason();
    }

    /// Where it is patched: at its uses, or at its own first instructions.
    public Mechanism mechanism() {
        return point.mechanism();
    }

    /// The code that is called while nothing is set. A target calls it to reach the default; so does a target of
    /// native code that gets this address. Where the entry is patched, it is a copy of the first instructions that
    /// goes on in the function. It is there for ever, and always the same, except for a pointer.
    ///
    /// @throws NativePatchException if there is none, or this process cannot be patched
    public MemorySegment defaultCode() {
        return MemorySegment.ofAddress(registry.byDefault(point));
    }

    /// The number of its places: those of its module, and of the modules that are known to import it.
    public int sites() {
        return state().sites();
    }

    /// Uses that no change reaches, one line each: code that takes its address, or keeps the value of a pointer.
    public List<String> unreached() {
        synchronized (registry) {
            return point.unreached();
        }
    }

    /// Whether calls reach the default.
    public boolean isDefault() {
        synchronized (registry) {
            return point.isDefault();
        }
    }

    /// Its current target.
    public NativeTarget target() {
        synchronized (registry) {
            return point.top().target();
        }
    }

    /// The number of changes of its target, with resets and overrides.
    public long changes() {
        return state().changes();
    }

    /// A snapshot for reports.
    public NativeState state() {
        synchronized (registry) {
            return point.state();
        }
    }

    /// Redirects its calls, and ends all overrides.
    ///
    /// @throws NativePatchException if there is no such target, it does not fit, or a site cannot reach it
    public void set(NativeTarget target) {
        Objects.requireNonNull(target, "target");
        registry.set(List.of(new NativeRegistry.TargetRequest(point, target)));
    }

    /// Gives it its default again, and ends all overrides. Every byte is as before.
    ///
    /// @throws NativePatchException if other code has changed a site meanwhile
    public void reset() {
        set(NativeTarget.byDefault());
    }

    /// Redirects its calls until the scope is closed.
    ///
    /// @return the scope
    /// @throws NativePatchException as for [#set]
    public NativeOverride override(NativeTarget target) {
        Objects.requireNonNull(target, "target");
        return new NativeOverride(registry, point, registry.override(point, target));
    }

    /// Module, key and target: `libz.so.1: crc32 -> default`.
    @Override
    public String toString() {
        return point.row().key() + " -> " + target().text();
    }
}
