package dev.repoint.linux.process;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.function.FunctionName;
import dev.repoint.elf.function.FunctionTable;
import dev.repoint.elf.function.NativeFunction;
import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.ledger.EntryKey;
import dev.repoint.linux.ledger.LedgerEntry;
import dev.repoint.linux.ledger.LedgerKey;
import dev.repoint.linux.refusal.ProcessRefusal;
import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.choice.PatchChoice;
import dev.repoint.machine.entry.EntryPlanner;
import dev.repoint.machine.entry.EntryVerdict;
import dev.repoint.machine.function.FunctionResolver;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Safety;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds functions of another process that are patched at their entry.
///
/// | written | means |
/// | --- | --- |
/// | `crc32`, `shop::tax` | the function of the program; if it has none, the one that its loader finds; else the one of the only module that has one |
/// | `libz.so.1:crc32` | that of a module |
/// | `nginx+0x1234`, `nginx:+0x1234` | the function at that address of the file of a module, with or without a name |
final class ProcessEntries {

    private final ProcessModules modules;
    private final ProcessKeyResolver keys;
    private final Map<ProcessModule, Functions> known = new HashMap<>();

    /// The functions of a module by name.
    ///
    /// @param judged what is known of entries, by their addresses
    private record Functions(FunctionTable table, FunctionResolver resolver, Map<Long, EntryVerdict> judged) {}

    /// A function of a module.
    ///
    /// @param name by which it was asked for, if that is one of its names; else its first one
    record Place(ProcessModule module, NativeFunction function, String name) {

        static Place of(ProcessModule module, NativeFunction function, String asked) {
            List<String> names =
                    function.names().stream().map(FunctionName::symbol).toList();
            String first = names.isEmpty() ? "+" + function.address() : names.getFirst();
            return new Place(module, function, names.contains(asked) ? asked : first);
        }

        /// What identifies it in the ledger, if it is patched at its entry.
        LedgerKey ledgerKey() {
            return module.key(new EntryKey(function.address().value(), name).text());
        }

        /// As messages have it.
        String text() {
            return module.name() + (name.startsWith("+") ? "" : ":") + name;
        }
    }

    ProcessEntries(ProcessModules modules, ProcessKeyResolver keys) {
        this.modules = modules;
        this.keys = keys;
    }

    /// The function of a key, whether its entry can be patched or not.
    ///
    /// @throws NativePatchException if there is none, or more than one
    Place place(NativeKey written) {
        String text = written.text();
        if (text.indexOf('*') >= 0 && !text.contains("operator")) {
            throw ProcessRefusal.of(text, "keys of native code are written without wildcards here");
        }
        Optional<Place> byAddress = byAddress(written);
        if (byAddress.isPresent()) {
            return byAddress.get();
        }
        ProcessKeyResolver.Named named = keys.named(text);
        NativeKey key;
        try {
            key = NativeKey.parse(named.rest());
        } catch (IllegalArgumentException e) {
            throw ProcessRefusal.because(text, "", e);
        }
        if (named.module().isPresent()) {
            ProcessModule module = named.module().get();
            return in(text, module, key)
                    .orElseThrow(() -> ProcessRefusal.of(
                            text,
                            module.name() + ": " + functions(module).resolver.missing(key)));
        }
        return anywhere(text, key);
    }

    /// `module+0x1234`.
    private Optional<Place> byAddress(NativeKey written) {
        String symbol = written.symbol();
        long offset = written.offset();
        if (offset == 0 && symbol.startsWith("+0x")) {
            offset = Long.parseUnsignedLong(symbol.substring(3), 16);
            symbol = written.file();
        }
        String name = symbol.endsWith(":") ? symbol.substring(0, symbol.length() - 1) : symbol;
        Optional<ProcessModule> module = name.isEmpty() ? Optional.of(modules.program()) : modules.find(name);
        if (offset == 0 || module.isEmpty()) {
            return Optional.empty();
        }
        ProcessModule of = module.get();
        Address address = new Address(offset);
        return Optional.of(functions(of)
                .table
                .at(address)
                .map(function -> Place.of(of, function, ""))
                .orElseThrow(() -> ProcessRefusal.of(
                        of.name() + "+" + address,
                        "no function is known to start there"
                                + functions(of)
                                        .table
                                        .containing(address)
                                        .map(each -> "; " + each.text(of.name()) + " contains it")
                                        .orElse(""))));
    }

    private Place anywhere(String text, NativeKey key) {
        Optional<Place> own = in(text, modules.program(), key);
        if (own.isPresent()) {
            return own.get();
        }
        Namespaces.Exported exported = modules.namespaces().find(modules.program(), key.symbol(), key.version());
        Optional<Place> bound = exported == null
                ? Optional.empty()
                : functions(exported.module())
                        .table
                        .at(exported.symbol().value())
                        .map(function -> Place.of(exported.module(), function, key.symbol()));
        if (bound.isPresent()) {
            return bound.get();
        }
        List<Place> found = new ArrayList<>();
        for (ProcessModule module : modules.all().subList(1, modules.all().size())) {
            in(text, module, key).ifPresent(found::add);
        }
        if (found.isEmpty()) {
            throw ProcessRefusal.of(
                    text,
                    "there is no such function in " + modules.program().name() + " or its libraries; 'repoint sites "
                            + modules.pid() + "' lists what can be named");
        }
        if (found.size() > 1) {
            throw ProcessRefusal.of(
                    text,
                    "there are several of that name; write "
                            + String.join(
                                    " or ",
                                    found.stream()
                                            .map(each -> each.module.name() + ":" + key.text())
                                            .toList()));
        }
        return found.getFirst();
    }

    private Optional<Place> in(String text, ProcessModule module, NativeKey key) {
        List<NativeFunction> found = functions(module).resolver.of(key);
        if (found.size() > 1) {
            throw ProcessRefusal.of(text, functions(module).resolver.several(found));
        }
        return found.stream().findFirst().map(function -> Place.of(module, function, key.symbol()));
    }

    /// What is known of a function's entry.
    EntryVerdict verdict(Place place) {
        Map<Long, EntryVerdict> judged = functions(place.module).judged;
        long address = place.function.address().value();
        EntryVerdict verdict = judged.get(address);
        if (verdict == null) {
            verdict = judge(place);
            judged.put(address, verdict);
        }
        return verdict;
    }

    private EntryVerdict judge(Place place) {
        try {
            EntryVerdict verdict = new EntryPlanner(place.module.entries())
                    .judge(place.function.address().value());
            return verdict instanceof EntryVerdict.Refused refused && refused.isIndirect()
                    ? chosen(place, refused)
                    : verdict;
        } catch (ElfException e) {
            throw ProcessRefusal.because(place.text(), "", e);
        }
    }

    /// The verdict on an indirect function names the one that it has chosen.
    private EntryVerdict chosen(Place place, EntryVerdict.Refused refused) {
        ProcessModule module = place.module;
        long address = modules.chosen(module, module.at(place.function.address()), refused.names());
        if (address == 0) {
            return refused;
        }
        Address chosen = new Address(address - module.bias());
        return refused.withChosen(functions(module)
                .table
                .at(chosen)
                .map(function -> Place.of(module, function, "").text())
                .orElse(module.name() + "+" + chosen));
    }

    /// A function whose entry is patched.
    ///
    /// @param set by what it is redirected now; null if it has its default
    /// @throws NativePatchException if that is refused
    ProcessKeyResolver.Found found(Place place, PatchChoice choice, @Nullable Mechanism set) {
        EntryVerdict verdict = verdict(place);
        Optional<String> refusal = choice.refusal(verdict, set, "--all-names");
        if (verdict instanceof EntryVerdict.Accepted accepted && refusal.isEmpty()) {
            return found(place, accepted);
        }
        throw ProcessRefusal.of(place.text(), refusal.orElseThrow());
    }

    private static ProcessKeyResolver.Found found(Place place, EntryVerdict.Accepted verdict) {
        Patchable function = new Patchable(
                NativeKey.of(place.name),
                PatchableKind.FUNCTION,
                place.function.address(),
                place.function.size(),
                Safety.PLAIN,
                "every caller reaches its entry",
                List.of(),
                List.of());
        try {
            return new ProcessKeyResolver.Found(
                    place.module, function, new ProcessEntry(place.module.entries(), verdict));
        } catch (ElfException e) {
            throw ProcessRefusal.because(place.text(), "", e);
        }
    }

    /// The function of an entry of the ledger.
    ///
    /// @throws NativePatchException if it cannot be found any more
    ProcessKeyResolver.Found of(LedgerEntry entry, EntryKey key) {
        String text = entry.key().module() + ": " + key.name();
        ProcessModule module = modules.of(entry.key())
                .orElseThrow(() -> ProcessRefusal.of(
                        text,
                        "process " + modules.pid() + " does not have its module loaded any more, or the file has"
                                + " changed since: put the file back that was loaded"));
        Place place = functions(module)
                .table
                .at(new Address(key.address()))
                .map(function -> Place.of(module, function, key.name()))
                .orElseThrow(() -> ProcessRefusal.of(text, "is no function of its module any more"));
        return found(place, PatchChoice.ENTRY, Mechanism.ENTRY);
    }

    private Functions functions(ProcessModule module) {
        return known.computeIfAbsent(module, each -> {
            FunctionTable table = each.functions();
            return new Functions(table, FunctionResolver.of(each.file(), table), new HashMap<>());
        });
    }
}
