package dev.repoint.it.processes;

import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessChange;
import dev.repoint.linux.process.ProcessResult;
import dev.repoint.linux.process.SetOptions;
import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.site.NativeKey;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Debian's nginx, as it is: what its workers import from libcrypt is retargeted to a function that is brought
/// along.
final class NginxRun {

    private static final int CLIENTS = 8;
    private static final String PAGE = "/private/page";

    private final Path folder;
    private final Path library;

    /// @param folder  has the configuration and the pages
    /// @param library has open_crypt_r
    NginxRun(Path folder, Path library) {
        this.folder = folder;
        this.library = library;
    }

    void run(int patches) throws IOException, InterruptedException {
        Path socket = folder.resolve("nginx.socket");
        try (Server running = Server.start(folder, List.of("nginx", "-p", folder.toString(), "-c", "nginx.conf"))) {
            List<Long> workers = workers(running, socket);
            Load load = new Load(CLIENTS, number -> new Visitor(socket, true));
            List<OtherProcess> processes = new ArrayList<>();
            try {
                for (long worker : workers) {
                    processes.add(OtherProcess.open(worker));
                }
                patched(processes, load, socket, patches);
                String handler = AuthHandler.key(workers.getFirst());
                Load open = new Load(CLIENTS, number -> new Visitor(socket, false));
                patchedAtEntry(processes, handler, open, socket, patches);
                running.requireAlive();
                if (!workers.equals(running.children())) {
                    throw new IOException("a worker of nginx ended: see " + folder.resolve("error.log"));
                }
            } finally {
                processes.forEach(OtherProcess::close);
            }
        }
    }

    private void patched(List<OtherProcess> workers, Load load, Path socket, int patches)
            throws IOException, InterruptedException {
        Distribution pauses = new Distribution();
        for (int i = 0; i < patches; i++) {
            boolean isSet = i % 2 == 0;
            for (OtherProcess worker : workers) {
                ProcessResult result = isSet
                        ? worker.set(
                                List.of(ProcessChange.parse("crypt_r=open_crypt_r")),
                                SetOptions.DEFAULT.withLibrary(library))
                        : worker.reset(List.of(NativeKey.of("crypt_r")));
                if (!result.pause().isZero()) {
                    throw new IOException("patch " + i + ": the worker was stopped for the slot of one import");
                }
                pauses.add(result.borrowed().toNanos());
            }
            // Each connection is served by one of the workers.
            for (int connection = 0; connection < 4; connection++) {
                try (Http probe = Http.connect(socket)) {
                    int status = probe.get(PAGE, "user:wrong").status();
                    if (status != (isSet ? 200 : 401)) {
                        throw new IOException("patch " + i + ": a wrong password got status " + status);
                    }
                }
            }
            load.requireRunning();
        }
        Load.Count seen = load.end();
        System.out.printf(
                Locale.ROOT,
                "nginx of Debian, %d workers with %d threads: crypt_r retargeted and restored by %,d patches of each"
                        + " without a stop; a thread was borrowed: %s%n",
                workers.size(),
                threads(workers),
                patches,
                pauses.text());
        print(seen);
    }

    /// A function without a name, which lets in or not who asks for a page, is made one that lets in all.
    private static void patchedAtEntry(List<OtherProcess> workers, String handler, Load load, Path socket, int patches)
            throws IOException, InterruptedException {
        Distribution pauses = new Distribution();
        for (int i = 0; i < patches; i++) {
            boolean isSet = i % 2 == 0;
            for (OtherProcess worker : workers) {
                ProcessResult result = isSet
                        ? worker.set(List.of(ProcessChange.parse(handler + "=zero")))
                        : worker.reset(List.of(NativeKey.parse(handler)));
                if (result.changes().getFirst().mechanism() != Mechanism.ENTRY) {
                    throw new IOException(handler + " was not patched at its entry: " + result);
                }
                pauses.add(result.pause().toNanos());
            }
            for (int connection = 0; connection < 4; connection++) {
                try (Http probe = Http.connect(socket)) {
                    int status = probe.get(PAGE, "user:wrong").status();
                    if (status != (isSet ? 200 : 401)) {
                        throw new IOException(
                                "patch " + i + " of " + handler + ": a wrong password got status " + status);
                    }
                }
            }
            load.requireRunning();
        }
        Load.Count seen = load.end();
        System.out.printf(
                Locale.ROOT,
                "nginx of Debian: %s, which has no name, patched at its entry and restored by %,d patches of each"
                        + " worker, pause: %s%n",
                handler,
                patches,
                pauses.text());
        print(seen);
    }

    private static void print(Load.Count seen) {
        System.out.printf(
                Locale.ROOT,
                "nginx of Debian: %,d answers to %d clients were right; longest wait %.1f ms%n",
                seen.answers(),
                CLIENTS,
                seen.longest() / 1e6);
    }

    /// Asks for pages that are the same whatever crypt_r does.
    private static final class Visitor implements Load.Client {

        private final Http http;
        private final boolean alsoWithoutPassword;

        Visitor(Path socket, boolean alsoWithoutPassword) {
            this.alsoWithoutPassword = alsoWithoutPassword;
            try {
                http = Http.connect(socket);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public int round() throws IOException {
            require(http.get("/page", ""), 200, "open\n");
            require(http.get(PAGE, "user:right"), 200, "closed\n");
            if (alsoWithoutPassword) {
                require(http.get(PAGE, ""), 401, "");
            }
            return alsoWithoutPassword ? 3 : 2;
        }

        private static void require(Http.Answer answer, int status, String body) throws IOException {
            if (answer.status() != status || !body.isEmpty() && !answer.body().equals(body)) {
                throw new IOException("expected status " + status + " and '" + body + "', found " + answer);
            }
        }

        @Override
        public void close() throws IOException {
            http.close();
        }
    }

    private static List<Long> workers(Server running, Path socket) throws IOException {
        running.await(() -> Files.exists(socket) && running.children().size() == 2);
        return running.children();
    }

    private static int threads(List<OtherProcess> workers) {
        return workers.stream()
                .mapToInt(each -> new File("/proc/" + each.pid() + "/task").list().length)
                .sum();
    }
}
