package dev.repoint.weaver.build;

import dev.repoint.ClassPattern;
import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.SyntaxException;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.Selection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The request of a build. Each line is a name, a tab and a value.
///
/// | line | number | meaning |
/// | --- | --- | --- |
/// | `goal` | one | `weave`, `look` (computes the result of weaving) or `check` (also finds faults) |
/// | `classes` | one | the folder of classes to weave in place |
/// | `kept` | one | the folder for the originals |
/// | `classpath` | any | a jar or folder of the class path |
/// | `patchable`, `sites`, `in`, `exclude`, `policy` | any | like the options of the agent, with one item each |
///
/// @param goal one of the three goals
/// @param classes the folder of classes
/// @param kept the folder for the originals
/// @param classPath the class path without this folder
/// @param selection what to weave, including the keys of policies
/// @param patchable the patterns of the option `patchable`, without the keys of policies
/// @param policies the policies
record Request(
        String goal,
        Path classes,
        Path kept,
        List<Path> classPath,
        Selection selection,
        List<KeyPattern> patchable,
        List<Policy> policies) {

    /// Reads a request.
    ///
    /// @throws PatchException if a value is malformed; the message names the option
    static Request read(List<String> lines) {
        List<KeyPattern> patchable = all(lines, "patchable", KeyPattern::parse);
        List<KeyPattern> sites = all(lines, "sites", KeyPattern::parse);
        List<Policy> policies = all(lines, "policy", Policy::parse);
        List<KeyPattern> entries = new ArrayList<>(patchable);
        for (Policy policy : policies) {
            if (!isAmong(sites, policy.key())) {
                entries.add(policy.key());
            }
        }
        Selection selection = new Selection(
                entries,
                true,
                sites,
                all(lines, "in", ClassPattern::parse),
                all(lines, "exclude", ClassPattern::parse));
        return new Request(
                one(lines, "goal"),
                Path.of(one(lines, "classes")),
                Path.of(one(lines, "kept")),
                all(lines, "classpath", Path::of),
                selection,
                patchable,
                policies);
    }

    /// Whether the request selects calls of a method. Then its entry need not be patchable.
    private static boolean isAmong(List<KeyPattern> sites, KeyPattern key) {
        return sites.stream().anyMatch(site -> site.matchesOwner(key.owner()) && site.matchesMethodName(key.name()));
    }

    private static String one(List<String> lines, String name) {
        List<String> values = all(lines, name, value -> value);
        if (values.size() != 1) {
            throw new PatchRefusal("the request has " + values.size() + " lines '" + name + "', not one");
        }
        return values.get(0);
    }

    private static <T> List<T> all(List<String> lines, String name, Function<String, T> parser) {
        List<T> values = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(name + "\t")) {
                try {
                    values.add(parser.apply(line.substring(name.length() + 1)));
                } catch (SyntaxException e) {
                    throw new PatchRefusal(name + ": " + e.getMessage(), e);
                }
            }
        }
        return values;
    }
}
