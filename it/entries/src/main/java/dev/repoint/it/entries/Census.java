package dev.repoint.it.entries;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.machine.entry.EntryPatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Judges the entries of all functions of files.
///
/// Arguments: a golden file, `compare`, `write` or `none`; a folder for lists; then files, or folders with files.
final class Census {

    private static final long SECONDS_FOR_A_FILE = 180;
    /// Of a file that is not in the golden file, so many entries are shown to `objdump`.
    private static final int SAMPLE = 2000;

    private final Golden golden;
    private final String mode;
    private final Counts exported = new Counts();
    private final Counts all = new Counts();
    private final Map<String, Integer> unread = new TreeMap<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Set<Object> seen = new HashSet<>();
    private int files;
    private long compared;

    private Census(Golden golden, String mode) {
        this.golden = golden;
        this.mode = mode;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Census census = new Census(new Golden(Path.of(arguments[0])), arguments[1]);
        Path lists = Files.createDirectories(Path.of(arguments[2]));
        List<Path> roots = new ArrayList<>();
        for (int i = 3; i < arguments.length; i++) {
            roots.add(Path.of(arguments[i]));
        }
        boolean isRight = census.run(roots, lists);
        System.exit(isRight ? 0 : 1);
    }

    private boolean run(List<Path> roots, Path lists) throws IOException, InterruptedException {
        List<Path> paths = new ArrayList<>();
        for (Path root : roots) {
            collect(root, paths);
        }
        try (PrintWriter counts = new PrintWriter(Files.newBufferedWriter(lists.resolve("files.tsv")));
                PrintWriter refusals = new PrintWriter(Files.newBufferedWriter(lists.resolve("refusals.tsv")));
                ExecutorService worker = Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().factory())) {
            for (Path path : paths) {
                Future<FileCensus> future = worker.submit(() -> FileCensus.of(path));
                FileCensus found = result(path, future);
                if (found == null) {
                    if (!future.isDone()) {
                        report(paths.size());
                        Runtime.getRuntime().halt(1); // its thread does not end
                    }
                    continue;
                }
                counts.printf("%s\t%s\t%s\t%s%n", path, found.buildId(), found.exported(), found.all());
                found.refusals().forEach(refusals::println);
                add(found);
            }
        }
        if (mode.equals("write")) {
            golden.write();
        }
        report(paths.size());
        return failures.isEmpty();
    }

    private @Nullable FileCensus result(Path path, Future<FileCensus> future) throws InterruptedException {
        try {
            return future.get(SECONDS_FOR_A_FILE, TimeUnit.SECONDS);
        } catch (TimeoutException slow) {
            failures.add(path + ": not done in " + SECONDS_FOR_A_FILE + " s");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ElfException refused) {
                String message = String.valueOf(refused.getMessage());
                unread.merge(message.substring(message.indexOf(": ") + 2), 1, Integer::sum);
            } else {
                failures.add(path + ": " + failed.getCause());
            }
        }
        return null;
    }

    private void add(FileCensus found) throws IOException, InterruptedException {
        files++;
        exported.add(found.exported());
        all.add(found.all());
        if (mode.equals("compare")) {
            String wrong = golden.compare(found, told);
            if (!wrong.isEmpty()) {
                failures.add(wrong);
            }
        } else if (mode.equals("write")) {
            golden.put(found);
        }
        if (!found.patches().isEmpty() && found.isX86()) {
            int step = mode.equals("none") ? Math.max(1, found.patches().size() / SAMPLE) : 1;
            List<EntryPatch> sample = new ArrayList<>();
            for (int i = 0; i < found.patches().size(); i += step) {
                sample.add(found.patches().get(i));
            }
            try {
                compared += Lengths.compare(found, sample);
            } catch (IllegalStateException differs) {
                failures.add(differs.getMessage());
            }
        }
    }

    private void collect(Path root, List<Path> paths) throws IOException {
        Files.walkFileTree(root.toRealPath(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                try {
                    boolean isNew = attributes.isRegularFile() && attributes.size() > 64;
                    if (isNew && ElfFile.looksLikeElf(file) && seen.add(attributes.fileKey())) {
                        paths.add(file);
                    }
                } catch (IOException unreadable) {
                    unread.merge("cannot be read", 1, Integer::sum);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) {
                unread.merge("cannot be read", 1, Integer::sum);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void report(int found) {
        System.out.printf("entries: %d ELF files, of which %d are linked and were judged%n", found, files);
        unread.forEach((why, count) -> System.out.printf("entries: %d files: %s%n", count, why));
        System.out.printf("entries: exported functions: %s%n%s%n", exported, exported.shares());
        System.out.printf("entries: all functions: %s%n%s%n", all, all.shares());
        System.out.printf("entries: objdump was asked about %d entries%n", compared);
        told.forEach(line -> System.out.println("entries: " + line));
        failures.forEach(line -> System.out.println("entries: FAILED: " + line));
        System.out.println(failures.isEmpty() ? "entries: nothing wrong" : "entries: " + failures.size() + " wrong");
    }
}
