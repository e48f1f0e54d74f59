package dev.repoint.machine.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The sorting, searching and mapping of numbers that columns are made with.
class ColumnsTest {

    @Test
    void theOrderIsStableAndUnsigned() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            int size = random.nextInt(300);
            int bits = 1 + random.nextInt(64);
            long[] keys = random.longs(size).map(key -> key >>> 64 - bits).toArray();
            List<Integer> expected = IntStream.range(0, size)
                    .boxed()
                    .sorted(Comparator.comparing((Integer index) -> keys[index], Long::compareUnsigned))
                    .toList();
            assertThat(RadixSort.of(keys, size))
                    .containsExactly(expected.stream().mapToInt(each -> each).toArray());
        }
    }

    @Test
    void theFloorIsTheLastThatIsNotAbove() {
        long[] ascending = {2, 5, 5, 9, -1};
        assertThat(RadixSort.floor(ascending, 5, 1)).isEqualTo(-1);
        assertThat(RadixSort.floor(ascending, 5, 2)).isZero();
        assertThat(RadixSort.floor(ascending, 5, 5)).isEqualTo(2);
        assertThat(RadixSort.floor(ascending, 5, 8)).isEqualTo(2);
        assertThat(RadixSort.floor(ascending, 5, Long.MAX_VALUE)).isEqualTo(3);
        assertThat(RadixSort.floor(ascending, 5, -1)).isEqualTo(4);
        assertThat(RadixSort.floor(ascending, 0, 5)).isEqualTo(-1);
    }

    @Test
    void theMapHasWhatWasPutLast() {
        Random random = new Random(2);
        LongMap map = new LongMap();
        Map<Long, Integer> witness = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            long key = random.nextLong() >> random.nextInt(64);
            int value = random.nextInt(Integer.MAX_VALUE);
            map.put(key, value);
            witness.put(key, value);
        }
        witness.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
        for (int i = 0; i < 1000; i++) {
            long key = random.nextLong();
            assertThat(map.get(key)).isEqualTo(witness.getOrDefault(key, LongMap.ABSENT));
        }
    }
}
