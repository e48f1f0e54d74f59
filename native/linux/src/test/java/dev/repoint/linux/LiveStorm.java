package dev.repoint.linux;

import static dev.repoint.linux.Verify.check;
import static dev.repoint.linux.Verify.expect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Sets and resets from many threads, under calls from others.
final class LiveStorm {

    private final Path folder;

    LiveStorm(Path folder) {
        this.folder = folder;
    }

    /// Sets and resets from many threads, under calls from others.
    void storm() throws Exception {
        Library live = Library.load(Library.patchable(folder));
        List<byte[]> before = live.memory();
        NativePatchable price = live.patchable("price");
        NativePatchable stock = live.patchable("stock");
        AtomicInteger running = new AtomicInteger(4);
        List<Callable<Long>> work = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int number = i;
            work.add(() -> {
                for (int round = 0; round < 300; round++) {
                    switch ((round + number) % 5) {
                        case 0 -> price.set(NativeTarget.symbol("price_dear"));
                        case 1 -> price.reset();
                        case 2 -> price.override(NativeTarget.zero()).close();
                        case 3 -> stock.set(NativeTarget.symbol("stock_none"));
                        default -> new NativePatch().reset(price).reset(stock).apply();
                    }
                }
                running.decrementAndGet();
                return 0L;
            });
        }
        for (int i = 0; i < 2; i++) {
            work.add(() -> {
                long calls = 0;
                while (running.get() > 0 || calls == 0) {
                    int found = live.call("tail_price", 2);
                    check(found == 60 || found == 198 || found == 0, "price " + found);
                    calls++;
                }
                return calls;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            for (Future<Long> each : threads.invokeAll(work)) {
                each.get();
            }
        }
        new NativePatch().reset(price).reset(stock).apply();
        check(Library.isSame(before, live.memory()), "every byte is back");
        expect(live.call("both", 2), 60_009);
    }
}
