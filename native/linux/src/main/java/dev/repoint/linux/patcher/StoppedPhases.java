package dev.repoint.linux.patcher;

import dev.repoint.linux.ledger.SlotFlip;
import dev.repoint.linux.ptrace.Stop;
import dev.repoint.linux.ptrace.ThreadMoves;

/// What is done while all threads are stopped: the phases that [ProcessPatcher] describes.
final class StoppedPhases implements Stop.Work {

    private final WriteImages images;
    private final SlotFlip slots;
    private final ThreadMoves moves;
    private long inside;

    StoppedPhases(WriteImages images, SlotFlip slots, ThreadMoves moves) {
        this.images = images;
        this.slots = slots;
        this.moves = moves;
    }

    /// Where a thread was in the middle of an instruction, and so nothing was done; 0 if none was.
    long inside() {
        return inside;
    }

    @Override
    public void run(Stop stop) {
        images.require();
        stop.move(moves); // first, because where they go means the same
        inside = stop.inside(images.addresses(), images.lengths());
        if (inside != 0) {
            return;
        }
        try {
            images.write(WriteImages.Form.VIA); // 1.
            slots.flip(); // 2.
        } catch (RuntimeException | Error e) {
            images.write(WriteImages.Form.NOW);
            throw e;
        }
        images.write(WriteImages.Form.NEXT); // 3.
    }
}
