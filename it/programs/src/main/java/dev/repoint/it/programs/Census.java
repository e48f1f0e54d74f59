package dev.repoint.it.programs;

import dev.repoint.it.programs.Collected.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The branches of a file that objdump sees, compared with the sites that were collected.
///
/// A branch counts when it is direct and leads to the entry of a function or of the procedure linkage table. A
/// site is false when it is no such branch (or, of the other kinds, not the instruction or the relocated word
/// that its kind says), when it leads elsewhere than its key says, or when it was listed twice.
final class Census {

    private final Functions functions;
    private final Relocations relocations;
    private final Map<Long, Site> sites;
    private final Map<Long, Site> unseen;
    private final Map<BranchKind, Tally> tallies = new EnumMap<>(BranchKind.class);
    private final Map<String, Integer> others = new TreeMap<>();
    private final List<Branch> missed = new ArrayList<>();
    private final List<String> falseSites = new ArrayList<>();
    private int collectedWithin;

    private Census(Functions functions, Relocations relocations, Collected collected) {
        this.functions = functions;
        this.relocations = relocations;
        sites = collected.sites();
        unseen = new HashMap<>(sites);
        collected.repeated().forEach(address -> falseSites.add(String.format("%#x is listed twice", address)));
    }

    /// Takes it.
    static Census of(Path file, Collected collected) throws IOException {
        Census census = new Census(Functions.of(file), Relocations.of(file), collected);
        Disassembly.instructions(file, census::instruction);
        census.words();
        return census;
    }

    private void instruction(Instruction instruction) {
        Site site = sites.get(instruction.address());
        if (site != null) {
            unseen.remove(instruction.address());
        }
        if (instruction.isDirectBranch() && functions.isEntry(instruction.destination())) {
            branch(Branch.of(instruction), site);
        } else if (site != null) {
            reference(instruction, site);
        }
    }

    private void reference(Instruction instruction, Site site) {
        Set<String> names = functions.names(instruction.relative() - site.offset());
        // A slot of the global offset table has no name.
        boolean leads = names.contains(site.symbol()) || names.isEmpty() && Shape.of(site.kind()) != Shape.ADDRESS;
        if (leads && Shape.of(site.kind()).fits(instruction)) {
            others.merge(site.kind(), 1, Integer::sum);
        } else {
            isFalse(instruction.address(), site, "is " + instruction.mnemonic() + " " + instruction.operands());
        }
    }

    private void branch(Branch branch, @Nullable Site site) {
        boolean within = branch.isWithin(functions);
        boolean right = false;
        if (site == null) {
            missed.add(branch);
        } else if (!site.kind().equals(branch.kind().text())) {
            isFalse(branch.address(), site, "is a " + branch.kind().text());
        } else if (!functions.names(branch.destination()).contains(site.symbol())) {
            isFalse(branch.address(), site, "leads to " + functions.names(branch.destination()));
        } else {
            right = true;
        }
        if (!within) {
            tallies.merge(branch.kind(), new Tally(1, right ? 1 : 0), Tally::plus);
        } else if (right) {
            collectedWithin++;
        }
    }

    /// Sites that are no instructions: words that the loader relocates.
    private void words() {
        unseen.forEach((address, site) -> {
            String kind = site.kind();
            if (Shape.of(kind) != Shape.WORD) {
                isFalse(address, site, "is no instruction that objdump sees");
            } else if (!relocations.anyIn(address, 1)) {
                isFalse(address, site, "has no relocation");
            } else {
                others.merge(kind, 1, Integer::sum);
            }
        });
    }

    private void isFalse(long address, Site site, String what) {
        falseSites.add(String.format("%#x %s of %s in %s %s", address, site.kind(), site.key(), site.in(), what));
    }

    /// The count of one kind; without jumps within one function.
    Tally tally(BranchKind kind) {
        return tallies.getOrDefault(kind, Tally.NONE);
    }

    /// The count of all kinds.
    Tally tally() {
        return tallies.values().stream().reduce(Tally.NONE, Tally::plus);
    }

    /// The other sites, which objdump and readelf confirm, by kind.
    Map<String, Integer> others() {
        return others;
    }

    /// How many jumps within one function were collected; they are in no count.
    int collectedWithin() {
        return collectedWithin;
    }

    /// The branches that were not collected, by reason, those within one function too.
    Map<Miss, List<Branch>> missed() {
        Map<Miss, List<Branch>> byReason = new EnumMap<>(Miss.class);
        for (Branch branch : missed) {
            boolean relocated = relocations.anyIn(branch.address(), branch.length());
            byReason.computeIfAbsent(Miss.of(branch, relocated, functions), _ -> new ArrayList<>())
                    .add(branch);
        }
        return byReason;
    }

    /// The sites that are none.
    List<String> falseSites() {
        return falseSites;
    }

    /// One line about a branch.
    String line(Branch branch) {
        return branch.line(functions);
    }
}
