package dev.repoint.machine.table;

import dev.repoint.elf.Address;
import dev.repoint.elf.BuildId;
import dev.repoint.elf.ElfMachine;
import dev.repoint.elf.FileOffset;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.site.CurrentTarget;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Rejection;
import dev.repoint.machine.site.Safety;
import dev.repoint.machine.site.Site;
import dev.repoint.machine.site.SiteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// Tables of anything that a table can hold.
final class Tables {

    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "ab",
            "crc32",
            "crc32_simd",
            "ümläut",
            "\ud83d\ude00",
            "x".repeat(300),
            "x".repeat(300) + "y",
            "tab\there",
            ".text",
            ".data");

    private Tables() {}

    static SiteTable random(Random random, int size) {
        Map<NativeKey, Patchable> patchables = new TreeMap<>();
        List<Rejection> rejections = new ArrayList<>();
        List<String> gaps = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            NativeKey key = key(random, i);
            patchables.put(key, patchable(random, key));
            if (random.nextInt(4) == 0) {
                rejections.add(new Rejection(key(random, i), text(random)));
            }
            if (random.nextInt(8) == 0) {
                gaps.add(text(random));
            }
        }
        byte[] id = new byte[1 + random.nextInt(20)];
        random.nextBytes(id);
        return new SiteTable(
                text(random),
                any(random, ElfMachine.values()),
                false,
                Optional.of(BuildId.of(id)),
                List.copyOf(patchables.values()),
                rejections,
                gaps);
    }

    private static Patchable patchable(Random random, NativeKey key) {
        List<Site> sites = new ArrayList<>();
        for (int left = random.nextInt(5); left > 0; left--) {
            sites.add(new Site(
                    any(random, SiteKind.values()),
                    new Address(number(random)),
                    new FileOffset(number(random)),
                    1 + random.nextInt(15),
                    text(random),
                    text(random),
                    random.nextInt(3) == 0 ? random.nextInt(100_000) : -1,
                    new Address(number(random)),
                    CurrentTarget.DEFAULT));
        }
        List<String> aliases = new ArrayList<>();
        for (int left = random.nextInt(3); left > 0; left--) {
            aliases.add(text(random));
        }
        return new Patchable(
                key,
                any(random, PatchableKind.values()),
                new Address(number(random)),
                number(random),
                any(random, Safety.values()),
                text(random),
                aliases,
                sites);
    }

    private static NativeKey key(Random random, int number) {
        return new NativeKey(
                "f" + number + text(random),
                text(random),
                text(random),
                random.nextBoolean() ? 0 : number(random) >>> 1);
    }

    private static long number(Random random) {
        return random.nextLong() >>> random.nextInt(64);
    }

    private static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static <T> T any(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }
}
