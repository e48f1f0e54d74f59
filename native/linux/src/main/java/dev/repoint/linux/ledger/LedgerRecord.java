package dev.repoint.linux.ledger;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What is remembered about a patchable and does not change with its target. In memory: the size in bytes as a
/// word, three texts with their lengths before them, the place of the module, the numbers of sites and words,
/// and two words for each of them.
///
/// @param key   which one
/// @param sites all instructions that a patch has changed
/// @param words all words that a patch has changed
public record LedgerRecord(LedgerKey key, List<Site> sites, List<Word> words) {

    /// A word of 8 bytes of another process, as it was before it was ever patched.
    ///
    /// @param address  in that process
    /// @param original what it held
    public record Word(long address, long original) {}

    /// An instruction of another process, as it was before it was ever patched.
    ///
    /// @param address  in that process
    /// @param length   in bytes, at most 7
    /// @param original its bytes, the first one lowest
    public record Site(long address, int length, long original) {}

    /// That of a slot which has none yet.
    static final LedgerRecord NONE = new LedgerRecord(new LedgerKey("", "", "", 0), List.of(), List.of());

    private static final int LENGTH_SHIFT = 56;
    private static final long BYTES = (1L << LENGTH_SHIFT) - 1;

    /// What a change is about.
    public static LedgerRecord of(KeyChange change) {
        List<Site> sites = change.sites().stream()
                .map(each -> new Site(each.address(), each.length(), each.original()))
                .toList();
        List<Word> words = change.words().stream()
                .map(each -> new Word(each.address(), each.original()))
                .toList();
        return new LedgerRecord(change.key(), sites, words);
    }

    static LedgerRecord read(RecordReader reader, long address) {
        int size = Math.toIntExact(buffer(reader.read(address, Long.BYTES)).getLong());
        ByteBuffer bytes = buffer(reader.read(address, size));
        bytes.getLong();
        LedgerKey key = new LedgerKey(text(bytes), text(bytes), text(bytes), bytes.getLong());
        int siteCount = bytes.getInt();
        int wordCount = bytes.getInt();
        List<Site> sites = new ArrayList<>(siteCount);
        for (int i = 0; i < siteCount; i++) {
            long place = bytes.getLong();
            long packed = bytes.getLong();
            sites.add(new Site(place, (int) (packed >>> LENGTH_SHIFT), packed & BYTES));
        }
        List<Word> words = new ArrayList<>(wordCount);
        for (int i = 0; i < wordCount; i++) {
            words.add(new Word(bytes.getLong(), bytes.getLong()));
        }
        return new LedgerRecord(key, sites, words);
    }

    /// As it stands in memory.
    public byte[] bytes() {
        byte[][] texts = {bytes(key.module()), bytes(key.buildId()), bytes(key.key())};
        int size = 2 * Long.BYTES + 2 * Integer.BYTES + 2 * Long.BYTES * (sites.size() + words.size());
        for (byte[] text : texts) {
            size += Integer.BYTES + text.length;
        }
        ByteBuffer all =
                ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).putLong(size);
        for (byte[] text : texts) {
            all.putInt(text.length).put(text);
        }
        all.putLong(key.base()).putInt(sites.size()).putInt(words.size());
        for (Site each : sites) {
            all.putLong(each.address()).putLong((long) each.length() << LENGTH_SHIFT | each.original());
        }
        for (Word each : words) {
            all.putLong(each.address()).putLong(each.original());
        }
        return all.array();
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ByteBuffer bytes) {
        byte[] text = new byte[bytes.getInt()];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
