package dev.repoint.bench.nativepatch;

import dev.repoint.linux.NativeModule;
import dev.repoint.linux.poke.Batch;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.Site;
import java.util.ArrayList;
import java.util.List;

/// The calls of a hook as the protocol takes them: where they are, and the bytes of both states.
final class HookSites {

    private static final int CALL = 0xe8;
    private static final int LENGTH = 5;

    private final List<Change> changes = new ArrayList<>();

    private record Change(long address, long before, long after) {}

    /// @param target what the calls lead to afterwards
    HookSites(NativeModule library, String hook, String target) {
        Patchable row = library.table().find(NativeKey.parse(hook)).orElseThrow();
        long byDefault = library.symbol(hook).orElseThrow().address();
        long other = library.symbol(target).orElseThrow().address();
        long bias = byDefault - row.address().value();
        for (Site site : row.sites()) {
            if (site.kind() == SiteKind.CALL) {
                long address = bias + site.address().value();
                changes.add(new Change(address, call(address, byDefault), call(address, other)));
            }
        }
    }

    private static long call(long address, long target) {
        return CALL | (target - address - LENGTH & 0xffff_ffffL) << 8;
    }

    int size() {
        return changes.size();
    }

    /// One batch of all.
    ///
    /// @param isBack whether it leads back to the default
    Batch all(boolean isBack) {
        Batch.Builder batch = Batch.builder();
        changes.forEach(each -> add(batch, each, isBack));
        return batch.build();
    }

    /// A batch for each.
    ///
    /// @param most how many, at most
    List<Batch> each(boolean isBack, int most) {
        return changes.stream()
                .limit(most)
                .map(each -> add(Batch.builder(), each, isBack).build())
                .toList();
    }

    private static Batch.Builder add(Batch.Builder batch, Change change, boolean isBack) {
        return batch.code(
                change.address, LENGTH, isBack ? change.after : change.before, isBack ? change.before : change.after);
    }
}
