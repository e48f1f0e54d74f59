package dev.repoint.linux.process;

import dev.repoint.elf.ElfFile;
import dev.repoint.linux.ledger.KeyChange;
import dev.repoint.linux.ledger.LedgerKey;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.patcher.ProcessPatch;
import dev.repoint.linux.patcher.ProcessPatcher;
import dev.repoint.machine.Architectures;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.site.Collector;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.Site;
import dev.repoint.machine.site.SiteTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program that runs, and plans for the direct calls and words of its own functions.
final class Program {

    private static final long REACH = 1L << 30;

    private final long pid;
    private final Path path;
    private final SiteTable table;
    private final long bias;
    private final Architecture architecture;

    Program(long pid, Path path) throws Exception {
        this.pid = pid;
        this.path = path;
        ElfFile file = ElfFile.read(path);
        this.architecture = Architectures.of(file.machine());
        this.table = Collector.collect(file);
        this.bias = Mappings.of(pid).all().stream()
                .filter(each -> each.path().equals(path.toString()))
                .mapToLong(Mapping::start)
                .min()
                .orElseThrow(() -> new IOException(path + " is not mapped"));
    }

    long pid() {
        return pid;
    }

    /// Where a function or variable is in memory.
    long address(String name) {
        return bias + row(name).address().value();
    }

    private Patchable row(String name) {
        return table.patchables().stream()
                .filter(each -> each.key().text().equals(name))
                .findFirst()
                .orElseThrow();
    }

    LedgerKey key(String name) {
        return new LedgerKey(path.toString(), "", name, bias);
    }

    /// All direct calls of a function lead to another one; to the default if both are the same.
    KeyChange change(ProcessPatcher patcher, String name, String target) throws Exception {
        return change(patcher, name, target, address(target));
    }

    /// All direct calls of a function lead through its entry to another one, and stay so: as after a patch that
    /// was cut short.
    KeyChange changeToEntry(ProcessPatcher patcher, String name, String target) throws Exception {
        KeyChange change = change(patcher, name, target);
        List<KeyChange.Site> sites = change.sites().stream()
                .map(each -> new KeyChange.Site(
                        each.address(), each.length(), each.original(), each.now(), each.via(), each.via()))
                .toList();
        return new KeyChange(change.key(), change.target(), change.value(), change.notes(), sites, change.words());
    }

    KeyChange change(ProcessPatcher patcher, String name, String target, long value) throws Exception {
        Patchable row = row(name);
        long byDefault = address(name);
        long entry = patcher.entry(key(name), byDefault, bias - REACH, bias + REACH);
        List<KeyChange.Site> sites = new ArrayList<>();
        List<KeyChange.Word> words = new ArrayList<>();
        for (Site each : row.sites()) {
            long at = bias + each.address().value();
            switch (each.kind()) {
                case CALL, JUMP, CONDITIONAL_JUMP -> {
                    byte[] now = patcher.memory().read(at, each.length());
                    Instruction original = new Instruction.Branch(
                            each.kind(), at, each.length(), bias + each.leads().value());
                    sites.add(new KeyChange.Site(
                            at,
                            each.length(),
                            packed(architecture.restore(original, now)),
                            packed(now),
                            packed(architecture.encode(original, now, new Outcome.To(entry), patcher.veneers())),
                            packed(architecture.encode(original, now, new Outcome.To(value), patcher.veneers()))));
                }
                case DATA_POINTER, GOT_SLOT ->
                    words.add(new KeyChange.Word(at, byDefault, patcher.memory().word(at), entry, value));
                case POINTER_CALL, POINTER_JUMP, ADDRESS, POINTER_LOAD -> {
                    // not planned by these tests
                }
            }
        }
        return new KeyChange(key(name), value == byDefault ? "default" : target, value, "", sites, words);
    }

    /// Sets pairs of a function and its target, as one patch.
    ProcessPatcher.Applied set(ProcessPatcher patcher, String... pairs) throws Exception {
        List<KeyChange> changes = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            changes.add(change(patcher, pairs[i], pairs[i + 1]));
        }
        return patcher.apply(new ProcessPatch(changes));
    }

    static long packed(byte[] bytes) {
        long value = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = value << Byte.SIZE | bytes[i] & 0xff;
        }
        return value;
    }
}
