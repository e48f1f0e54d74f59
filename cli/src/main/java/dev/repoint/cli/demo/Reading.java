package dev.repoint.cli.demo;

import dev.repoint.cli.home.CommandFailure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The counters of the service, as it prints them each tenth of a second.
///
/// @param nanos since the service started to work
/// @param cpu processor time of the service so far, in nanoseconds
/// @param calls results that were checked, from the start
/// @param wrong results that were wrong, from the start
/// @param longest the longest time that one document took since the reading before, in nanoseconds
/// @param dropIn calls that arrived at the drop-in, from the start
/// @param marked whether it is the answer to a mark, so that it was taken after that
record Reading(long nanos, long cpu, long calls, long wrong, long longest, long dropIn, boolean marked) {

    private static final Pattern LINE =
            Pattern.compile("nanos=(\\d+) cpu=(\\d+) calls=(\\d+) wrong=(\\d+) longest=(\\d+) dropin=(\\d+)( marked)?");

    /// Before the first one.
    static final Reading ZERO = new Reading(0, 0, 0, 0, 0, 0, false);

    /// Reads a line of the service.
    ///
    /// @throws CommandFailure if it is another one
    static Reading parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new CommandFailure("the demo's service printed '" + line + "' and not its counters");
        }
        return new Reading(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                Long.parseLong(matcher.group(4)),
                Long.parseLong(matcher.group(5)),
                Long.parseLong(matcher.group(6)),
                matcher.group(7) != null);
    }
}
