package dev.repoint.machine.plan;

import dev.repoint.machine.instruction.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// The changes of a file that redirect patchables. The plan is validated as a whole; nothing is written yet.
///
/// Immutable, and safe for use by several threads.
public final class Plan {

    private final String file;
    private final List<KeyPlan> keys;
    private final Restored restored;
    private final List<Edit> edits;
    private final List<String> warnings;
    private final Architecture architecture;
    private final LongFunction<@Nullable String> names;

    /// @param restored what goes back to what it was, before the edits are made
    /// @param edits    without overlaps, in the order in which they are written
    /// @param warnings that concern the file and no key
    /// @param names    the names of addresses, for people
    Plan(
            String file,
            List<KeyPlan> keys,
            Restored restored,
            List<Edit> edits,
            List<String> warnings,
            Architecture architecture,
            LongFunction<@Nullable String> names) {
        this.file = file;
        this.keys = List.copyOf(keys);
        this.restored = restored;
        this.edits = List.copyOf(edits);
        this.architecture = architecture;
        this.names = names;
        List<String> all = new ArrayList<>(warnings);
        keys.forEach(key -> all.addAll(key.warnings()));
        this.warnings = List.copyOf(all);
    }

    /// What goes back first: a file that has diverted functions becomes the original, and then gets all that it is to
    /// have.
    ///
    /// @param edits bytes that are written back, without overlaps
    /// @param size  of the file then, in bytes; -1 if it keeps its size
    public record Restored(List<Edit> edits, long size) {
        /// Nothing.
        static final Restored NOTHING = new Restored(List.of(), -1);

        /// Copies the list.
        public Restored {
            edits = List.copyOf(edits);
        }
    }

    /// The file that it is for.
    public String file() {
        return file;
    }

    /// The part for each patchable, in the order of the changes.
    public List<KeyPlan> keys() {
        return keys;
    }

    /// What goes back before the edits are made.
    public Restored restored() {
        return restored;
    }

    /// All bytes that change then: what the file grows by, then the rest by offset, without overlaps.
    public List<Edit> edits() {
        return edits;
    }

    /// The reasons not to use the new file, one line each.
    public List<String> warnings() {
        return warnings;
    }

    /// Whether the file is as the changes want it already.
    public boolean isEmpty() {
        return edits.isEmpty() && restored.edits().isEmpty();
    }

    /// The current bytes of an edit as text: instructions in the manner of `objdump -d`, or a few words for data.
    public String before(Edit edit) {
        return edit.isCode() ? code(edit.expected(), edit) : edit.was();
    }

    /// The new bytes of an edit as text.
    public String after(Edit edit) {
        return edit.isCode() ? code(edit.replacement(), edit) : edit.becomes();
    }

    private String code(byte[] bytes, Edit edit) {
        return architecture.disassemble(bytes, edit.address().value(), names);
    }
}
