package dev.repoint.machine.table;

import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.Rejection;
import dev.repoint.machine.site.Site;
import dev.repoint.machine.site.SiteTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// The strings of a table, each once, sorted, so that most share their beginning with the one before.
final class Pool {

    private final Map<String, Integer> indexes = new HashMap<>();

    /// All strings of a table. The empty one is always the first.
    static Pool of(SiteTable table) {
        Pool pool = new Pool();
        pool.add("");
        pool.add(table.module());
        for (String gap : table.gaps()) {
            pool.add(gap);
        }
        for (Patchable each : table.patchables()) {
            pool.add(each.key());
            pool.add(each.reason());
            for (String alias : each.aliases()) {
                pool.add(alias);
            }
            for (Site site : each.sites()) {
                pool.add(site.section());
                pool.add(site.in());
            }
        }
        for (Rejection each : table.rejections()) {
            pool.add(each.key());
            pool.add(each.reason());
        }
        return pool;
    }

    private void add(NativeKey key) {
        add(key.symbol());
        add(key.version());
        add(key.file());
    }

    private void add(String text) {
        indexes.putIfAbsent(text, 0);
    }

    /// Writes the strings, and numbers them.
    void write(Output out) {
        String[] sorted = indexes.keySet().toArray(new String[0]);
        Arrays.sort(sorted);
        out.number(sorted.length);
        byte[] before = {};
        for (int i = 0; i < sorted.length; i++) {
            indexes.put(sorted[i], i);
            byte[] text = sorted[i].getBytes(StandardCharsets.UTF_8);
            int mismatch = Arrays.mismatch(before, text);
            int shared = Math.min(mismatch < 0 ? text.length : mismatch, TableFormat.MOST_SHARED);
            out.u8(shared);
            out.number(text.length - shared);
            out.bytes(text, shared, text.length - shared);
            before = text;
        }
    }

    /// The number of a string.
    ///
    /// @throws IllegalArgumentException if it is none of the table's
    int index(String text) {
        Integer index = indexes.get(text);
        if (index == null) {
            throw new IllegalArgumentException("'" + text + "' is not in the pool");
        }
        return index;
    }
}
