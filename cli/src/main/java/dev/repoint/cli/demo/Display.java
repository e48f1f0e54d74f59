package dev.repoint.cli.demo;

/// Where a run is shown as it happens. Not thread-safe.
interface Display {

    /// Says something that stays.
    ///
    /// @param line one line
    void say(String line);

    /// Shows how things stand.
    ///
    /// @param recording all samples so far
    void show(Recording recording);

    /// Ends the showing; what was shown last stays.
    void end();
}
