package dev.repoint.linux.memory;

import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.call.Memory;
import dev.repoint.linux.processor.LiveCode;
import java.util.ArrayList;
import java.util.List;

/// Mappings that may be stored to for a while. Each is opened as a whole: the kernel never joins again what a
/// change of a part has split. For many sites.
final class MprotectAccess implements CodeAccess {

    private final MappingSearch search;
    private final List<Mapping> opened = new ArrayList<>();
    private final LiveCode live;
    private Mapping last = new Mapping(0, 0, 0, 0, 0, "");

    MprotectAccess(MappingSearch search, LiveCode live) {
        this.search = search;
        this.live = live;
    }

    /// Makes bytes writable.
    ///
    /// @throws CallFailedException if they are not mapped, or the system forbids it
    void open(long address, long length) {
        if (last.contains(address, length)) {
            return;
        }
        Mapping mapping = search.containing(address, length);
        if (mapping == null || !mapping.isReadable()) {
            throw new CallFailedException("0x" + Long.toHexString(address), 0, "nothing is mapped there");
        }
        if (!mapping.isWritable()) {
            mapping = kept(mapping);
            Memory.protect(mapping.start(), mapping.end() - mapping.start(), mapping.protection() | Memory.WRITE);
            opened.add(mapping);
        }
        last = mapping;
    }

    /// With what is protected besides.
    private Mapping kept(Mapping found) {
        int kept = found.isExecutable() ? live.keptProtection(found.start()) : 0;
        return new Mapping(found.start(), found.end(), found.protection() | kept, 0, 0, "");
    }

    @Override
    public long read(long address, int length) {
        return Memory.bytesAsWord(address, length);
    }

    @Override
    public void write(long address, long bytes, int length) {
        if (length == Integer.BYTES && (address & Integer.BYTES - 1) == 0) {
            Memory.int32(address, (int) bytes);
        } else {
            Memory.wordAsBytes(address, bytes, length);
        }
    }

    @Override
    public void close() {
        CallFailedException failed = null;
        for (Mapping mapping : opened) {
            try {
                Memory.protect(mapping.start(), mapping.end() - mapping.start(), mapping.protection());
            } catch (CallFailedException e) {
                failed = e;
            }
        }
        opened.clear();
        if (failed != null) {
            throw failed;
        }
    }
}
