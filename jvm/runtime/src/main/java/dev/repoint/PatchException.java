package dev.repoint;

import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A patch, or the look-up of a patchable, that was refused. Nothing has changed.
///
/// The message is one line, made [safe][SafeText]: the key if there is one, the reason, and what to do next. Wrong
/// syntax is a [SyntaxException] instead.
public class PatchException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Key key;
    private final String reason;

    /// For Repoint itself.
    ///
    /// @param key the method or field that could not be patched, or null if the refusal concerns none
    /// @param reason what comes behind the key in the message
    protected PatchException(@Nullable Key key, String reason, @Nullable Throwable cause) {
        super(SafeText.of((key == null ? "" : key) + reason), cause);
        this.key = key;
        this.reason = SafeText.of(reason.startsWith(":") ? reason.substring(1).strip() : reason.strip());
    }

    /// The method or field that could not be patched; empty if the refusal concerns none, or several.
    public final Optional<Key> key() {
        return Optional.ofNullable(key);
    }

    /// The message without the key.
    public final String reason() {
        return reason;
    }
}
