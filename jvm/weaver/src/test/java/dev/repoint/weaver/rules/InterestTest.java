package dev.repoint.weaver.rules;

import static dev.repoint.weaver.weave.Try.classes;
import static dev.repoint.weaver.weave.Try.keys;
import static org.assertj.core.api.Assertions.assertThat;

import com.acme.Crc;
import com.acme.Marked;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.outline.RawPool;
import dev.repoint.weaver.weave.Throwaway;
import dev.repoint.weaver.weave.Try;
import dev.repoint.weaver.weave.Weaver;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterestTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.Crc.update",
                "com.acme.Crc.get*",
                "com.acme.*.update",
                "com.acme.**",
                "com.acme.Crc.**",
                "**",
                "*.acme.Crc.update",
                "com.acme.C*.update(int,byte[])"
            })
    void aClassThatAPatternCoversIsLookedAt(String pattern) {
        assertThat(concerned(Try.patchable(pattern), Crc.class)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.Crc32.update",
                "com.acme.Marked.update",
                "com.*.update",
                "org.acme.**",
                "com.acme.Crc.sub.**",
                "com.acme.crc.**"
            })
    void aClassThatNoPatternCoversIsNot(String pattern) {
        assertThat(concerned(Try.patchable(pattern), Crc.class)).isFalse();
    }

    @Test
    void aClassThatHasNoMethodOfThatNameIsNotLookedAt() {
        assertThat(concerned(Try.patchable("com.acme.Crc.upgrade(int)"), Crc.class))
                .isFalse();
        assertThat(concerned(Try.patchable("com.acme.Crc.upgrade"), Crc.class))
                .as("a source may have another name for a method of it")
                .isTrue();
        assertThat(concerned(Try.patchable("com.**.upgrade"), Crc.class)).isFalse();
    }

    @Test
    void aClassWithoutTheAnnotationIsNotLookedAt() {
        assertThat(concerned(Selection.ofAnnotated(), Crc.class)).isFalse();
        assertThat(concerned(Selection.ofAnnotated(), Marked.class)).isTrue();
    }

    @Test
    void aClassThatCallsNothingOfThatNameIsNotLookedAt() {
        assertThat(concerned(Try.sites("java.time.Clock.systemUTC"), Crc.class)).isFalse();
    }

    @Test
    void aClassThatCallsSomethingOfThatNameAndTypeIs() {
        assertThat(concerned(Try.sites("java.lang.System.nanoTime"), Crc.class)).isTrue();
        assertThat(concerned(Try.sites("java.lang.System.nanoTime()"), Crc.class))
                .isTrue();
        assertThat(concerned(Try.sites("java.lang.System.nanoTime(int)"), Crc.class))
                .isFalse();
        assertThat(concerned(Try.sites("java.lang.System.*"), Crc.class)).isTrue();
    }

    @Test
    void callsCountOnlyInTheChosenClasses() {
        assertThat(concerned(sitesIn("com.acme.**"), Crc.class)).isTrue();
        assertThat(concerned(sitesIn("org.acme.**"), Crc.class)).isFalse();
    }

    @Test
    void anExclusionWinsOverEverything() {
        Selection selection = new Selection(
                keys("com.acme.Crc.update"),
                true,
                keys("java.lang.System.nanoTime"),
                List.of(),
                classes("com.acme.C*"));

        assertThat(concerned(selection, Crc.class)).isFalse();
    }

    @Test
    void theRuntimeAndTheWeaverAreNeverWoven() {
        assertThat(concerned(Try.patchable("**"), dev.repoint.Repoint.class)).isFalse();
        assertThat(concerned(Try.patchable("**"), dev.repoint.link.MethodLink.class))
                .isFalse();
        assertThat(concerned(Try.patchable("dev.repoint.weaver.weave.Weaver.weave"), Weaver.class))
                .isFalse();
        assertThat(Try.patchable("**").excludes("dev.repoint.demo.Main")).isFalse();
    }

    private static Selection sitesIn(String in) {
        return new Selection(List.of(), false, keys("java.lang.System.nanoTime"), classes(in), List.of());
    }

    private static boolean concerned(Selection selection, Class<?> type) {
        Interest interest = new Interest(selection);
        return interest.concerns(RawPool.read(Throwaway.bytesOf(type), interest.needles()));
    }
}
