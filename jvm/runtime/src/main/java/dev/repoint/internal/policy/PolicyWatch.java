package dev.repoint.internal.policy;

import dev.repoint.PatchException;
import dev.repoint.internal.point.Daemon;
import dev.repoint.internal.report.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Applies changes of a policy file, each as one patch, or not at all.
///
/// 1. The folders are watched in which something has to happen for the file to change: its own, and that of
///    every symbolic link on the way to it. (Kubernetes swaps a link `..data` beside the one to the file.) File
///    systems that tell nothing are looked at every few seconds.
/// 2. When the content differs, it is read again until it stays the same: whoever writes the file may not have
///    finished.
/// 3. It is applied, or refused whole and logged; then the policy of before stays.
///
/// What counts is the content, so that a file that was only touched, or replaced by its like, changes nothing.
/// One that is gone changes nothing either.
final class PolicyWatch implements Runnable {

    private static final long LOOK_SECONDS = 5;
    private static final long SETTLED_MILLIS = 100;
    private static final int MOST_LINKS = 40;

    private final Path file;
    private final Map<Path, WatchKey> folders = new HashMap<>();
    private final Consumer<String> applies;
    private String known;
    private boolean gone;

    /// @param file absolute
    /// @param known the content that was applied, or refused, already
    /// @param applies is given other content
    PolicyWatch(Path file, String known, Consumer<String> applies) {
        this.file = file;
        this.applies = applies;
        this.known = known;
    }

    /// Begins. The thread neither keeps the JVM alive nor holds on to anything of the program.
    ///
    /// @return the thread, which ends when it is interrupted
    Thread start() {
        Thread thread = Daemon.of("repoint-policy", this);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
        return thread;
    }

    @Override
    public void run() {
        try (WatchService service = service()) {
            while (true) {
                if (service == null) {
                    TimeUnit.SECONDS.sleep(LOOK_SECONDS);
                } else {
                    watchFolders(service);
                    look(); // what happened before the folders were watched is not told
                    await(service);
                }
                look();
            }
        } catch (InterruptedException e) {
            // That is the end.
        } catch (IOException e) {
            PolicyFile.log(System.Logger.Level.ERROR, file + " is no longer watched: " + FileFailure.reason(e));
        }
    }

    private @Nullable WatchService service() {
        try {
            return file.getFileSystem().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            return null; // there are no more of them: then it is looked at
        }
    }

    private void await(WatchService service) throws InterruptedException {
        WatchKey told = service.poll(LOOK_SECONDS, TimeUnit.SECONDS);
        while (told != null) {
            told.pollEvents();
            told.reset();
            told = service.poll();
        }
    }

    private void watchFolders(WatchService service) {
        Set<Path> wanted = folders(file);
        folders.entrySet().removeIf(each -> {
            boolean stays = wanted.contains(each.getKey()) && each.getValue().isValid();
            if (!stays) {
                each.getValue().cancel();
            }
            return !stays;
        });
        for (Path folder : wanted) {
            if (!folders.containsKey(folder)) {
                try {
                    folders.put(
                            folder,
                            folder.register(
                                    service,
                                    StandardWatchEventKinds.ENTRY_CREATE,
                                    StandardWatchEventKinds.ENTRY_MODIFY,
                                    StandardWatchEventKinds.ENTRY_DELETE));
                } catch (IOException e) {
                    // It is not there now, or cannot be watched: the file is looked at every few seconds.
                }
            }
        }
    }

    /// The folders in which a file and the symbolic links on the way to it stand, by their real paths.
    static Set<Path> folders(Path file) {
        Set<Path> folders = new LinkedHashSet<>();
        follow(file, folders, MOST_LINKS);
        return folders;
    }

    private static void follow(Path path, Set<Path> folders, int links) {
        Path step = path.getRoot();
        for (Path name : path) {
            Path folder = step;
            step = folder == null ? name : folder.resolve(name);
            if (folder != null && Files.isSymbolicLink(step)) {
                addReal(folder, folders);
                try {
                    Path target = folder.resolve(Files.readSymbolicLink(step));
                    if (links > 0) {
                        follow(target.resolve(step.relativize(path)).normalize(), folders, links - 1);
                    }
                } catch (IOException e) {
                    // It was a link a moment ago.
                }
                return;
            }
        }
        addReal(path.getParent(), folders);
    }

    private static void addReal(@Nullable Path folder, Set<Path> folders) {
        if (folder != null) {
            try {
                folders.add(folder.toRealPath());
            } catch (IOException e) {
                // It is not there now.
            }
        }
    }

    /// Applies the content if it is another one.
    private void look() throws InterruptedException {
        String text = read();
        if (text == null || text.equals(known)) {
            return;
        }
        String before = null;
        while (text != null && !text.equals(before)) {
            before = text;
            TimeUnit.MILLISECONDS.sleep(SETTLED_MILLIS);
            text = read();
        }
        if (text != null && !text.equals(known)) {
            known = text;
            applies.accept(text);
        }
    }

    private @Nullable String read() {
        try {
            String text = new PolicyFile(file, true).text();
            gone = false;
            return text;
        } catch (PatchException e) {
            if (!gone) {
                gone = true;
                PolicyFile.log(System.Logger.Level.WARNING, "the policy stays as it is: " + e.getMessage());
            }
            return null;
        }
    }
}
