package dev.repoint.linux.unwind;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.platform.Processors;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The table that the unwinder asks, with the code that reads it.
class UnwindIndexTest {

    private static final FunctionDescriptor FIND = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final int SIZE = 1 << 23;
    private static final long OTHER = 0x0123_4567_89ab_cdefL;

    private final long room = Memory.map(SIZE, Memory.READ | Memory.WRITE);
    private long free = room;
    private long table;
    private MethodHandle find;

    @BeforeEach
    void needsTheCode() throws Exception {
        byte[] code = Processors.own().unwindFinder(0);
        assumeThat(code.length).isPositive();
        byte[] other = {0x48, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xc3}; // movabs $OTHER,%rax; ret
        long code0 = Memory.map(Memory.PAGE, Memory.READ | Memory.WRITE);
        Memory.bytes(code0, other);
        Memory.wordAsBytes(code0 + 2, OTHER, Long.BYTES);
        table = put(UnwindIndex.table(code0));
        Memory.bytes(code0 + 16, Processors.own().unwindFinder(table));
        Memory.protect(code0, Memory.PAGE, Memory.READ | Memory.EXECUTE);
        find = Linker.nativeLinker().downcallHandle(MemorySegment.ofAddress(code0 + 16), FIND);
    }

    @Test
    void everyInstructionHasItsEntry() throws Throwable {
        Random random = new Random(1);
        List<UnwindRange> all = new ArrayList<>();
        for (int patch = 0; patch < 200; patch++) {
            List<UnwindRange> added = new ArrayList<>();
            for (int i = random.nextInt(1, 20); i > 0; i--) {
                long start = 0x7f00_0000_0000L + (all.size() + added.size()) * 64L * (random.nextBoolean() ? 1 : -1);
                added.add(new UnwindRange(start, start + random.nextInt(1, 64), start + 7));
            }
            add(added);
            all.addAll(added);
            check(all.get(random.nextInt(all.size())));
        }
        for (UnwindRange each : all) {
            check(each);
        }
        assertThat(find(1)).isEqualTo(OTHER);
        assertThat(find(-1)).isEqualTo(OTHER);
    }

    @Test
    void manyPatchesMakeFewBlocks() {
        for (int i = 0; i < 1000; i++) {
            add(List.of(new UnwindRange(64L * i + 64, 64L * i + 80, i)));
        }
        int blocks = 0;
        long head = Memory.word(table + Long.BYTES * (1 + (Memory.word(table) & 1)));
        for (long block = head; block != 0; block = Memory.word(block)) {
            blocks++;
        }
        assertThat(blocks).isBetween(1, 10);
    }

    @Test
    void aTableThatKnowsNothingAsksTheOther() throws Throwable {
        assertThat(find(table)).isEqualTo(OTHER);
    }

    @Test
    void whatIsAddedAgainCountsOnce() throws Throwable {
        UnwindRange range = new UnwindRange(100, 110, 5);
        add(List.of(range));
        add(List.of(range));
        check(range);
    }

    private void check(UnwindRange range) throws Throwable {
        assertThat(find(range.start())).isEqualTo(range.entry());
        assertThat(find(range.end() - 1)).isEqualTo(range.entry());
        assertThat(find(range.end())).isNotEqualTo(range.entry());
        assertThat(find(range.start() - 1)).isNotEqualTo(range.entry());
    }

    /// Asks as the unwinder does, and checks what else it is told.
    private long find(long instruction) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bases = arena.allocateFrom(JAVA_LONG, 1, 1, 1);
            long entry = (long) find.invokeExact(instruction, bases.address());
            if (entry != OTHER) {
                long start = bases.getAtIndex(JAVA_LONG, 2);
                assertThat(start).isLessThanOrEqualTo(instruction);
                assertThat(bases.toArray(JAVA_LONG)).containsExactly(0, 0, start);
            }
            return entry;
        }
    }

    private void add(List<UnwindRange> ranges) {
        UnwindIndex.Addition addition = UnwindIndex.adding(Memory::bytes, table, ranges);
        Memory.word(addition.head(), put(addition.block()));
        Memory.word(table, addition.counter());
    }

    private long put(byte[] bytes) {
        long place = free;
        free += bytes.length;
        assertThat(free).isLessThan(room + SIZE);
        Memory.bytes(place, bytes);
        return place;
    }
}
