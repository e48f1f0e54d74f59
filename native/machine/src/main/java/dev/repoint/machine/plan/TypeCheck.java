package dev.repoint.machine.plan;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.SymbolType;
import dev.repoint.elf.dwarf.FunctionType;
import dev.repoint.elf.dwarf.FunctionTypes;
import dev.repoint.elf.function.DebugFiles;
import dev.repoint.machine.site.KeyResolver;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.type.DebugTypes;
import dev.repoint.machine.type.TypeMismatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Compares the types of functions with those of their targets, as far as the file or its debug file has
/// debug information.
public final class TypeCheck {

    private static final String FORCE = " (use --force to set it anyway)";

    private final ElfFile file;
    private final FunctionTypes types;

    private TypeCheck(ElfFile file, FunctionTypes types) {
        this.file = file;
        this.types = types;
    }

    /// Checks all changes of a plan.
    ///
    /// @param search where the debug file is looked for
    /// @return by key, what nothing is known of
    /// @throws PlanException if a target does not fit
    public static Map<String, String> of(ElfFile file, Plan plan, DebugFiles search) throws PlanException {
        Map<String, String> unknown = new LinkedHashMap<>();
        try {
            TypeCheck check = new TypeCheck(file, FunctionTypes.of(DebugTypes.source(file, search)));
            for (KeyPlan each : plan.keys()) {
                check.check(each, unknown);
            }
        } catch (ElfFormatException e) {
            unknown.put(file.name(), "debug information cannot be read, so types are not compared: " + e.getMessage());
        }
        return unknown;
    }

    private void check(KeyPlan plan, Map<String, String> unknown) throws PlanException, ElfFormatException {
        NativeKey key = NativeKey.parse(plan.key());
        boolean isFunction = key.offset() == 0
                && !plan.key().endsWith("+0")
                && file.symbols().named(key.symbol()).stream()
                        .noneMatch(each -> each.type() == SymbolType.OBJECT && each.isDefined());
        if (!isFunction || plan.target().equals("default")) {
            return;
        }
        ErrorContext context = ErrorContext.of(file.name(), plan.key());
        Optional<FunctionType> type = types.of(key.symbol(), key.file());
        switch (plan.target()) {
            case "nothing" -> refuse(TypeMismatch.never(types, key.symbol(), key.file(), "nothing"), context);
            case "zero" -> {
                refuse(TypeMismatch.zero(types, key.symbol(), key.file()), context);
                if (type.isEmpty()) {
                    unknown.put(plan.key(), "the type of its result is not known (zero is the integer 0)");
                }
            }
            default -> {
                NativeKey target = KeyResolver.of(file, null, NativeKey.parse(plan.target()))
                        .getFirst();
                Optional<FunctionType> other = types.of(target.symbol(), target.file());
                if (type.isEmpty() || other.isEmpty()) {
                    unknown.put(plan.key(), "it is not known whether " + plan.target() + " is of its type");
                } else if (!type.get().equals(other.get())) {
                    throw context.fails(
                            "is of type " + type.get() + " and the target " + plan.target() + " of type " + other.get()
                                    + "; calls would pass or return values that the other does not expect" + FORCE);
                }
            }
        }
    }

    private static void refuse(Optional<String> reason, ErrorContext context) throws PlanException {
        if (reason.isPresent()) {
            throw context.fails(reason.get() + FORCE);
        }
    }
}
