package dev.repoint.agent.control;

import java.util.List;

/// The result of one change.
///
/// @param key the complete key, for example `com.acme.Crc.update(int,byte[])`
/// @param before the earlier target, for example `default`
/// @param target the current target
/// @param note a note for the operator, for example `when it is loaded` or `only at its calls: 12 classes`; may be
///     empty
public record Outcome(String key, String before, String target, String note) {

    private static final int WIDTH = 4;

    /// The record as the fields of a row.
    ///
    /// @return fields that [#of(List)] reads
    public List<String> fields() {
        return List.of(key, before, target, note);
    }

    /// Reads a row.
    ///
    /// @param fields what [#fields()] gave
    /// @return the record
    /// @throws ControlException if the fields are no such record
    public static Outcome of(List<String> fields) {
        if (fields.size() != WIDTH) {
            throw new ControlException("a malformed reply: an outcome of " + fields.size() + " fields");
        }
        return new Outcome(fields.get(0), fields.get(1), fields.get(2), fields.get(3));
    }
}
