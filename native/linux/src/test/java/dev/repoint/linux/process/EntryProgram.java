package dev.repoint.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Symbol;
import dev.repoint.fixtures.Run;
import dev.repoint.linux.ledger.KeyChange;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.patcher.ProcessPatch;
import dev.repoint.linux.patcher.ProcessPatcher;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.machine.choice.PatchChoice;
import dev.repoint.machine.entry.EntryModule;
import dev.repoint.machine.entry.EntryPatch;
import dev.repoint.machine.entry.EntryPlanner;
import dev.repoint.machine.entry.EntryVerdict;
import dev.repoint.machine.instruction.Step;
import dev.repoint.machine.site.NativeKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program whose functions are patched at their entry, and whose first thread can be stopped anywhere.
final class EntryProgram implements AutoCloseable {

    private final Path folder;
    private final Busy busy;
    private final OtherProcess process;
    private final EntryModule module;
    private final long bias;

    private EntryProgram(Path folder, Busy busy) throws Exception {
        this.folder = folder;
        this.busy = busy;
        this.process = OtherProcess.open(busy.pid());
        ElfFile file = ElfFile.read(busy.file());
        this.module = EntryModule.of(file);
        this.bias = Mappings.of(busy.pid()).all().stream()
                .filter(each -> each.path().equals(busy.file().toString()))
                .mapToLong(Mapping::start)
                .min()
                .orElseThrow();
    }

    /// Starts one of the programs that lie beside these tests.
    static EntryProgram start(Path folder, String name, String... flags) throws Exception {
        Busy.copy(folder, "step.c");
        if (!Files.exists(folder.resolve("step"))) {
            Run.succeeding(folder, List.of("gcc", "-O2", "-o", "step", "step.c"));
        }
        return new EntryProgram(folder, Busy.start(folder, name, flags));
    }

    long pid() {
        return busy.pid();
    }

    OtherProcess process() {
        return process;
    }

    /// Where a function is in the file.
    long address(String name) {
        return symbol(name).value().value();
    }

    private Symbol symbol(String name) {
        return module.file().symbols().named(name).getFirst();
    }

    EntryPatch patch(String name) throws IOException {
        return switch (new EntryPlanner(module).judge(address(name))) {
            case EntryVerdict.Accepted accepted -> accepted.patch();
            case EntryVerdict.Refused refused -> throw new IOException(refused.text());
        };
    }

    /// The instructions that a jump at an entry overwrites, but the first one.
    List<Long> overwritten(String name) throws IOException {
        EntryPatch patch = patch(name);
        List<Long> places = new ArrayList<>();
        for (Step step : patch.moved()) {
            if (step.address() > patch.place() && step.address() < patch.place() + patch.old().length) {
                places.add(step.address());
            }
        }
        return places;
    }

    /// Stops the first thread before an instruction, on its way from the entry of a function.
    void stop(String function, long place) throws IOException {
        Run.succeeding(
                folder,
                List.of(
                        "./step",
                        Long.toString(pid()),
                        Long.toHexString(bias + address(function)),
                        Long.toHexString(bias + place)));
    }

    /// Lets it run on.
    void goOn() throws IOException {
        Run.succeeding(folder, List.of("sh", "-c", "kill -CONT " + pid()));
    }

    ProcessResult set(String... changes) {
        List<ProcessChange> all = new ArrayList<>();
        for (String each : changes) {
            all.add(ProcessChange.parse(each));
        }
        return process.set(all, SetOptions.DEFAULT.withChoice(PatchChoice.ENTRY.withAllNames()));
    }

    /// Sets a function as [OtherProcess] does it, but for what is left out.
    ///
    /// @param hasMoves  whether threads are sent to the copy
    /// @param isUnwound whether the copy gets an unwind entry
    void setWithout(String function, String target, boolean hasMoves, boolean isUnwound) throws Exception {
        try (ProcessPatcher patcher = ProcessPatcher.open(pid());
                RemoteMemory memory = RemoteMemory.open(pid())) {
            ProcessModules modules = new ProcessModules(pid(), memory);
            ProcessKeyResolver keys = new ProcessKeyResolver(modules);
            ProcessEntries entries = new ProcessEntries(modules, keys);
            ProcessKeyResolver.Found found =
                    entries.found(entries.place(NativeKey.parse(function)), PatchChoice.ENTRY.withAllNames(), null);
            ProcessChange change = ProcessChange.parse(function + "=" + target);
            KeyChange planned = new EntryPlan(patcher, modules, Map.of())
                    .change(found, new ProcessTargetResolver(modules, keys).of(change.target(), found, null), "");
            if (isUnwound) {
                assertThat(patcher.registerCopies()).isEmpty();
            }
            patcher.apply(new ProcessPatch(List.of(
                    hasMoves
                            ? planned
                            : new KeyChange(
                                    planned.key(),
                                    planned.target(),
                                    planned.value(),
                                    "",
                                    planned.sites(),
                                    planned.words()))));
        }
    }

    /// Whether it has not ended.
    boolean isAlive() {
        return ProcessHandle.of(pid()).map(ProcessHandle::isAlive).orElse(false);
    }

    /// Waits until it has ended by itself.
    void awaitEnd() {
        ProcessHandle.of(pid())
                .ifPresent(each -> each.onExit().orTimeout(60, TimeUnit.SECONDS).join());
    }

    ProcessResult reset(String key) {
        return process.reset(List.of(NativeKey.parse(key)));
    }

    /// Has it end.
    ///
    /// @return what it printed
    String end() throws Exception {
        return busy.end();
    }

    @Override
    public void close() {
        process.close();
        busy.close();
    }
}
