package dev.repoint.cli.demo;

import java.util.OptionalLong;

/// A change that was made in a service while it worked.
///
/// @param title what it is called in the summary
/// @param phase during which it was made
/// @param millis how long it took, all in all
/// @param pauseNanos how long the whole service stood still for it, as Repoint measured it; empty where it does
///     not
record TimedChange(String title, Phase phase, double millis, OptionalLong pauseNanos) {}
