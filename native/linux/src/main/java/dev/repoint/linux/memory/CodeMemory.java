package dev.repoint.linux.memory;

import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.call.Memory;
import dev.repoint.linux.call.ProcessMemory;
import dev.repoint.linux.processor.LiveCode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Opens code and words for writing, in the way that is cheaper for their number and that the system allows.
/// Used by one thread at a time.
///
/// | | per patch | per site |
/// | --- | --- | --- |
/// | `/proc/self/mem` | nothing | 3 writes of about 1 us |
/// | `mprotect` | each mapping is protected twice | a few stores |
public final class CodeMemory {

    /// Up to so many sites go through `/proc/self/mem`. Where no thread is busy it is the dearer way from 3 on,
    /// where some are, from 20 on: each change of a protection interrupts them.
    private static final int FEW = 8;

    /// Words of code that are synchronised together.
    private static final int LINE = 16;

    private final MappingSearch search = new MappingSearch();
    private final LiveCode live;
    private @Nullable ProcMemAccess file;
    private boolean isFileForbidden;

    /// @param live says how code is written
    public CodeMemory(LiveCode live) {
        this.live = live;
    }

    /// Opens code.
    ///
    /// @param addresses sorted
    /// @param lengths   of each, in bytes
    /// @param count     how many of them there are
    /// @throws CallFailedException if not all of it is mapped, or the system allows no way
    public CodeAccess code(long[] addresses, byte[] lengths, int count) {
        ProcMemAccess few = count <= FEW ? file() : null;
        if (few != null) {
            return few;
        }
        MprotectAccess many = new MprotectAccess(search, live);
        try {
            for (int i = 0; i < count; i++) {
                many.open(addresses[i], lengths[i]);
            }
            return many;
        } catch (CallFailedException e) {
            many.close();
            ProcMemAccess instead = file();
            if (instead == null) {
                throw e;
            }
            return instead;
        }
    }

    /// Opens words for stores; they are readable then.
    ///
    /// @param addresses of words of 8 bytes
    /// @return what has to be closed
    /// @throws CallFailedException if not all of them are mapped, or the system forbids it
    public Words words(long[] addresses) {
        if (addresses.length == 0) {
            return () -> {};
        }
        MprotectAccess words = new MprotectAccess(search, live);
        try {
            for (long address : addresses) {
                words.open(address, Long.BYTES);
            }
        } catch (CallFailedException e) {
            words.close();
            throw e;
        }
        return words::close;
    }

    /// Words that are open for stores.
    @FunctionalInterface
    public interface Words extends AutoCloseable {
        /// Restores the protections.
        @Override
        void close();
    }

    /// Writes bytes that no thread runs yet, to memory of ours that may be run.
    ///
    /// @throws CallFailedException if the system allows no way
    public void fill(long address, byte[] bytes) {
        ProcMemAccess file = file();
        if (file != null) {
            for (int i = 0; i < bytes.length; i++) {
                file.write(address + i, bytes[i], 1);
            }
        } else {
            long first = address & -Memory.PAGE;
            long length = (address + bytes.length - first + Memory.PAGE - 1) & -Memory.PAGE;
            Memory.protect(first, length, Memory.READ | Memory.WRITE | Memory.EXECUTE);
            Memory.bytes(address, bytes);
            Memory.protect(first, length, Memory.READ | Memory.EXECUTE);
        }
        synchronise(address, bytes.length);
    }

    /// Makes processors see code that was stored ([LiveCode#synchronise]).
    public void synchronise(long address, int length) {
        long first = address & -LINE;
        long[] lines = new long[(int) (address + length - first + LINE - 1) / LINE];
        Arrays.setAll(lines, i -> first + (long) LINE * i);
        live.synchronise(lines, lines.length);
    }

    private @Nullable ProcMemAccess file() {
        if (file == null && !isFileForbidden && live.isWrittenByKernel()) {
            try {
                ProcMemAccess opened = new ProcMemAccess(ProcessMemory.open());
                tryOut(opened);
                file = opened;
            } catch (CallFailedException e) {
                isFileForbidden = true;
            }
        }
        return file;
    }

    /// A kernel may be configured to respect protections here too (`proc_mem.force_override`).
    private static void tryOut(ProcMemAccess file) {
        long page = Memory.map(Memory.PAGE, Memory.READ | Memory.EXECUTE);
        try {
            file.write(page, 0, 1);
        } finally {
            Memory.unmap(page, Memory.PAGE);
        }
    }
}
