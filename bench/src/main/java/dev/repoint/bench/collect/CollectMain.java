package dev.repoint.bench.collect;

import dev.repoint.elf.ElfFile;
import dev.repoint.machine.site.Collector;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.SiteTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Collects the sites of one file over and over, and prints how long it took once the JVM was warm, and how
/// many there are.
final class CollectMain {

    private static final int MEASURED = 11;

    private CollectMain() {}

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        int warmUp = Integer.parseInt(args[1]);
        long sites = 0;
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < warmUp + MEASURED; i++) {
            long start = System.nanoTime();
            SiteTable table = Collector.collect(ElfFile.read(file));
            double took = (System.nanoTime() - start) * 1e-6;
            long found = 0;
            for (Patchable patchable : table.patchables()) {
                found += patchable.sites().size();
            }
            if (i > 0 && found != sites) {
                throw new IllegalStateException(found + " sites, and " + sites + " before");
            }
            sites = found;
            if (i >= warmUp) {
                millis.add(took);
            }
        }
        System.out.println("warm " + millis.stream().sorted().toList().get(MEASURED / 2));
        System.out.println("sites " + sites);
    }
}
