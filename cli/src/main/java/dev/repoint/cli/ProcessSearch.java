package dev.repoint.cli;

import dev.repoint.KeyPattern;
import dev.repoint.agent.control.PatchableStatus;
import dev.repoint.agent.control.RunningJvm;
import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.home.Home;
import dev.repoint.cli.report.JvmResult;
import dev.repoint.cli.report.NativeResult;
import dev.repoint.cli.report.SearchResult;
import dev.repoint.elf.Address;
import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessFile;
import dev.repoint.machine.mangling.NearNames;
import dev.repoint.machine.site.CurrentTarget;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.Rejection;
import dev.repoint.machine.site.Site;
import dev.repoint.machine.site.SiteTable;
import dev.repoint.machine.site.SymbolPattern;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Looks for patchables in a running process: of native code in the files that it has loaded, of Java by asking
/// its agent. Nothing is stopped.
final class ProcessSearch {

    private final long pid;
    private final Function<String, KeyPattern> keys;
    private final Consumer<String> notices;
    /// The targets of those that were set, by module and key.
    private final Map<String, String> set = new HashMap<>();

    /// @param keys reads the key of a method, and refuses what is none
    /// @param notices takes what is not a result
    ProcessSearch(long pid, Function<String, KeyPattern> keys, Consumer<String> notices) {
        this.pid = pid;
        this.keys = keys;
        this.notices = notices;
    }

    /// What a process has.
    ///
    /// @param wanted keys with wildcards, those of libraries as `libz.so.1:crc*`; none for all patchables of
    ///     Java, or all that the program itself has
    /// @throws CommandFailure if something that was asked for is not there
    List<SearchResult> find(List<String> wanted) {
        ProcessKind kind = ProcessKind.of(pid);
        ProcessKind.Split split = kind.split(wanted, false);
        List<SearchResult> found = new ArrayList<>();
        if (kind == ProcessKind.JVM && (wanted.isEmpty() || !split.java().isEmpty())) {
            found.add(java(split.java()));
        }
        if (kind == ProcessKind.NATIVE || !split.nativeCode().isEmpty()) {
            found.addAll(nativeCode(split.nativeCode()));
        }
        return found;
    }

    private JvmResult java(List<String> wanted) {
        List<KeyPattern> patterns = wanted.stream().map(keys).toList();
        List<PatchableStatus> all;
        try (RunningJvm jvm = RunningJvm.connect(pid, Home.find().agentJar(), notices)) {
            all = jvm.status();
        }
        List<PatchableStatus> shown = new ArrayList<>();
        for (PatchableStatus each : all) {
            if (patterns.isEmpty() || patterns.stream().anyMatch(pattern -> isMeant(pattern, each.key()))) {
                shown.add(each);
            }
        }
        if (shown.isEmpty()) {
            notices.accept(
                    "process " + pid + " has no such patchable of Java yet: repoint set makes one of any method");
        }
        return new JvmResult(Path.of("process " + pid), shown);
    }

    private static boolean isMeant(KeyPattern pattern, String text) {
        KeyPattern key = KeyPattern.parse(text);
        boolean isNamed = pattern.matchesOwner(key.owner())
                && (pattern.matchesMethodName(key.name()) || pattern.matchesFieldName(key.name()));
        return isNamed && pattern.mayHaveTypesOf(key);
    }

    private List<SearchResult> nativeCode(List<String> wanted) {
        try (OtherProcess process = OtherProcess.open(pid)) {
            process.unknown().forEach(notices);
            process.status().forEach(each -> set.put(each.text(), each.target()));
            List<ProcessFile> files = process.files();
            if (wanted.isEmpty()) {
                ProcessFile program = files.getFirst();
                if (files.size() > 1) {
                    notices.accept("shows " + program.name() + "; --patchable 'LIB:*' shows one of "
                            + String.join(
                                    ", ",
                                    files.subList(1, files.size()).stream()
                                            .map(ProcessFile::name)
                                            .toList()));
                }
                return List.of(collected(program, process.table(program), null));
            }
            List<SearchResult> found = new ArrayList<>();
            for (String each : wanted) {
                found.addAll(matching(process, files, each));
            }
            return found;
        }
    }

    private List<SearchResult> matching(OtherProcess process, List<ProcessFile> files, String wanted) {
        int colon = wanted.indexOf(':');
        colon = wanted.startsWith("::", Math.max(colon, 0)) ? -1 : colon; // part of a name
        String before = colon < 0 ? "" : wanted.substring(0, colon);
        List<ProcessFile> named = process.file(before).stream().toList();
        SymbolPattern pattern = SymbolPattern.parse(named.isEmpty() ? wanted : wanted.substring(colon + 1));
        List<SearchResult> found = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (ProcessFile each : named.isEmpty() ? files : named) {
            SiteTable table = process.table(each);
            NativeResult collected = collected(each, table, pattern);
            if (!collected.isEmpty()) {
                found.add(collected);
                if (named.isEmpty() && each.equals(files.getFirst())) {
                    break; // what the program has is meant; a library is named
                }
            }
            table.patchables().forEach(row -> names.add(row.key().symbol()));
        }
        if (found.isEmpty()) {
            boolean isModule = before.contains(".so");
            List<String> loaded = files.stream().map(ProcessFile::name).toList();
            String question = isModule && named.isEmpty()
                    ? NearNames.question(before, loaded)
                    : NearNames.question(pattern.text(), names);
            String otherwise = isModule && named.isEmpty()
                    ? ", which has loaded no " + before + " but " + String.join(", ", loaded)
                    : "; repoint sites " + pid + " lists all patchables";
            throw new CommandFailure("key '" + wanted + "' matches nothing in process " + pid
                    + (question.isEmpty() ? otherwise : question));
        }
        return found;
    }

    private NativeResult collected(ProcessFile file, SiteTable table, @Nullable SymbolPattern pattern) {
        if (pattern == null) {
            table.gaps().forEach(gap -> notices.accept(file.path() + ": " + gap));
        }
        List<Patchable> patchables = new ArrayList<>();
        List<Rejection> rejections = new ArrayList<>();
        for (Patchable each : table.patchables()) {
            if (pattern == null ? !each.sites().isEmpty() : pattern.matches(each.key())) {
                String target = set.get(file.name() + ":" + each.key().text());
                patchables.add(target == null ? each : leadingTo(target, each));
            }
        }
        for (Rejection each : table.rejections()) {
            if (pattern == null || pattern.matches(each.key())) {
                rejections.add(each);
            }
        }
        return new NativeResult(file.path(), table, patchables, rejections, pattern != null);
    }

    private static Patchable leadingTo(String target, Patchable patchable) {
        CurrentTarget current = switch (target) {
            case "default" -> new CurrentTarget.Default();
            case "nothing" -> new CurrentTarget.Nothing();
            case "zero" -> new CurrentTarget.Zero();
            default -> new CurrentTarget.Function(target, new Address(0));
        };
        List<Site> sites = new ArrayList<>();
        for (Site each : patchable.sites()) {
            sites.add(new Site(
                    each.kind(),
                    each.address(),
                    each.offset(),
                    each.length(),
                    each.section(),
                    each.in(),
                    each.line(),
                    each.leads(),
                    each.kind().isPatchable() ? current : each.currentTarget()));
        }
        return new Patchable(
                patchable.key(),
                patchable.kind(),
                patchable.address(),
                patchable.size(),
                patchable.safety(),
                patchable.reason(),
                patchable.aliases(),
                sites);
    }
}
