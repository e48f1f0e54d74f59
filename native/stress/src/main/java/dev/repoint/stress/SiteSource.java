package dev.repoint.stress;

import java.util.List;

/// Writes the assembly source of the sites: each in a function of its own that takes a number and returns one,
/// placed so that all distances from the start of a cache line occur, and some sites lie across two pages.
final class SiteSource {

    /// How many groups there are; the sites of a group change together.
    static final int GROUPS = 16;
    /// The group whose sites call Java.
    static final int JAVA_GROUP = 12;
    /// The groups from this one on are small: 15, 3 and 1 sites.
    static final int SMALL_GROUPS = 13;

    private static final int LINE = 64;
    private static final int PAGE = 4096;
    /// One in so many sites lies across two pages.
    private static final int PER_PAGE_CROSSING = 40;

    private static final SiteAssembly ASSEMBLY = SiteAssemblies.own();

    private final int count;
    private final StringBuilder code = new StringBuilder(1 << 20);
    private final StringBuilder table = new StringBuilder(1 << 18);
    private final StringBuilder functions = new StringBuilder(1 << 16);
    private int functionCount;

    private SiteSource(int count) {
        this.count = count;
    }

    /// @param count of sites
    static String of(int count) {
        SiteSource source = new SiteSource(count);
        source.targets();
        for (int i = 0; i < count; i++) {
            source.site(i);
        }
        return source.code + """
            .section .data.rel,"aw",@progbits
            .balign 8
            .globl stress_sites
            stress_sites:
            """ + source.table + """
                .globl stress_site_count
                stress_site_count: .quad %d
                .globl stress_functions
                stress_functions: .quad %d
                """.formatted(count, source.functionCount) + source.functions + """
            .section .note.GNU-stack,"",@progbits
            """;
    }

    /// Of `count` sites the last 19 are in the small groups.
    static int group(int site, int count) {
        int fromEnd = count - 1 - site;
        if (fromEnd < 19) {
            return fromEnd < 1 ? GROUPS - 1 : fromEnd < 4 ? GROUPS - 2 : SMALL_GROUPS;
        }
        return site % SMALL_GROUPS;
    }

    static SiteForm form(int site) {
        List<SiteForm> forms = ASSEMBLY.forms();
        // Not the remainder of the number itself, or a group would have some forms only.
        return forms.get(site / SMALL_GROUPS % forms.size());
    }

    /// Each leaves other numbers in all registers that a function may change.
    private void targets() {
        code.append(".text\n");
        code.append(ASSEMBLY.target("stress_default", 3, 1));
        code.append(ASSEMBLY.target("stress_other", 5, 2));
        // Copied to a place far away: it refers to nothing.
        code.append(ASSEMBLY.target("stress_far", 7, 3));
        code.append("stress_far_end:\n.globl stress_far_end\n");
    }

    private void site(int i) {
        SiteForm form = form(i);
        int condition = form == SiteForm.CONDITIONAL
                ? i / SMALL_GROUPS / ASSEMBLY.forms().size() % 16
                : 0;
        boolean crossesPages = i % PER_PAGE_CROSSING == 0;
        int unit = crossesPages ? PAGE : LINE;
        // From 1 to length - 1 bytes of the instruction lie before the end of the page.
        int place = crossesPages ? PAGE - 1 - i / PER_PAGE_CROSSING % (ASSEMBLY.placed(form) - 1) : i * 7 % LINE;
        place &= -ASSEMBLY.alignment();
        String before = ASSEMBLY.before(form);
        // The label is where the instruction begins; the function begins as much earlier as it needs.
        code.append("""
            .balign %1$d%7$s
            .skip (%2$d - (2f - 1f)) & %3$d%7$s
            1:
            stress_caller_%4$d:
            %5$s2:
            stress_site_%4$d:
            %6$s
            """.formatted(
                        unit,
                        place,
                        unit - 1,
                        i,
                        before,
                        form == SiteForm.FUNCTION ? function(i) : ASSEMBLY.instruction(form, i, condition),
                        ASSEMBLY.filler()));
        boolean hasPointer = form.isWord() || form == SiteForm.POINTER_CALL || form == SiteForm.POINTER_JUMP;
        if (hasPointer) {
            code.append("""
                .section .data.rel,"aw",@progbits
                .balign 8
                stress_pointer_%d: .quad stress_default
                .text
                """.formatted(i));
        }
        String address = form.isWord()
                ? "stress_pointer_" + i
                : form == SiteForm.RELAXED_CALL ? "stress_site_" + i + " + 1" : "stress_site_" + i;
        table.append(".quad %s, %d, %d, %d, stress_caller_%d, %s\n"
                .formatted(
                        address,
                        form.number(),
                        condition,
                        group(i, count),
                        i,
                        hasPointer ? "stress_pointer_" + i : "0"));
    }

    /// The first instructions, the rest, and in a section of their own the copy of the first ones. Their places are
    /// written to a table: how many there are, and of each where it is and where its copy is.
    private String function(int i) {
        List<EntryClass> classes = ASSEMBLY.entries();
        EntryClass each = classes.get(functionCount++ % classes.size());
        StringBuilder original = new StringBuilder();
        StringBuilder copy = new StringBuilder();
        functions.append(".quad %d, %d".formatted(i, each.first().size()));
        for (int n = 0; n < EntryClass.MOST; n++) {
            if (n < each.first().size()) {
                String instruction = each.first().get(n).replace("LABEL", "stress_aside_" + i);
                original.append("stress_first_%d_%d: %s\n".formatted(i, n, instruction));
                copy.append("stress_copy_%d_%d: %s\n".formatted(i, n, instruction));
                functions.append(", stress_first_%1$d_%2$d, stress_copy_%1$d_%2$d".formatted(i, n));
            } else {
                functions.append(", 0, 0");
            }
        }
        functions.append('\n');
        String rest = each.rest().replace("LABEL", "stress_aside_" + i);
        return "%sstress_rest_%d: %s.section .text.copies,\"ax\",@progbits\n%s%s\n.text\n"
                .formatted(original, i, rest, copy, ASSEMBLY.jump("stress_rest_" + i));
    }
}
