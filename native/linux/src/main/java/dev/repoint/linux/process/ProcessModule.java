package dev.repoint.linux.process;

import dev.repoint.elf.BuildId;
import dev.repoint.elf.Dynamic;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.function.DebugFiles;
import dev.repoint.elf.function.FunctionTable;
import dev.repoint.linux.ledger.LedgerKey;
import dev.repoint.linux.memory.FileSource;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.module.MappedModule;
import dev.repoint.linux.platform.Processors;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.machine.entry.EntryModule;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A program or library that another process has loaded. What is mapped there was compared with the file.
final class ProcessModule extends MappedModule {

    private final RemoteMemory memory;
    private final Mapping first;
    private final boolean isMoved;
    private String ownName;
    private String label;
    private @Nullable EntryModule entries;
    private @Nullable String build;
    private @Nullable FunctionTable functions;

    /// @param first   the mapping that it begins with
    /// @param isMoved whether its code was copied to memory that no file is behind
    ProcessModule(Mapping first, Path source, ElfFile file, long bias, RemoteMemory memory, boolean isMoved) {
        super(Path.of(FileSource.withoutMark(first.path())), source, file, bias);
        this.memory = memory;
        this.first = first;
        this.isMoved = isMoved;
        this.ownName = super.name();
        this.label = ownName;
    }

    /// How keys name it: the name that it has for the loader, or was started by, and a number if others have
    /// that too, as in `libz.so.1#2`.
    @Override
    public String name() {
        return label;
    }

    /// The name that its file has for the loader.
    String builtName() {
        return super.name();
    }

    /// The name without a number.
    String ownName() {
        return ownName;
    }

    /// Says by which name it was started.
    void startedAs(String name) {
        ownName = name;
        label = name;
    }

    /// Says which one it is of those that have its name.
    ///
    /// @param number from 1 on
    void number(int number) {
        label = number == 1 ? ownName : ownName + "#" + number;
    }

    /// Whether people call it so, without a number: by its name, or by that or the path of its file.
    boolean isCalled(String name) {
        return ownName.equals(name)
                || super.name().equals(name)
                || path().toString().equals(name)
                || String.valueOf(path().getFileName()).equals(name);
    }

    /// The address of its first byte: at a time, that of one module only.
    long base() {
        return first.start();
    }

    /// Whether its code was copied to memory that no file is behind, as programs do that want large pages.
    boolean isMoved() {
        return isMoved;
    }

    /// The key of one of its patchables in the ledger.
    LedgerKey key(String key) {
        return new LedgerKey(path().toString(), build(), key, base());
    }

    @Override
    public long word(long address) {
        return memory.word(address);
    }

    /// Bytes of its code or data, as they are now.
    byte[] bytes(long address, int length) {
        return memory.read(address, length);
    }

    @Override
    public boolean changesSlots() {
        return file().dynamic().map(Dynamic::isBoundNow).orElse(false);
    }

    /// Its file, as plans of entries need it.
    ///
    /// @throws ElfException if its unwind entries are malformed
    EntryModule entries() throws ElfException {
        EntryModule known = entries;
        if (known == null) {
            known = EntryModule.of(file(), functions().moreSymbols());
            entries = known;
        }
        return known;
    }

    /// The functions of the file, with the names that its debug file has.
    FunctionTable functions() {
        FunctionTable known = functions;
        if (known == null) {
            known = FunctionTable.of(file(), DebugFiles.usual());
            functions = known;
        }
        return known;
    }

    /// The build as the ledger knows it; empty if it has none.
    private String build() {
        String known = build;
        if (known == null) {
            known = file().buildId().map(BuildId::hex).orElse("");
            build = known;
        }
        return known;
    }

    /// Where code lies that all of its code can reach: the lowest address and the highest one.
    long[] reach() {
        long[] code = codeRange();
        long reach = Processors.remote().reach();
        return new long[] {Math.max(code[1] - reach, 0), code[0] + reach};
    }
}
