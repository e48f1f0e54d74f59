package dev.repoint.linux;

import dev.repoint.elf.file.SafeText;
import org.jspecify.annotations.Nullable;

/// The refusal of a patch of running native code. Nothing has changed, unless the message says that the patch is
/// in effect.
///
/// The message is one line, made [safe][SafeText]: the key, the site if there is one, the reason, and what to
/// do next. Wrong syntax of a key or target is an [IllegalArgumentException] instead.
public class NativePatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String key;
    private final String site;
    private final String reason;

    /// For Repoint itself.
    ///
    /// @param key    empty if the refusal concerns no key
    /// @param site   empty if the refusal concerns no site
    /// @param reason with what to do next
    protected NativePatchException(String key, String site, String reason, @Nullable Throwable cause) {
        super(SafeText.of((key.isEmpty() ? "" : key + ": ") + (site.isEmpty() ? "" : site + ": ") + reason), cause);
        this.key = key;
        this.site = site;
        this.reason = SafeText.of(reason);
    }

    /// A refusal that concerns the key itself; or, where that is empty, none.
    static NativePatchException of(String key, String reason) {
        return new NativePatchException(key, "", reason, null);
    }

    /// A refusal at one of the sites of a key.
    static NativePatchException at(String key, String site, String reason) {
        return new NativePatchException(key, site, reason, null);
    }

    /// A refusal that something else has explained already.
    static NativePatchException because(String key, String site, Exception cause) {
        return new NativePatchException(key, site, String.valueOf(cause.getMessage()), cause);
    }

    /// The same with words before the explanation.
    static NativePatchException because(String key, String site, String reason, Exception cause) {
        return new NativePatchException(key, site, reason + ": " + cause.getMessage(), cause);
    }

    /// The key that could not be patched, with its module before it: `libz.so.1: crc32`; empty if the refusal
    /// concerns none.
    public String key() {
        return key;
    }

    /// The site that cannot be patched, such as `call at 0x1139 in main`; empty if the refusal concerns none.
    public String site() {
        return site;
    }

    /// The message without key and site.
    public String reason() {
        return reason;
    }
}
