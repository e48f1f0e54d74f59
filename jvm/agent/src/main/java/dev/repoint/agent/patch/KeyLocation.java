package dev.repoint.agent.patch;

/// Where the classes of one runtime have the member that a key names.
///
/// @param place where it is
/// @param reason why the key means no member; empty where it means one
public record KeyLocation(Place place, String reason) {

    /// Whether the class of the key is loaded.
    public enum Place {
        /// The class is loaded.
        LOADED,
        /// The class is not loaded, and can be found.
        FILE,
        /// There is no such class or member.
        ABSENT,
        /// The class is loaded, and the key means no member of it, or several.
        REFUSED
    }

    /// Whether the key means one member.
    public boolean isFound() {
        return place == Place.LOADED || place == Place.FILE;
    }
}
