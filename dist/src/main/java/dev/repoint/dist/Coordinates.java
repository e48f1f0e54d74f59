package dev.repoint.dist;

import java.util.List;
import java.util.Optional;

/// Where an artifact lies in a repository: `dev/repoint/repoint-runtime/0.1.0`.
///
/// @param group with points
/// @param artifact its name
/// @param version its version
record Coordinates(String group, String artifact, String version) {

    /// Those of the folder of a file.
    static Optional<Coordinates> of(String file) {
        String[] parts = file.split("/", -1);
        if (parts.length < 4) {
            return Optional.empty();
        }
        String group = String.join(".", List.of(parts).subList(0, parts.length - 3));
        return Optional.of(new Coordinates(group, parts[parts.length - 3], parts[parts.length - 2]));
    }

    /// The folder, with a slash at its end.
    String folder() {
        return group.replace('.', '/') + "/" + artifact + "/" + version + "/";
    }

    /// A file of the artifact.
    ///
    /// @param rest what follows the version: `-sources.jar`
    String file(String rest) {
        return folder() + artifact + "-" + version + rest;
    }
}
