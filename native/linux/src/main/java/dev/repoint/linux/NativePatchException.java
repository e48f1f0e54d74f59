package dev.repoint.linux;

/// A patch of running code that cannot be made as a whole. Nothing has changed, unless the message says that it is in
/// effect.
///
/// The message is one line: the key, the site if there is one, the reason, and what to do.
public final class NativePatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String key;
    private final String site;

    NativePatchException(String key, String site, String reason, Throwable cause) {
        super((key.isEmpty() ? "" : key + ": ") + (site.isEmpty() ? "" : site + ": ") + reason, cause);
        this.key = key;
        this.site = site;
    }

    NativePatchException(String key, String reason) {
        super(key.isEmpty() ? reason : key + ": " + reason);
        this.key = key;
        this.site = "";
    }

    /// The key that could not be patched, with its module before it: `libz.so.1: crc32`; empty if it is about none.
    public String key() {
        return key;
    }

    /// The site that stands against it, such as `call at 0x1139 in main`; empty if it is none of them.
    public String site() {
        return site;
    }
}
