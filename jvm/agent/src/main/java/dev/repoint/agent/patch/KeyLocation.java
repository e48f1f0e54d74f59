package dev.repoint.agent.patch;

/// The location of a key in the classes of one runtime.
///
/// @param place the location
/// @param reason the reason why the key names no member; empty if it names one
public record KeyLocation(Place place, String reason) {

    /// Whether the class of the key is loaded.
    public enum Place {
        /// The class is loaded.
        LOADED,
        /// The class is not loaded, but can be found.
        FILE,
        /// There is no such class or member.
        ABSENT,
        /// The class is loaded, and the key names no member of it, or several.
        REFUSED
    }

    /// Whether the key names exactly one member.
    public boolean isFound() {
        return place == Place.LOADED || place == Place.FILE;
    }
}
