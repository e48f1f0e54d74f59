package dev.repoint.linux.ptrace;

import dev.repoint.elf.Dynamic;
import dev.repoint.elf.Segment;
import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// The lists that the loader of another process keeps for debuggers (`struct r_debug` of `link.h`): what it has
/// loaded, in the order in which it looks for symbols. There is one list for each namespace of `dlmopen(3)`,
/// that of the program first. Immutable.
///
/// The process runs on while they are read. So links are checked in both directions, and a list that changes is
/// read again.
///
/// @param namespaces the lists; none if no loader keeps one: the program is linked statically, or has just been
///     started
public record LinkMaps(List<List<LinkMap>> namespaces) {

    /// No list is known.
    public static final LinkMaps NONE = new LinkMaps(List.of());

    /// `DT_DEBUG`: the address of a `struct r_debug`.
    private static final long DEBUG = 21;
    private static final int HEADER_SIZE = 56;
    private static final int HEADER_ADDRESS = 16;
    private static final int ENTRY_SIZE = 16;
    private static final int MOST_ENTRIES = 1000;
    /// The fields of `struct r_debug`.
    private static final int FIRST = 8;
    private static final int STATE = 24;
    private static final int NEXT_NAMESPACE = 40;
    /// `r_version` of a `struct r_debug_extended`, which has the field above.
    private static final int EXTENDED = 2;
    /// The fields of `struct link_map`.
    private static final int LINK_DYNAMIC = 16;
    private static final int LINK_NEXT = 24;
    private static final int LINK_BEFORE = 32;
    private static final int MOST_FILES = 100_000;
    private static final int MOST_NAMESPACES = 1000;
    private static final int TRIES = 100;
    private static final long PAUSE_NANOS = 1_000_000;

    /// Copies the lists.
    public LinkMaps {
        namespaces = namespaces.stream().map(List::copyOf).toList();
    }

    /// Where the loader of a process keeps its lists, as the program refers to it.
    ///
    /// @return 0 if it does not
    public static long find(AuxiliaryVector vector, RemoteMemory memory, Mappings mappings) {
        try {
            long headers = vector.value(AuxiliaryVector.PROGRAM_HEADERS);
            long count = vector.value(AuxiliaryVector.PROGRAM_HEADER_COUNT);
            long bias = headers == 0 ? 0 : bias(headers, count, memory, mappings);
            for (long i = 0; i < count; i++) {
                long header = headers + i * HEADER_SIZE;
                if ((int) memory.word(header) == Segment.PT_DYNAMIC) {
                    return inDynamic(bias + memory.word(header + HEADER_ADDRESS), memory);
                }
            }
        } catch (CallFailedException e) {
            // It has executed something else, or has ended.
        }
        return 0;
    }

    private static long bias(long headers, long count, RemoteMemory memory, Mappings mappings) {
        long first = 0;
        for (long i = count - 1; i >= 0; i--) {
            long header = headers + i * HEADER_SIZE;
            int type = (int) memory.word(header);
            if (type == Segment.PT_PHDR) {
                return headers - memory.word(header + HEADER_ADDRESS);
            }
            first = type == Segment.PT_LOAD ? memory.word(header + HEADER_ADDRESS) : first;
        }
        Mapping mapping = mappings.containing(headers, 1);
        return mapping == null ? 0 : mapping.start() - first;
    }

    private static long inDynamic(long dynamic, RemoteMemory memory) {
        for (int i = 0; i < MOST_ENTRIES; i++) {
            long tag = memory.word(dynamic + (long) i * ENTRY_SIZE);
            if (tag == DEBUG) {
                return memory.word(dynamic + (long) i * ENTRY_SIZE + Long.BYTES);
            }
            if (tag == Dynamic.DT_NULL) {
                return 0;
            }
        }
        return 0;
    }

    /// The lists.
    ///
    /// @param debug their address
    /// @return [#NONE] if there are none there, or they change all the time
    public static LinkMaps read(RemoteMemory memory, long debug) {
        for (int i = 0; debug != 0 && i < TRIES; i++) {
            try {
                List<List<LinkMap>> all = tryRead(memory, debug);
                if (!all.isEmpty()) {
                    return new LinkMaps(all);
                }
            } catch (CallFailedException e) {
                // A file was unloaded meanwhile.
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return NONE;
    }

    /// @return none if they have changed meanwhile
    private static List<List<LinkMap>> tryRead(RemoteMemory memory, long debug) {
        List<List<LinkMap>> all = new ArrayList<>();
        for (long each = debug; each != 0 && all.size() < MOST_NAMESPACES; ) {
            boolean isChanging = (int) memory.word(each + STATE) != 0;
            List<LinkMap> list = new ArrayList<>();
            long before = 0;
            for (long link = memory.word(each + FIRST); link != 0 && !isChanging; ) {
                isChanging = memory.word(link + LINK_BEFORE) != before || list.size() == MOST_FILES;
                list.add(new LinkMap(memory.word(link), memory.word(link + LINK_DYNAMIC)));
                before = link;
                link = memory.word(link + LINK_NEXT);
            }
            if (isChanging) {
                return List.of();
            }
            all.add(list);
            each = (int) memory.word(each) >= EXTENDED ? memory.word(each + NEXT_NAMESPACE) : 0;
        }
        return all.stream().filter(each -> !each.isEmpty()).toList();
    }
}
