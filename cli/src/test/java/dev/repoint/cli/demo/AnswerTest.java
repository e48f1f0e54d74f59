package dev.repoint.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerTest {

    private static final Answer DEFAULTS = new Answer(false, false);
    private static final Answer BY_TABLE = new Answer(true, false);
    private static final Answer BOTH = new Answer(true, true);
    private static final Answer ONLY_ROUNDED = new Answer(false, true);

    @Test
    void untilAChangeBeginsOnlyTheDefaultMayAnswer() {
        assertThat(DEFAULTS.isAllowed(Phase.BEFORE, Phase.BEFORE)).isTrue();
        assertThat(BY_TABLE.isAllowed(Phase.BEFORE, Phase.BEFORE)).isFalse();
        assertThat(BOTH.isAllowed(Phase.WARM_UP, Phase.BEFORE)).isFalse();
    }

    @Test
    void whileAChangeIsMadeEitherMayAnswer() {
        assertThat(DEFAULTS.isAllowed(Phase.SETTING, Phase.SETTING)).isTrue();
        assertThat(BY_TABLE.isAllowed(Phase.BEFORE, Phase.SETTING)).isTrue();
        assertThat(BOTH.isAllowed(Phase.SETTING, Phase.PATCHED)).isFalse();
    }

    @Test
    void aRequestThatBeginsAfterAChangeHasReturnedNeverReachesWhatWasBefore() {
        assertThat(DEFAULTS.isAllowed(Phase.PATCHED, Phase.PATCHED)).isFalse();
        assertThat(BY_TABLE.isAllowed(Phase.PATCHED, Phase.PATCHED)).isTrue();
        assertThat(BY_TABLE.isAllowed(Phase.FIXED, Phase.FIXED)).isFalse();
        assertThat(BOTH.isAllowed(Phase.FIXED, Phase.FIXED)).isTrue();
        assertThat(BY_TABLE.isAllowed(Phase.AFTER, Phase.AFTER)).isFalse();
        assertThat(DEFAULTS.isAllowed(Phase.AFTER, Phase.AFTER)).isTrue();
    }

    @Test
    void aResetOfBothIsNeverSeenHalfMade() {
        assertThat(BOTH.isAllowed(Phase.RESETTING, Phase.RESETTING)).isTrue();
        assertThat(BY_TABLE.isAllowed(Phase.RESETTING, Phase.RESETTING)).isTrue();
        assertThat(DEFAULTS.isAllowed(Phase.FIXED, Phase.AFTER)).isTrue();
        assertThat(ONLY_ROUNDED.isAllowed(Phase.FIXED, Phase.AFTER)).isFalse();
    }

    @Test
    void aRequestThatLastsOverSeveralChangesMayReachTheDefaultOfOneAndTheTargetOfAnother() {
        assertThat(ONLY_ROUNDED.isAllowed(Phase.SETTING, Phase.FIXED)).isTrue();
    }

    @Test
    void theTargetAnswersWhereWhatWasSetLastIsInIt() {
        assertThat(BY_TABLE.isByTarget(Phase.PATCHED)).isTrue();
        assertThat(BY_TABLE.isByTarget(Phase.FIXED)).isFalse();
        assertThat(BOTH.isByTarget(Phase.FIXED)).isTrue();
        assertThat(DEFAULTS.isByTarget(Phase.AFTER)).isFalse();
    }
}
