package dev.repoint.linux;

import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Safety;
import java.util.List;
import java.util.Objects;

/// A function or pointer of native code in this process whose callers can be pointed elsewhere.
///
/// Every change takes effect at once and for all threads: a call that starts after the change has returned
/// reaches the new target; one that runs already ends in the function in which it began. A change that is
/// refused with a [NativePatchException] has changed nothing. The last change counts, whichever instance it was
/// made through.
///
/// What is changed are the sites: calls, slots and pointers that the table of the module knows, and, of a
/// function that the module exports, those of all modules that import it. A call inside of the target itself
/// stays as it is, so that the target can call the default. A pointer that somebody has read before the change
/// still leads where it led.
///
/// Where [#safety] is [Safety#PLAIN] the compiler may have inlined or copied the default, or rely on what it
/// knows of it: then calls can be missed, or can go wrong. A hook of `repoint.h` has none of that.
///
/// Thread-safe.
public final class NativePatchable {

    private final NativePoint point;

    NativePatchable(NativePoint point) {
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

    /// How safe it is to point its calls elsewhere.
    public Safety safety() {
        return point.row().row().safety();
    }

    /// Why the safety is what it is, one line.
    public String reason() {
        return point.row().row().reason();
    }

    /// How many places a change changes: those of its module, and of the modules that are known to import it.
    public int sites() {
        return state().sites();
    }

    /// Uses that no change reaches, one line each: what takes its address, or reads a pointer to keep it.
    public List<String> unreached() {
        synchronized (point.registry()) {
            return point.unreached();
        }
    }

    /// Whether calls reach the default.
    public boolean isDefault() {
        synchronized (point.registry()) {
            return point.isDefault();
        }
    }

    /// What it leads to.
    public NativeTarget target() {
        synchronized (point.registry()) {
            return point.top().target();
        }
    }

    /// How many times the target was changed, resets and overrides included.
    public long changes() {
        return state().changes();
    }

    /// A snapshot for reports.
    public NativeState state() {
        synchronized (point.registry()) {
            return point.state();
        }
    }

    /// Leads to a target. All overrides end.
    ///
    /// @throws NativePatchException if there is no such target, or a site cannot lead there
    public void set(NativeTarget target) {
        Objects.requireNonNull(target, "target");
        point.registry().set(List.of(new NativeRegistry.TargetRequest(point, target)));
    }

    /// Leads to the default again, and ends all overrides. Every byte is as it was.
    ///
    /// @throws NativePatchException if somebody else has changed a site meanwhile
    public void reset() {
        set(NativeTarget.byDefault());
    }

    /// Leads to a target until the scope is closed.
    ///
    /// @return the scope
    /// @throws NativePatchException as for [#set]
    public NativeOverride override(NativeTarget target) {
        Objects.requireNonNull(target, "target");
        return new NativeOverride(point, point.registry().override(point, target));
    }

    /// Module, key and target: `libz.so.1: crc32 -> default`.
    @Override
    public String toString() {
        return point.row().key() + " -> " + target().text();
    }
}
