package dev.repoint.stress;

import java.util.List;

/// The sites of the stress in the assembly of a processor.
///
/// A caller of a site gets a number as its argument, and leaves another one where results are. What it calls finds the
/// first in the argument [#argument].
interface SiteAssembly {

    /// The forms of sites that it has.
    List<SiteForm> forms();

    /// The length of what is patched, in bytes.
    int length(SiteForm form);

    /// The length of the instruction that is put at all alignments, in bytes.
    int placed(SiteForm form);

    /// Instructions begin at multiples of this.
    int alignment();

    /// Which argument of a target is the number.
    int argument();

    /// What stands between functions, for the directives `.balign` and `.skip`.
    String filler();

    /// A target that leaves other numbers in all registers that a function may change.
    String target(String name, int factor, int summand);

    /// The instructions of a caller up to the site.
    String before(SiteForm form);

    /// The instructions from the site on.
    ///
    /// @param number    of the site, for labels
    /// @param condition for those that have one
    String instruction(SiteForm form, int number, int condition);

    /// The classes of functions that are patched at their entry.
    List<EntryClass> entries();

    /// A jump.
    String jump(String label);
}
