package dev.repoint.elf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which section holds an address of a linked file.
final class SectionMap {

    private final Section[] byAddress;

    private SectionMap(Section[] byAddress) {
        this.byAddress = byAddress;
    }

    static SectionMap of(Headers headers) {
        List<Section> byAddress = new ArrayList<>();
        if (headers.type().isLinked()) {
            for (Section section : headers.sections()) {
                if (section.contains(section.address())) {
                    byAddress.add(section);
                }
            }
        }
        byAddress.sort(SectionOrder.BY_ADDRESS);
        return new SectionMap(byAddress.toArray(new Section[0]));
    }

    /// The section that holds an address: of several, the one that starts last.
    Optional<Section> at(Address address) {
        int low = 0;
        int high = byAddress.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (byAddress[middle].address().compareTo(address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 && byAddress[low - 1].contains(address) ? Optional.of(byAddress[low - 1]) : Optional.empty();
    }
}
