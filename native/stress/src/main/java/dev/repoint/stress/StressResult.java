package dev.repoint.stress;

/// The counts of a stress. Immutable.
///
/// @param seconds     how long it ran
/// @param sites       the number of sites
/// @param patches     the number of patches
/// @param flips       the number of patches that took effect by the flip of one word
/// @param changes     the number of changed sites of all patches together
/// @param calls       the number of calls through sites
/// @param timerCalls  the number of calls from the handler of a signal
/// @param traps       the number of calls that met a breakpoint
/// @param unjudged    the number of calls that lasted through too many patches to be judged
/// @param collections the number of garbage collections
/// @param backwards   the number of calls that reached an old target, after the same thread had reached a newer one
/// @param wrong       the number of calls with a wrong result
/// @param firstWrong  a description of the first call of the last two sorts; empty if there is none
public record StressResult(
        double seconds,
        int sites,
        long patches,
        long flips,
        long changes,
        long calls,
        long timerCalls,
        long traps,
        long unjudged,
        long collections,
        long backwards,
        long wrong,
        String firstWrong) {

    /// Whether calls were judged while sites changed under them, some met breakpoints, and none went wrong or back.
    public boolean isGood() {
        return wrong + backwards == 0 && calls > unjudged && flips > 0 && traps > 0;
    }
}
