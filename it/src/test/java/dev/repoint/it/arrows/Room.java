package dev.repoint.it.arrows;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One row of the table of arrows: a room, and what its classes may refer to.
///
/// @param name what messages call it
/// @param folder where it is, from the root of the project
/// @param packages the packages that it may use, its own among them; `p` means that package alone, `p.**` those
///     below it too
/// @param jdkModules the modules of the JDK that it may use, or empty for all of them
record Room(String name, String folder, List<String> packages, Optional<Set<String>> jdkModules) {

    /// Whether a class of this room may refer to a class of package `used`, which belongs to the JDK's
    /// `module`, or to none of its modules if that is empty.
    boolean mayUse(String used, Optional<String> module) {
        return module.isPresent()
                ? jdkModules.isEmpty() || jdkModules.get().contains(module.get())
                : packages.stream().anyMatch(allowed -> covers(allowed, used));
    }

    private static boolean covers(String allowed, String used) {
        if (!allowed.endsWith(".**")) {
            return used.equals(allowed);
        }
        String above = allowed.substring(0, allowed.length() - ".**".length());
        return used.equals(above) || used.startsWith(above + ".");
    }
}
