package dev.repoint.agent.options;

import dev.repoint.ClassPattern;
import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.SyntaxException;
import dev.repoint.Target;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.weaver.Policy;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The options after `-javaagent:agent.jar=`. Immutable.
///
/// @param patchable methods that get a patchable entry
/// @param policy targets that apply from the first call on
/// @param direct methods whose calls are pointed at their targets while classes load
/// @param sites methods whose calls are patched
/// @param in the classes in which calls are patched; empty for all
/// @param exclude classes that the agent does not change
/// @param report the file for the report, or null
/// @param classdump the folder for woven classes, or null
/// @param policyFile the file with further policies, or null
/// @param watch whether to apply changes of that file
public record Options(
        List<KeyPattern> patchable,
        List<Policy> policy,
        List<Policy> direct,
        List<KeyPattern> sites,
        List<ClassPattern> in,
        List<ClassPattern> exclude,
        @Nullable Path report,
        @Nullable Path classdump,
        @Nullable Path policyFile,
        boolean watch) {

    /// Copies the lists.
    public Options {
        patchable = List.copyOf(patchable);
        policy = List.copyOf(policy);
        direct = List.copyOf(direct);
        sites = List.copyOf(sites);
        in = List.copyOf(in);
        exclude = List.copyOf(exclude);
    }

    /// Reads options.
    ///
    /// @param text `name=value,name=value`; null or blank for none
    /// @return the options
    /// @throws PatchException if an option is wrong; the message names the option, its value and the correct form
    ///     write
    public static Options parse(@Nullable String text) {
        List<KeyPattern> patchable = new ArrayList<>();
        List<Policy> policy = new ArrayList<>();
        List<Policy> direct = new ArrayList<>();
        List<KeyPattern> sites = new ArrayList<>();
        List<ClassPattern> in = new ArrayList<>();
        List<ClassPattern> exclude = new ArrayList<>();
        Path report = null;
        Path classdump = null;
        Path policyFile = null;
        boolean watch = false;
        for (OptionSyntax.Assignment option : OptionSyntax.split(text == null ? "" : text.strip())) {
            try {
                switch (option.name()) {
                    case "patchable" -> keys(option, patchable);
                    case "sites" -> keys(option, sites);
                    case "in" -> classes(option, in);
                    case "exclude" -> classes(option, exclude);
                    case "policy" -> policies(option, policy);
                    case "direct" -> policies(option, direct);
                    case "policyfile" -> policyFile = path(option, policyFile);
                    case "watch" -> watch = bool(option);
                    case "report" -> report = path(option, report);
                    default -> classdump = path(option, classdump);
                }
            } catch (PatchException | SyntaxException e) {
                String message = String.valueOf(e.getMessage());
                throw message.startsWith("agent option") ? e : OptionSyntax.malformed(option.name(), message);
            }
        }
        requireMethods(direct, policy);
        return new Options(patchable, policy, direct, sites, in, exclude, report, classdump, policyFile, watch);
    }

    /// Options that select only entries.
    public static Options ofPatchable(List<KeyPattern> patchable) {
        return new Options(patchable, List.of(), List.of(), List.of(), List.of(), List.of(), null, null, null, false);
    }

    /// Whether methods of a class will get an entry.
    public boolean wantsEntriesOf(String binaryName) {
        return patchable.stream().anyMatch(pattern -> pattern.matchesOwner(binaryName))
                || policy.stream().anyMatch(each -> each.key().matchesOwner(binaryName));
    }

    /// Whether the options may select a field.
    public boolean mayNameFields() {
        return patchable.stream().anyMatch(KeyPattern::mayMeanField)
                || policy.stream().anyMatch(each -> each.key().mayMeanField());
    }

    private static void keys(OptionSyntax.Assignment option, List<KeyPattern> to) {
        for (String item : OptionSyntax.items(option)) {
            to.add(KeyPattern.parse(item));
        }
    }

    private static void classes(OptionSyntax.Assignment option, List<ClassPattern> to) {
        for (String item : OptionSyntax.items(option)) {
            to.add(ClassPattern.parse(item));
        }
    }

    private static void policies(OptionSyntax.Assignment option, List<Policy> to) {
        for (String item : OptionSyntax.items(option)) {
            Policy policy = Policy.parse(item);
            for (Policy other : to) {
                if (other.key().equals(policy.key()) && !other.target().equals(policy.target())) {
                    throw new PatchRefusal("key '" + policy.key() + "' has two targets, " + other.target() + " and "
                            + policy.target() + "; give it one");
                }
            }
            to.add(policy);
        }
    }

    /// Direct calls have methods as targets, and ask for no other target.
    private static void requireMethods(List<Policy> direct, List<Policy> policies) {
        for (Policy each : direct) {
            if (!(each.target() instanceof Target.Named)) {
                throw OptionSyntax.malformed(
                        "direct", "'" + each.target() + "' is no method; name a static method that does it");
            }
            for (Policy other : policies) {
                if (other.key().equals(each.key())) {
                    throw OptionSyntax.malformed(
                            "direct", "key '" + each.key() + "' is in 'policy', too; give it in one of them");
                }
            }
        }
    }

    private static boolean bool(OptionSyntax.Assignment option) {
        return switch (option.value()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new PatchRefusal("found '" + option.value() + "'; write true or false");
        };
    }

    private static Path path(OptionSyntax.Assignment option, @Nullable Path before) {
        if (before != null) {
            throw new PatchRefusal("it is given twice, as " + before + " and " + option.value() + "; give it once");
        }
        try {
            return Path.of(option.value()).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new PatchRefusal("'" + option.value() + "' is not a path: " + e.getReason(), e);
        }
    }
}
