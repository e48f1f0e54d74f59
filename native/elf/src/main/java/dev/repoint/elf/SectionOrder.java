package dev.repoint.elf;

import java.util.Comparator;

/// Orders of sections, as classes: the first lambda of a JVM costs milliseconds of start-up.
enum SectionOrder implements Comparator<Section> {
    /// By where they lie in the file.
    BY_OFFSET {
        @Override
        public int compare(Section one, Section other) {
            return one.offset().compareTo(other.offset());
        }
    },
    /// By where they are loaded.
    BY_ADDRESS {
        @Override
        public int compare(Section one, Section other) {
            return one.address().compareTo(other.address());
        }
    }
}
