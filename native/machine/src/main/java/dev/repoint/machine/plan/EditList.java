package dev.repoint.machine.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The edits of a plan as they come together: none overlaps another. Those that change nothing are kept as
/// claims, so that nothing else changes the place.
final class EditList {

    private final String file;
    private final TreeMap<Long, Edit> byOffset = new TreeMap<>();

    /// @param file as messages call it
    EditList(String file) {
        this.file = file;
    }

    /// Adds an edit. One that writes the same bytes to the same place was there already, for whichever patchable.
    ///
    /// @throws PlanException if it overlaps one that writes something else
    void add(Edit edit) throws PlanException {
        Map.Entry<Long, Edit> below = byOffset.lowerEntry(edit.end());
        if (below != null && below.getValue().end() > edit.offset().value()) {
            Edit other = below.getValue();
            if (other.writesAs(edit)) {
                return;
            }
            throw PlanException.at(
                    file,
                    edit.key(),
                    edit.site(),
                    other.key().equals(edit.key())
                            ? "is to become two things at once; name each key once"
                            : "is changed by " + other.key() + " as well; leave one of the two out");
        }
        byOffset.put(edit.offset().value(), edit);
    }

    void addAll(Collection<Edit> edits) throws PlanException {
        for (Edit edit : edits) {
            add(edit);
        }
    }

    /// Whether the byte at an offset is claimed.
    boolean covers(long offset) {
        Map.Entry<Long, Edit> below = byOffset.floorEntry(offset);
        return below != null && below.getValue().end() > offset;
    }

    /// All edits that change something, by offset.
    List<Edit> changing() {
        List<Edit> changing = new ArrayList<>();
        for (Edit edit : byOffset.values()) {
            if (edit.changes()) {
                changing.add(edit);
            }
        }
        return changing;
    }
}
