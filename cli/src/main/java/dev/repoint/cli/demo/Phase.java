package dev.repoint.cli.demo;

/// The parts of the demo, in order.
enum Phase {
    /// The service starts and is compiled.
    WARM_UP("warming up"),
    /// The default, at full speed.
    BEFORE("default"),
    /// From the beginning of `set` until it has returned.
    SETTING("setting"),
    /// The drop-in.
    PATCHED("patched"),
    /// From the beginning of a second `set`, which brings its target along, until it has returned.
    LOADING("loading"),
    /// What was brought along, besides the drop-in.
    FIXED("fixed"),
    /// From the beginning of `reset` until it has returned.
    RESETTING("resetting"),
    /// The default again.
    AFTER("default");

    private final String title;

    Phase(String title) {
        this.title = title;
    }

    /// What the calls reach, for people to read.
    String title() {
        return title;
    }
}
