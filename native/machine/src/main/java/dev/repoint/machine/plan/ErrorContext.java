package dev.repoint.machine.plan;

import dev.repoint.elf.ElfFile;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.mangling.Demangler;
import dev.repoint.machine.site.KeyResolver;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Site;
import dev.repoint.machine.site.SiteTable;
import java.util.List;

/// Where in a plan something concerns: what its errors name.
///
/// @param file as messages call it
/// @param key  as it was written
/// @param site as people read it; empty for the key itself
record ErrorContext(String file, String key, String site) {

    /// The key itself.
    static ErrorContext of(String file, String key) {
        return new ErrorContext(file, key, "");
    }

    /// One of its sites.
    ErrorContext at(Site each) {
        return at(describe(each));
    }

    ErrorContext at(String description) {
        return new ErrorContext(file, key, description);
    }

    /// Such as `call at 0x1139 in main`.
    static String describe(Site site) {
        return site.kind().text() + " at " + site.address()
                + (site.in().isEmpty() ? "" : " in " + Demangler.shown(site.in()));
    }

    /// The one key that a written one means.
    ///
    /// @throws PlanException if it means several
    NativeKey one(ElfFile elf, SiteTable table, NativeKey written) throws PlanException {
        List<NativeKey> meant = KeyResolver.of(elf, table, written);
        if (meant.size() > 1) {
            throw fails((written.text().equals(key) ? "" : "the target " + written + " ") + KeyResolver.several(meant));
        }
        return meant.getFirst();
    }

    /// @param reason what was found, and what to do
    PlanException fails(String reason) {
        return PlanException.at(file, key, site, reason);
    }

    /// A target that an instruction does not reach, or a veneer that finds no room.
    PlanException fails(OutOfRange unreachable) {
        return fails(String.valueOf(unreachable.getMessage()));
    }
}
