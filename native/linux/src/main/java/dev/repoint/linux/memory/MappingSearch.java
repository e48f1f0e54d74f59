package dev.repoint.linux.memory;

import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.call.ProcessMaps;
import org.jspecify.annotations.Nullable;

/// Finds the mapping at an address, at this moment: asks the kernel, which takes 1 us, or where that is too
/// old reads all of `/proc/self/maps`, which takes 100 us and more. Nothing is remembered, because others map
/// and protect as well. Used by one thread at a time.
final class MappingSearch {

    private @Nullable ProcessMaps maps;
    private boolean isTooOld;

    /// The mapping that holds bytes as a whole, without its path; null if none does.
    @Nullable
    Mapping containing(long address, long length) {
        ProcessMaps asked = isTooOld ? null : maps();
        if (asked != null) {
            try {
                if (!asked.find(address)) {
                    return null;
                }
                Mapping found = new Mapping(asked.start(), asked.end(), asked.protection(), 0, 0, "");
                return found.contains(address, length) ? found : null;
            } catch (CallFailedException e) {
                isTooOld = true;
            }
        }
        return Mappings.now().containing(address, length);
    }

    private @Nullable ProcessMaps maps() {
        if (maps == null) {
            try {
                maps = ProcessMaps.open();
            } catch (CallFailedException e) {
                isTooOld = true;
            }
        }
        return maps;
    }
}
