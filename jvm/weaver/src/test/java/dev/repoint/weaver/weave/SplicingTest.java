package dev.repoint.weaver.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.Spared;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.outline.Needles;
import dev.repoint.weaver.outline.Outlines;
import dev.repoint.weaver.outline.RawPool;
import dev.repoint.weaver.rules.TwinRules;
import dev.repoint.weaver.splice.ClassView;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Classes that are spliced, beside those that the class-file library writes: they are the same instructions, and
/// nothing else has changed.
class SplicingTest {

    private static final Selection ENTRIES = Try.patchable("**");
    private static final Selection EVERYTHING =
            new Selection(Try.keys("**", "**:*"), true, Try.keys("**"), List.of(), List.of());

    private static final int STEP = 11;
    /// For each seed. `fuzz/run weaver` goes on for as long as one likes.
    private static final int DAMAGED = 500;

    private final ClassFile verifier = RealClasses.verifier();
    private int compared;

    @ParameterizedTest
    @EnumSource(Phase.class)
    void entriesOfJavaBaseComeOutAsTheLibraryWritesThem(Phase phase) throws IOException {
        RealClasses.ofJavaBase(STEP, (file, classFile) -> compare(file, classFile, ENTRIES, phase));

        assertThat(compared).isGreaterThan(300);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void entriesOfAJarComeOutAsTheLibraryWritesThem(Phase phase) throws Exception {
        RealClasses.ofAJar(STEP, (file, classFile) -> compare(file, classFile, ENTRIES, phase));

        assertThat(compared).isGreaterThan(50);
    }

    @Test
    void callsAndFieldsOfJavaBaseComeOutAsTheLibraryWritesThem() throws IOException {
        RealClasses.ofJavaBase(STEP * 3, (file, classFile) -> compare(file, classFile, EVERYTHING, Phase.LOAD));

        assertThat(compared).isGreaterThan(100);
    }

    @Test
    void callsAndFieldsOfAJarComeOutAsTheLibraryWritesThem() throws Exception {
        RealClasses.ofAJar(STEP, (file, classFile) -> compare(file, classFile, EVERYTHING, Phase.LOAD));

        assertThat(compared).isGreaterThan(50);
    }

    /// A class file that has been damaged is woven, or refused in words; it never ends in anything else.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damagedClassFilesAreRefusedInWords(long seed) {
        byte[] original = Throwaway.bytesOf(Pattern.class);
        Random random = new Random(seed);
        Weaver weaver = Weaver.of(EVERYTHING);
        Phase[] phases = Phase.values();
        int refused = 0;
        for (int i = 0; i < DAMAGED; i++) {
            byte[] damaged = original.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                weaver.weave(damaged, Throwaway::bytesOf, phases[i % phases.length]);
            } catch (WeaveException e) {
                refused++;
                assertThat(e).hasMessageNotContaining("null");
            }
        }
        assertThat(refused).isPositive();
    }

    /// Each length that a class file can be cut off at.
    @Test
    void aClassFileThatEndsEarlyIsRefused() {
        byte[] original = Throwaway.bytesOf(Runnable.class);
        for (int length = 0; length < original.length; length++) {
            byte[] cut = Arrays.copyOf(original, length);
            assertThatCode(() -> Weaver.of(EVERYTHING).weave(cut, Throwaway::bytesOf, Phase.LOAD))
                    .as("%d of %d bytes", length, original.length)
                    .isInstanceOf(WeaveException.class);
        }
    }

    private void compare(Path file, byte[] original, Selection selection, Phase phase) {
        Weaver weaver = Weaver.of(selection);
        WeaveResult spliced = weaver.weave(original, Throwaway::bytesOf, phase);
        if (spliced.changed()) {
            compared++;
            compare(file, spliced.bytes(), written(original, selection, phase));
            assertThat(verifier.verify(spliced.bytes())).as("%s", file).isEmpty();
            assertThat(weaver.weave(spliced.bytes(), Throwaway::bytesOf, phase).bytes())
                    .as("%s, woven again", file)
                    .isSameAs(spliced.bytes());
        }
    }

    private static void compare(Path file, byte[] spliced, byte[] written) {
        Map<String, List<String>> ours = Listing.of(spliced);
        Map<String, List<String>> theirs = Listing.of(written);
        assertThat(ours.keySet()).as("%s", file).isEqualTo(theirs.keySet());
        theirs.forEach((method, lines) ->
                assertThat(ours.get(method)).as("%s of %s", method, file).isEqualTo(lines));
    }

    private static byte[] written(byte[] classFile, Selection selection, Phase phase) {
        Outlines outlines = new Outlines(Throwaway::bytesOf);
        RawPool pool = RawPool.read(classFile, new Needles());
        ClassView view = pool.view();
        ClassPlan plan = new ClassPlan(
                view, selection, Spared.NONE, selection.annotated(), outlines, phase, new TwinRules(view, true));
        return Witness.write(classFile, plan);
    }
}
