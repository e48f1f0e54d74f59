package dev.repoint.machine.plan;

import dev.repoint.elf.ElfException;
import java.io.Serial;

/// A patch that cannot be made as a whole. Nothing has been changed.
///
/// The message is one line: the file, the key, the site if there is one, the reason, and what to do.
public final class PlanException extends ElfException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String site;

    private PlanException(String file, String key, String site, String reason) {
        super((file + ": " + key + ": " + (site.isEmpty() ? "" : site + ": ") + reason).replaceAll("\\p{Cntrl}", "?"));
        this.key = key;
        this.site = site;
    }

    /// A failure that concerns the key itself.
    ///
    /// @param reason the finding, and the next step
    static PlanException of(String file, String key, String reason) {
        return new PlanException(file, key, "", reason);
    }

    /// A failure at one of its sites.
    ///
    /// @param site   such as `call at 0x1139 in main`
    /// @param reason the finding, and the next step
    static PlanException at(String file, String key, String site, String reason) {
        return new PlanException(file, key, site, reason);
    }

    /// The key that could not be patched, as it was written.
    public String key() {
        return key;
    }

    /// The site that stands against it, such as `call at 0x1139 in main`; empty if it is none of them.
    public String site() {
        return site;
    }
}
