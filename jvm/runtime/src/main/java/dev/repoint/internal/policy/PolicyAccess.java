package dev.repoint.internal.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Whether others may write a policy file. Who writes it decides what the program does.
///
/// Thread-safe.
final class PolicyAccess {

    private static final int WRITABLE_BY_ALL = 0002;
    private static final int STICKY = 01000;
    private static final int PERMISSIONS = 07777;

    /// What has been warned of: once is enough.
    private static final Set<Path> WARNED = ConcurrentHashMap.newKeySet();

    private PolicyAccess() {}

    /// Logs a warning where every user may write the file, or swap it in its folder. Once for each file.
    static void warn(Path file) {
        String warning = warning(file);
        if (warning != null && WARNED.add(file)) {
            PolicyFile.log(System.Logger.Level.WARNING, warning);
        }
    }

    /// What is to be told of a file, or null. A folder such as `/tmp`, in which each user removes only his own
    /// files, will do.
    static @Nullable String warning(Path file) {
        try {
            Path real = file.toRealPath();
            int mode = mode(real);
            if ((mode & WRITABLE_BY_ALL) != 0) {
                return "every user may write the policy file " + real + " (mode " + octal(mode) + "); run chmod o-w "
                        + real;
            }
            Path folder = real.getParent();
            int ofFolder = folder == null ? 0 : mode(folder);
            return (ofFolder & WRITABLE_BY_ALL) != 0 && (ofFolder & STICKY) == 0
                    ? "every user may replace the policy file " + real + ", as its folder has mode " + octal(ofFolder)
                            + "; run chmod o-w " + folder
                    : null;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return null; // no such file, which others tell, or no such permissions
        }
    }

    private static int mode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:mode") instanceof Integer mode ? mode & PERMISSIONS : 0;
    }

    private static String octal(int mode) {
        return String.format("%04o", mode);
    }
}
