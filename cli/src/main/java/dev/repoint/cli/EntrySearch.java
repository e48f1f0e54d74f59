package dev.repoint.cli;

import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.report.EntriesResult;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.function.DebugFiles;
import dev.repoint.elf.function.FunctionName;
import dev.repoint.elf.function.FunctionTable;
import dev.repoint.elf.function.NativeFunction;
import dev.repoint.machine.diversion.Diversion;
import dev.repoint.machine.diversion.DivertedFile;
import dev.repoint.machine.entry.EntryModule;
import dev.repoint.machine.entry.EntryPlanner;
import dev.repoint.machine.function.FunctionResolver;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.SymbolPattern;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Looks through the functions of a file, and judges their entries.
///
/// @param patterns of keys; all functions if there are none
/// @param debugFiles where names are looked for
/// @param notices  takes what is not a result
record EntrySearch(List<SymbolPattern> patterns, DebugFiles debugFiles, Consumer<String> notices) {

    /// The functions of a file.
    ///
    /// @throws ElfException   if it cannot be read, or is not linked
    /// @throws CommandFailure if a pattern matches none
    EntriesResult in(Path file) throws ElfException {
        DivertedFile diverted = DivertedFile.of(ElfFile.read(file));
        ElfFile original = diverted.original();
        FunctionTable functions = FunctionTable.of(original, debugFiles);
        functions.refusals().forEach(notices);
        EntryPlanner planner = new EntryPlanner(EntryModule.of(original, functions.moreSymbols()));
        FunctionResolver resolver = FunctionResolver.of(original, functions);
        Map<Long, String> targets = new HashMap<>();
        for (Diversion each : diverted.diversions()) {
            targets.put(each.entry(), each.target());
        }
        List<EntriesResult.Row> rows = new ArrayList<>();
        boolean[] matched = new boolean[patterns.size()];
        for (NativeFunction each : functions.all()) {
            NativeKey key = resolver.keyOf(each);
            if (patterns.isEmpty() || matches(each, resolver.text(key), matched)) {
                rows.add(new EntriesResult.Row(
                        resolver.text(key),
                        each.size(),
                        each.origin().text(),
                        targets.getOrDefault(each.address().value(), "default"),
                        planner.judge(each.address().value())));
            }
        }
        for (int i = 0; i < matched.length; i++) {
            if (!matched[i]) {
                throw new CommandFailure("key '" + patterns.get(i) + "' matches no function of " + file
                        + "; repoint sites " + file + " --entries lists all");
            }
        }
        return new EntriesResult(file, original.machine(), rows);
    }

    private boolean matches(NativeFunction function, String key, boolean[] matched) {
        boolean any = false;
        for (int i = 0; i < matched.length; i++) {
            SymbolPattern pattern = patterns.get(i);
            boolean fits = key.equals(pattern.text());
            for (FunctionName name : function.names()) {
                fits |= pattern.matches(new NativeKey(name.symbol(), name.version(), "", 0));
            }
            matched[i] |= fits;
            any |= fits;
        }
        return any;
    }
}
