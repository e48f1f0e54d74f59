package dev.repoint.agent.control;

import java.util.List;

/// One patchable of a running JVM.
///
/// @param key the key as text, for example `com.acme.Crc.update(int,byte[])`
/// @param defaultMethod the default as a declaration, for example `int update(int, byte[])`
/// @param target the current target: `default`, `nothing`, `constant VALUE`, or a name
/// @param mode `constant` or `pointer`, with the reason if it changed automatically: `pointer (often changed)`
/// @param links the number of places that have linked to it; 0 before its first call
/// @param changes the number of changes of its target
/// @param loader the class loader of its class, as text; `bootstrap` for the JVM's own
/// @param note a note for the operator; may be empty
public record PatchableStatus(
        String key,
        String defaultMethod,
        String target,
        String mode,
        int links,
        long changes,
        String loader,
        String note) {

    private static final int WIDTH = 8;

    /// The record as the fields of a row.
    ///
    /// @return fields that [#of(List)] reads
    public List<String> fields() {
        return List.of(key, defaultMethod, target, mode, Integer.toString(links), Long.toString(changes), loader, note);
    }

    /// Reads a row.
    ///
    /// @param fields what [#fields()] gave
    /// @return the record
    /// @throws ControlException if the fields are no such record
    public static PatchableStatus of(List<String> fields) {
        if (fields.size() != WIDTH) {
            throw new ControlException("a malformed reply: a status of " + fields.size() + " fields");
        }
        try {
            return new PatchableStatus(
                    fields.get(0),
                    fields.get(1),
                    fields.get(2),
                    fields.get(3),
                    Integer.parseInt(fields.get(4)),
                    Long.parseLong(fields.get(5)),
                    fields.get(6),
                    fields.get(7));
        } catch (NumberFormatException e) {
            throw new ControlException("a malformed reply: " + e.getMessage(), e);
        }
    }
}
