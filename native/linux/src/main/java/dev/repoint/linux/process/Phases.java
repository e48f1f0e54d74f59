package dev.repoint.linux.process;

import dev.repoint.linux.ptrace.Stop;

/// What is done while all threads are stopped: the phases that [ProcessPatcher] describes.
final class Phases implements Stop.Work {

    private final Places places;
    private final Slots slots;
    private long inside;

    Phases(Places places, Slots slots) {
        this.places = places;
        this.slots = slots;
    }

    /// Where a thread was in the middle of an instruction, and so nothing was done; 0 if none was.
    long inside() {
        return inside;
    }

    @Override
    public void run(Stop stop) {
        inside = stop.inside(places.addresses(), places.lengths());
        if (inside != 0) {
            return;
        }
        places.require();
        try {
            places.write(Places.Form.VIA); // 1.
            slots.flip(); // 2.
        } catch (RuntimeException | Error e) {
            places.write(Places.Form.NOW);
            throw e;
        }
        places.write(Places.Form.NEXT); // 3.
    }
}
