package dev.repoint.internal.policy;

import dev.repoint.KeyPattern;
import dev.repoint.SyntaxException;
import dev.repoint.Target;
import dev.repoint.internal.report.Excerpt;
import dev.repoint.internal.report.WrongSyntax;
import java.util.ArrayList;
import java.util.List;

/// A line of `META-INF/repoint/offers`: what an [dev.repoint.Offer] annotation says, with the method or field
/// that carries it.
///
/// Written as fields that are separated by tabs: the key, the target, and then for each condition `name=value`.
/// Lines that are empty or begin with `#` mean nothing, so that the files of several jars can be put one after
/// another.
///
/// Immutable. It holds text alone, and no class.
///
/// @param key the patchable
/// @param target the method or field that is offered
/// @param priority the higher the better
/// @param cpu features that the processor must have
/// @param os operating systems, one of which it must be; empty for any
/// @param arch architectures, one of which it must be; empty for any
/// @param jdk versions of the JDK; empty for any
/// @param property system properties that must be set
/// @param when binary name of a condition's class; empty for none
/// @param unknown conditions of a later version: they cannot be held to hold
public record IndexedOffer(
        KeyPattern key,
        String target,
        int priority,
        List<String> cpu,
        List<String> os,
        List<String> arch,
        String jdk,
        List<String> property,
        String when,
        List<String> unknown) {

    /// The priority of what was decided for a jar when it was patched: no offer is better. It may also be
    /// `nothing` or a constant.
    public static final int DECIDED = Integer.MAX_VALUE;

    /// Where a jar has its offers.
    public static final String ENTRY = "META-INF/repoint/offers";

    /// Checks the form, and copies the lists.
    ///
    /// @throws SyntaxException if the key has a wildcard, the target names no method, the versions are none, or
    ///     some text has control characters
    public IndexedOffer {
        if (!key.isExact()) {
            throw new WrongSyntax("the key '" + key + "' of an offer has a wildcard; name one method or field");
        }
        Target.Written written = Target.parse(target);
        boolean isValue = written instanceof Target.Nothing || written instanceof Target.Constant;
        if (!(written instanceof Target.Named || isValue && priority == DECIDED)) {
            throw new WrongSyntax("the offer '" + Excerpt.of(target) + "' names no method");
        }
        Machine.checkJdk(jdk);
        cpu = List.copyOf(cpu);
        os = List.copyOf(os);
        arch = List.copyOf(arch);
        property = List.copyOf(property);
        unknown = List.copyOf(unknown);
        String all = key + target + cpu + os + arch + jdk + property + when + unknown;
        if (all.codePoints().anyMatch(IndexedOffer::cannotBeWritten)) {
            throw new WrongSyntax("the offer of " + Excerpt.of(target)
                    + " has a control character, or half of a surrogate pair, in one of its values");
        }
    }

    private static boolean cannotBeWritten(int c) {
        return Character.isISOControl(c) || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    /// What is decided for a jar: a line like an offer that nothing is better than.
    ///
    /// @throws SyntaxException if the key has a wildcard, or the target is the default
    public static IndexedOffer decided(KeyPattern key, Target.Written target) {
        return new IndexedOffer(
                key, target.toString(), DECIDED, List.of(), List.of(), List.of(), "", List.of(), "", List.of());
    }

    /// Whether a line of the file is one of these.
    public static boolean isOffer(String line) {
        return !line.isBlank() && line.charAt(0) != '#';
    }

    /// Reads a line.
    ///
    /// @throws SyntaxException if it has not that form
    public static IndexedOffer parse(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length < 2) {
            throw new WrongSyntax("'" + Excerpt.of(line) + "' is no offer: it has no target");
        }
        int priority = 0;
        List<String> cpu = new ArrayList<>();
        List<String> os = new ArrayList<>();
        List<String> arch = new ArrayList<>();
        String jdk = "";
        List<String> property = new ArrayList<>();
        String when = "";
        List<String> unknown = new ArrayList<>();
        for (String field : List.of(fields).subList(2, fields.length)) {
            int equals = field.indexOf('=');
            String value = field.substring(equals + 1);
            switch (equals < 0 ? "" : field.substring(0, equals)) {
                case "priority" -> priority = number(line, value);
                case "cpu" -> cpu.add(value);
                case "os" -> os.add(value);
                case "arch" -> arch.add(value);
                case "jdk" -> jdk = value;
                case "property" -> property.add(value);
                case "when" -> when = value;
                default -> unknown.add(field);
            }
        }
        return new IndexedOffer(
                KeyPattern.parse(fields[0]), fields[1], priority, cpu, os, arch, jdk, property, when, unknown);
    }

    /// The offer as a line, which [#parse] reads.
    public String line() {
        StringBuilder line = new StringBuilder().append(key).append('\t').append(target);
        line.append("\tpriority=").append(priority);
        cpu.forEach(each -> line.append("\tcpu=").append(each));
        os.forEach(each -> line.append("\tos=").append(each));
        arch.forEach(each -> line.append("\tarch=").append(each));
        if (!jdk.isEmpty()) {
            line.append("\tjdk=").append(jdk);
        }
        property.forEach(each -> line.append("\tproperty=").append(each));
        if (!when.isEmpty()) {
            line.append("\twhen=").append(when);
        }
        unknown.forEach(each -> line.append('\t').append(each));
        return line.toString();
    }

    /// Why a machine will not do.
    ///
    /// @return empty if it will; the condition of one's own has not been asked
    String unmet(Machine machine) {
        String[] reasons = {
            unknown.isEmpty() ? "" : "has conditions of a later version: " + String.join(", ", unknown),
            machine.lacksOs(os),
            machine.lacksArch(arch),
            machine.lacksJdk(jdk),
            machine.lacksCpu(cpu),
            Machine.lacksProperties(property)
        };
        for (String reason : reasons) {
            if (!reason.isEmpty()) {
                return reason;
            }
        }
        return "";
    }

    private static int number(String line, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new WrongSyntax("'" + Excerpt.of(line) + "': '" + Excerpt.of(value) + "' is no priority", e);
        }
    }
}
