package dev.repoint.cli.install;

import dev.repoint.cli.home.CommandFailure;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/// Repoint in the folders of a prefix.
///
/// A list of its files ([FileList]) tells its own files from those of others: others are neither replaced nor removed. An
/// installation is made as follows.
///
/// 1. Everything is checked: files of others in the way, and folders that cannot be written to.
/// 2. All files are written into a new folder below the prefix. The disk may be full now, and nothing has changed.
/// 3. The list gets the new paths, too. If this process is killed after this, a second installation, or a removal,
///    finds all files.
/// 4. The files are renamed to their places. If this fails, [Renames] brings the old ones back.
/// 5. What only the installation before had is removed, and the list gets its final content.
public final class Installation {

    /// What the launcher makes.
    private static final String CACHE = InstalledTree.LIBRARY + "repoint.aot";

    private static final String STAGING = InstalledTree.LIBRARY + "new";
    private static final String OLD = InstalledTree.LIBRARY + "old";

    private final Path prefix;

    /// @param prefix an absolute path; it need not exist
    public Installation(Path prefix) {
        this.prefix = prefix;
    }

    /// Installs a tree, or replaces the installation that is there.
    ///
    /// @return how many files it has
    /// @throws CommandFailure if something is in the way; then nothing has changed
    /// @throws IOException if files cannot be written; then nothing has changed
    public int install(InstalledTree tree) throws IOException {
        TreeSet<String> before = FileList.read(prefix);
        for (String path : tree.paths()) {
            check(path, before.contains(path));
        }
        check(FileList.PATH, true);
        Path staging = prefix.resolve(STAGING);
        Folders.delete(staging);
        try (Renames renames = new Renames(prefix, staging, prefix.resolve(OLD))) {
            renames.createFolders(STAGING);
            tree.writeTo(staging);
            tree.paths().forEach(renames::planFolders);
            TreeSet<String> all = new TreeSet<>(before);
            all.addAll(tree.paths());
            all.add(CACHE);
            all.addAll(renames.folders());
            FileList.write(staging, all);
            renames.rename(staging.resolve(FileList.PATH), FileList.PATH);
            for (String path : tree.paths()) {
                renames.rename(staging.resolve(path), path);
            }
            renames.done();
            all.removeIf(path -> isGone(path, before, tree));
            removeAll(difference(before, all));
            FileList.write(prefix, all);
        } finally {
            Folders.delete(staging);
        }
        return tree.paths().size();
    }

    private static boolean isGone(String path, Set<String> before, InstalledTree tree) {
        return before.contains(path)
                && !path.endsWith("/")
                && !path.equals(CACHE)
                && !tree.paths().contains(path);
    }

    /// Removes the installation. Files of others, and their folders, stay.
    ///
    /// @return how many files were removed
    /// @throws CommandFailure if there is no installation
    public int uninstall() throws IOException {
        TreeSet<String> paths = FileList.read(prefix);
        if (paths.isEmpty()) {
            throw new CommandFailure(prefix + " has no Repoint that 'repoint install' made: there is no "
                    + prefix.resolve(FileList.PATH) + "; name its folder with --prefix");
        }
        for (String path : paths) {
            Path folder = prefix.resolve(path).getParent();
            if (Files.exists(folder) && !Files.isWritable(folder)) {
                throw new CommandFailure(folder + ": access denied; nothing was removed; run it as the owner");
            }
        }
        Folders.delete(prefix.resolve(STAGING));
        Folders.delete(prefix.resolve(OLD));
        return removeAll(paths, FileList.PATH);
    }

    /// Removes files, then folders that are empty, the inner ones first; the last file is removed between both.
    private int removeAll(Set<String> paths, String... last) throws IOException {
        int removed = 0;
        for (String path : paths) {
            if (!path.endsWith("/") && Files.deleteIfExists(prefix.resolve(path))) {
                removed++;
            }
        }
        for (String path : last) {
            Files.deleteIfExists(prefix.resolve(path));
        }
        for (String path : new TreeSet<>(paths).descendingSet()) {
            if (path.endsWith("/")) {
                removeIfEmpty(prefix.resolve(path));
            }
        }
        return removed;
    }

    private static void removeIfEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // Somebody else uses it.
        }
    }

    private void check(String path, boolean isOurs) {
        Path file = prefix.resolve(path);
        if (!isOurs && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new CommandFailure(file + " exists, and 'repoint install' has not made it; nothing was installed;"
                    + " remove it, or name another folder with --prefix");
        }
        Path folder = file.getParent();
        while (folder != null && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            folder = folder.getParent();
        }
        if (folder != null && !Files.isDirectory(folder)) {
            throw new CommandFailure(folder + " is no folder; nothing was installed");
        }
        if (folder != null && !Files.isWritable(folder)) {
            throw new CommandFailure(
                    folder + ": access denied; nothing was installed; name another folder with --prefix");
        }
    }

    private static Set<String> difference(Set<String> of, Set<String> without) {
        TreeSet<String> paths = new TreeSet<>(of);
        paths.removeAll(without);
        return paths;
    }
}
