package dev.repoint.internal.point;

import dev.repoint.Key;
import dev.repoint.Mode;
import dev.repoint.PatchException;
import dev.repoint.PatchableState;
import dev.repoint.internal.report.LinkKind;
import dev.repoint.internal.report.LinkReport;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.internal.report.Reports;
import java.lang.invoke.MutableCallSite;
import org.jspecify.annotations.Nullable;

/// The one place that knows what the readers of a patchable field are given, whichever class they are in.
/// Applications use [dev.repoint.PatchableField] in front of it. [PatchCommit] changes it.
///
/// The field itself stays the truth. What readers are given stands in [FieldReaders], how they keep up with
/// those who assign the field in [FieldWriters], and what stands in place of the program's value in
/// [FieldOverlay].
///
/// Thread-safe. Changed under [PatchLock#LOCK]; while it is held no code of the application runs.
public final class FieldPoint implements Choosable {

    /// What [#enter] gives to a writer that could not be counted.
    public static final int NOT_COUNTED = 0;

    private final Class<?> owner;
    private final Key key;
    private final FieldReaders readers;
    private final FieldWriters writers;
    private final FieldOverlay overlay = new FieldOverlay();

    // What follows is guarded by PatchLock.LOCK.
    private int links;
    private long changes;
    private @Nullable FieldAccess assigner;

    FieldPoint(Class<?> owner, Key key) {
        this.owner = owner;
        this.key = key;
        this.readers = new FieldReaders(key.descriptor());
        this.writers = new FieldWriters(readers);
    }

    @Override
    public Key key() {
        return key;
    }

    @Override
    public Class<?> owner() {
        return owner;
    }

    // --- links

    /// Gives readers their constant. Called when the class is initialised.
    public void link(FieldAccess reader, boolean pointer, Class<?> caller) {
        LinkReport report = Reports.linking(caller);
        synchronized (PatchLock.LOCK) {
            links++;
            if (!isLinked()) {
                writers.link(reader, pointer);
            }
        }
        if (report != null) {
            report.linked(LinkKind.SITE, caller, state());
        }
    }

    /// What gives the value, once there is a link.
    public MutableCallSite site() {
        return readers.site();
    }

    /// Whether woven code has read the field, so that there is a site to keep right.
    public boolean isLinked() {
        return readers.access() != null;
    }

    @Override
    public boolean isKnown() {
        synchronized (PatchLock.LOCK) {
            return links > 0 || changes() > 0;
        }
    }

    // --- assignments by woven code

    /// Before one.
    ///
    /// @return what [#leave] is to be given
    public int enter(@Nullable Object value) {
        writers.enter(value);
        return overlay.begun();
    }

    /// Behind it. What was set through the runtime does not stand any more.
    public void leave(int ticket) {
        if (ticket == NOT_COUNTED) {
            writers.enterLate();
        }
        boolean last = writers.leave();
        PatchLock.awaitPatch();
        if (overlay.stands()) {
            endOverlay(ticket);
        }
        if (last) {
            writers.closeAgain();
        }
    }

    /// Where a value was set while the assignment was under way, the field tells which of them was the last.
    private void endOverlay(int ticket) {
        synchronized (PatchLock.LOCK) {
            FieldAccess known = readers.access();
            FieldValue standing = FieldValue.of(overlay.standing());
            boolean overtaken = ticket != NOT_COUNTED
                    && ticket != overlay.begun()
                    && known != null
                    && standing != null
                    && readers.same(known.get(), standing.value());
            if (overlay.stands() && !overtaken) {
                overlay.drop();
            }
        }
    }

    // --- changes, guarded by PatchLock.LOCK

    FieldWriters writers() {
        return writers;
    }

    FieldOverlay overlay() {
        return overlay;
    }

    /// Notes who may assign the field.
    void by(FieldAccess access) {
        assigner = access;
    }

    void count() {
        changes++;
    }

    int links() {
        return links;
    }

    private long changes() {
        return changes + writers.patched();
    }

    // --- changes that are no patch

    /// Takes over what the field holds, whoever assigned it.
    public void refresh(FieldAccess by) {
        synchronized (PatchLock.LOCK) {
            @Nullable Object held = by.get();
            FieldValue standing = FieldValue.of(overlay.standing());
            if (standing != null && !readers.same(held, standing.value())) {
                overlay.drop();
            }
            writers.refresh(held);
        }
        writers.watch();
    }

    @Override
    public void mode(Mode wanted) {
        synchronized (PatchLock.LOCK) {
            writers.mode(wanted);
        }
    }

    // --- what policies and offers choose

    @Override
    public Choice choice() {
        return overlay.choice();
    }

    @Override
    public BoundTarget fading(BoundTarget target, Class<?> keeper) {
        return target; // the field itself holds the value
    }

    /// How whoever has read or set it before assigns the field.
    ///
    /// @throws PatchException if nobody has
    public FieldAccess access() {
        FieldAccess reader = readers.access();
        FieldAccess by;
        synchronized (PatchLock.LOCK) {
            by = reader == null ? assigner : reader;
        }
        if (by == null) {
            throw new PatchRefusal(key, " has been neither read nor set yet");
        }
        return by;
    }

    // --- what applications ask

    @Override
    public Mode mode() {
        return writers.mode();
    }

    @Override
    public boolean isDefault() {
        return !overlay.stands();
    }

    public String targetName() {
        synchronized (PatchLock.LOCK) {
            return overlay.standing().name();
        }
    }

    @Override
    public PatchableState state() {
        ClassLoader loader = owner.getClassLoader();
        String described = loader == null ? "bootstrap" : loader.toString(); // code of the application
        synchronized (PatchLock.LOCK) {
            String chosen = choice().note();
            String seen = seen();
            return new PatchableState(
                    key,
                    targetName(),
                    mode(),
                    writers.modeReason(),
                    links,
                    changes(),
                    described,
                    chosen.isEmpty() || seen.isEmpty() ? chosen + seen : chosen + "; " + seen);
        }
    }

    /// What the field holds, and whether readers get the same.
    private String seen() {
        FieldAccess reader = readers.access();
        if (reader == null) {
            return "";
        }
        @Nullable Object held = reader.get();
        String text = "holds " + FieldValue.text(held);
        return !readers.haveConstant() || readers.same(held, readers.constant())
                ? text
                : text + ", readers get " + FieldValue.text(readers.constant())
                        + ": it was assigned by code that is not woven; set it, or refresh() it";
    }
}
