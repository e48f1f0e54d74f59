package dev.repoint.machine.table;

import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Rejection;
import dev.repoint.machine.site.Site;
import dev.repoint.machine.site.SiteTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/// Writes a table. Equal tables give equal bytes.
final class TableWriter {

    /// Where the sites of a section lie: its name, and how far their offsets in the file are from their
    /// addresses.
    private record Place(int name, long shift) {}

    private final SiteTable table;
    private final Output out = new Output();
    private final Pool pool;
    private final Map<Place, Integer> places = new HashMap<>();

    TableWriter(SiteTable table) {
        this.table = table;
        this.pool = Pool.of(table);
    }

    /// All bytes of the table.
    byte[] write() {
        for (int i = 0; i < TableFormat.HEADER; i++) {
            out.u8(0);
        }
        byte[] buildId = table.buildId().orElseThrow().bytes();
        out.number(TableFormat.number(table.machine()));
        out.number(buildId.length);
        out.bytes(buildId, 0, buildId.length);
        pool.write(out);
        out.number(pool.index(table.module()));
        writePlaces();
        out.number(table.gaps().size());
        for (String gap : table.gaps()) {
            out.number(pool.index(gap));
        }
        out.number(table.patchables().size());
        for (Patchable each : table.patchables()) {
            write(each);
        }
        out.number(table.rejections().size());
        for (Rejection each : table.rejections()) {
            write(each.key());
            out.number(pool.index(each.reason()));
        }
        return finished();
    }

    private byte[] finished() {
        out.set64(0, TableFormat.MAGIC);
        out.set32(TableFormat.VERSION_AT, TableFormat.VERSION);
        out.set64(TableFormat.LENGTH_AT, out.size());
        byte[] bytes = out.toArray();
        CRC32 checksum = new CRC32();
        checksum.update(bytes, TableFormat.CHECKED_FROM, bytes.length - TableFormat.CHECKED_FROM);
        out.set32(TableFormat.CHECKSUM_AT, (int) checksum.getValue());
        return out.toArray();
    }

    private void writePlaces() {
        List<Place> found = new ArrayList<>();
        for (Patchable each : table.patchables()) {
            for (Site site : each.sites()) {
                Place place = place(site);
                if (places.putIfAbsent(place, found.size()) == null) {
                    found.add(place);
                }
            }
        }
        out.number(found.size());
        for (Place place : found) {
            out.number(place.name);
            out.signed(place.shift);
        }
    }

    private Place place(Site site) {
        return new Place(
                pool.index(site.section()),
                site.offset().value() - site.address().value());
    }

    private void write(NativeKey key) {
        out.number(pool.index(key.symbol()));
        out.number(pool.index(key.version()));
        out.number(pool.index(key.file()));
        out.number(key.offset());
    }

    private void write(Patchable patchable) {
        write(patchable.key());
        out.u8((patchable.kind() == PatchableKind.POINTER ? TableFormat.POINTER : 0)
                | patchable.safety().ordinal() << TableFormat.SAFETY_SHIFT);
        out.number(patchable.address().value());
        out.number(patchable.size());
        out.number(pool.index(patchable.reason()));
        out.number(patchable.aliases().size());
        for (String alias : patchable.aliases()) {
            out.number(pool.index(alias));
        }
        out.number(patchable.sites().size());
        long address = 0;
        long leads = patchable.address().value();
        for (Site site : patchable.sites()) {
            Integer place = places.get(place(site));
            out.u8(site.kind().ordinal() | (site.line() >= 0 ? TableFormat.HAS_LINE : 0));
            out.u8(site.length());
            out.number(place == null ? 0 : place);
            out.signed(site.address().value() - address);
            out.signed(site.leads().value() - leads);
            out.number(pool.index(site.in()));
            if (site.line() >= 0) {
                out.number(site.line());
            }
            address = site.address().value();
            leads = site.leads().value();
        }
    }
}
