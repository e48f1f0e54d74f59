package dev.repoint.stress;

/// What a stress has counted.
///
/// @param seconds     how long it ran
/// @param sites       how many sites there are
/// @param patches     how many patches were applied
/// @param flips       how many of them came into effect by the flip of one word
/// @param changes     how many sites they changed, added up
/// @param calls       how many calls went through sites
/// @param timerCalls  how many of them from the handler of a signal
/// @param traps       how many met a breakpoint
/// @param unjudged    how many lasted through so many patches that nothing can be said of them
/// @param collections how many times the heap was collected
/// @param wrong       how many returned what they must not
/// @param firstWrong  what is known of the first of those; empty if there is none
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
        long wrong,
        String firstWrong) {

    /// Whether calls were judged while sites changed under them, some met breakpoints, and none went wrong.
    public boolean isGood() {
        return wrong == 0 && calls > unjudged && flips > 0 && traps > 0;
    }
}
