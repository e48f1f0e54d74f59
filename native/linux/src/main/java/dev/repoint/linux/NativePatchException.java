package dev.repoint.linux;

import dev.repoint.elf.SafeText;
import org.jspecify.annotations.Nullable;

/// A patch of running code that cannot be made as a whole. Nothing has changed, unless the message says that it
/// is in effect.
///
/// The message is one line, made [safe][SafeText]: the key, the site if there is one, the reason, and what to
/// do.
public final class NativePatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String key;
    private final String site;

    private NativePatchException(String key, String site, String reason, @Nullable Throwable cause) {
        super(SafeText.of((key.isEmpty() ? "" : key + ": ") + (site.isEmpty() ? "" : site + ": ") + reason), cause);
        this.key = key;
        this.site = site;
    }

    /// A failure that concerns the key itself; or, where that is empty, none.
    public static NativePatchException of(String key, String reason) {
        return new NativePatchException(key, "", reason, null);
    }

    /// A failure at one of its sites.
    public static NativePatchException at(String key, String site, String reason) {
        return new NativePatchException(key, site, reason, null);
    }

    /// A failure that something else has explained already.
    public static NativePatchException because(String key, String site, Exception cause) {
        return new NativePatchException(key, site, String.valueOf(cause.getMessage()), cause);
    }

    /// The same with words before the explanation.
    public static NativePatchException because(String key, String site, String reason, Exception cause) {
        return new NativePatchException(key, site, reason + ": " + cause.getMessage(), cause);
    }

    /// The key that could not be patched, with its module before it: `libz.so.1: crc32`; empty if it is about
    /// none.
    public String key() {
        return key;
    }

    /// The site that stands against it, such as `call at 0x1139 in main`; empty if it is none of them.
    public String site() {
        return site;
    }
}
