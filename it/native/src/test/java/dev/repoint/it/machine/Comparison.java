package dev.repoint.it.machine;

import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Site;
import dev.repoint.machine.site.SiteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// What we collected, held against what a disassembler sees.
///
/// @param witness the disassembler
/// @param table   what we collected from the same file
record Comparison(Disassembly witness, SiteTable table) {

    /// Those of some branches that are no sites.
    List<Branch> missed(List<Branch> branches) {
        TreeMap<Long, Site> sites = new TreeMap<>();
        for (Patchable patchable : table.patchables()) {
            for (Site site : patchable.sites()) {
                if (site.kind().isInstruction()) {
                    sites.put(site.address().value(), site);
                }
            }
        }
        List<Branch> missed = new ArrayList<>();
        for (Branch branch : branches) {
            boolean found = sites.subMap(branch.start(), branch.end()).values().stream()
                    .anyMatch(site -> site.kind() == branch.kind() && covers(branch, site));
            if (!found) {
                missed.add(branch);
            }
        }
        return missed;
    }

    /// Sites that are no branches, or branches to something else, one line each.
    List<String> wrong() {
        TreeMap<Long, Branch> branches = new TreeMap<>();
        for (Branch branch : witness.branches()) {
            branches.put(branch.start(), branch);
        }
        List<String> wrong = new ArrayList<>();
        for (Patchable patchable : table.patchables()) {
            for (Site site : patchable.sites()) {
                if (!isBranch(site.kind())) {
                    continue;
                }
                var before = branches.floorEntry(site.address().value());
                if (before == null || before.getValue().kind() != site.kind() || !covers(before.getValue(), site)) {
                    wrong.add(
                            patchable.key() + ": objdump sees no " + site.kind().text() + " at " + site.address());
                } else if (!leadsTo(before.getValue(), patchable, site)) {
                    wrong.add(patchable.key() + ": objdump sees " + before.getValue());
                }
            }
        }
        return wrong;
    }

    private boolean leadsTo(Branch branch, Patchable patchable, Site site) {
        String symbol = patchable.key().symbol();
        if (branch.isDirect()) {
            Set<String> functions = witness.functions().get(branch.to());
            return functions == null ? branch.name().equals(symbol + "@plt") : functions.contains(symbol);
        }
        if (branch.to() != site.leads().value()) {
            return false;
        }
        return patchable.kind() == PatchableKind.FUNCTION
                || branch.to() == patchable.address().value();
    }

    private static boolean covers(Branch branch, Site site) {
        return branch.isAt(site.address().value(), site.length());
    }

    private static boolean isBranch(SiteKind kind) {
        return switch (kind) {
            case CALL, JUMP, CONDITIONAL_JUMP, POINTER_CALL, POINTER_JUMP -> true;
            case ADDRESS, POINTER_LOAD, GOT_SLOT, DATA_POINTER -> false;
        };
    }
}
