package dev.repoint.linux.process;

import dev.repoint.elf.BuildId;
import dev.repoint.elf.Dynamic;
import dev.repoint.elf.ElfFile;
import dev.repoint.linux.module.MappedModule;
import dev.repoint.linux.ptrace.RemoteMemory;
import java.nio.file.Path;

/// A program or library that another process has loaded. What is mapped there was compared with the file.
final class ProcessModule extends MappedModule {

    private final RemoteMemory memory;

    ProcessModule(Path path, Path source, ElfFile file, long bias, RemoteMemory memory) {
        super(path, source, file, bias);
        this.memory = memory;
    }

    @Override
    public long word(long address) {
        return memory.word(address);
    }

    @Override
    public boolean changesSlots() {
        return file().dynamic().map(Dynamic::isBoundNow).orElse(false);
    }

    /// The build as the ledger knows it; empty if it has none.
    String build() {
        return file().buildId().map(BuildId::hex).orElse("");
    }

    /// Where code lies that all of its code can reach: the lowest address and the highest one.
    long[] reach() {
        long[] code = codeRange();
        return new long[] {Math.max(code[1] + Integer.MIN_VALUE, 0), code[0] + Integer.MAX_VALUE};
    }
}
