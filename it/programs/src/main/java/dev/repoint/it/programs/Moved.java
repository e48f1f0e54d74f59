package dev.repoint.it.programs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares the branches to function entries of a patched file with those of the file that it was made from, as
/// objdump sees them.
///
/// Arguments: the file, the patched file, and what was patched as `KEY=TARGET`. Of the branches to a key's
/// entry none may be left but those of its target, which calls the default by another name; where the target is
/// a function, all the others must lead there. All other branches must be as they were. Exit 1 if not.
public final class Moved {

    private static final int SHOWN = 20;

    private final Functions functions;
    private final Map<Long, Branch> before;
    private final Map<Long, Branch> after;
    private final Map<String, String> targets = new HashMap<>();
    private int moved;
    private int gone;
    private int left;
    private int wrong;

    private Moved(Path file, Path patched, String[] changes) throws IOException {
        functions = Functions.of(file);
        before = branches(file);
        after = branches(patched);
        for (String change : changes) {
            int equals = change.indexOf('=');
            targets.put(change.substring(0, equals), change.substring(equals + 1));
        }
    }

    public static void main(String[] args) throws IOException {
        String[] changes = Arrays.copyOfRange(args, 2, args.length);
        Moved moved = new Moved(Path.of(args[0]), Path.of(args[1]), changes);
        moved.before.values().forEach(moved::compare);
        moved.after.values().stream()
                .filter(branch -> !moved.before.containsKey(branch.address()))
                .forEach(branch -> moved.wrong(branch, "was not there before"));
        System.out.printf(
                "%s: %,d branches lead to the targets, %,d are gone, %,d of targets still lead to their defaults, "
                        + "%,d others are as they were%n",
                Path.of(args[1]).getFileName(),
                moved.moved,
                moved.gone,
                moved.left,
                moved.before.size() - moved.moved - moved.gone - moved.left - moved.wrong);
        if (moved.wrong > 0 || moved.moved + moved.gone == 0) {
            System.out.printf("FAILED: %,d branches are wrong%n", moved.wrong);
            System.exit(1);
        }
    }

    private Map<Long, Branch> branches(Path file) throws IOException {
        Map<Long, Branch> branches = new HashMap<>();
        Disassembly.instructions(file, instruction -> {
            if (instruction.isDirectBranch() && functions.isEntry(instruction.destination())) {
                branches.put(instruction.address(), Branch.of(instruction));
            }
        });
        return branches;
    }

    private void compare(Branch was) {
        Branch is = after.get(was.address());
        String target = target(was.destination());
        if (was.equals(is)) {
            if (target != null && functions.nameAt(was.address()).equals(target)) {
                left++;
            } else if (target != null) {
                wrong(was, "still leads to its default");
            }
        } else if (target == null) {
            wrong(was, "was changed");
        } else if (is == null) {
            gone++;
            if (!Set.of("nothing", "zero").contains(target)) {
                wrong(was, "is gone");
            }
        } else if (is.kind() == was.kind() && functions.names(is.destination()).contains(target)) {
            moved++;
        } else {
            wrong(is, "is not what it was to become");
        }
    }

    private @Nullable String target(long entry) {
        return functions.names(entry).stream()
                .map(targets::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private void wrong(Branch branch, String what) {
        if (++wrong <= SHOWN) {
            System.out.println("  WRONG: " + branch.line(functions) + " " + what);
        }
    }
}
