package dev.repoint.weaver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
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

/// Entries that are spliced, beside those that the class-file library writes: they are the same instructions, and nothing
/// else has changed.
class EntrySplicingTest {

    private static final Selection EVERYTHING = Try.patchable("**");

    private static final int STEP = 11;

    private final ClassFile verifier = RealClasses.verifier();
    private int compared;

    @ParameterizedTest
    @EnumSource(Phase.class)
    void theClassesOfJavaBaseComeOutAsTheLibraryWritesThem(Phase phase) throws IOException {
        RealClasses.ofJavaBase(STEP, (file, classFile) -> compare(file, classFile, phase));

        assertThat(compared).isGreaterThan(300);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void theClassesOfAJarComeOutAsTheLibraryWritesThem(Phase phase) throws Exception {
        RealClasses.ofAJar(STEP, (file, classFile) -> compare(file, classFile, phase));

        assertThat(compared).isGreaterThan(50);
    }

    /// A class file that has been damaged is woven, or refused in words; it never ends in anything else.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damagedClassFilesAreRefusedInWords(long seed) {
        byte[] original = Throwaway.bytesOf(Pattern.class);
        Random random = new Random(seed);
        Weaver weaver = Weaver.of(EVERYTHING);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = original.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                weaver.weave(damaged, Throwaway::bytesOf, Phase.LOAD);
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

    private void compare(Path file, byte[] original, Phase phase) {
        WeaveResult spliced = spliced(original, phase);
        WeaveResult written = written(original, phase);
        assertThat(spliced.entries()).as("%s", file).isEqualTo(written.entries());
        assertThat(spliced.rejections()).as("%s", file).isEqualTo(written.rejections());
        if (spliced.changed()) {
            compared++;
            compare(file, spliced.bytes(), written.bytes());
            assertThat(verifier.verify(spliced.bytes())).as("%s", file).isEmpty();
            assertThat(spliced(spliced.bytes(), phase).bytes())
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

    private static WeaveResult spliced(byte[] classFile, Phase phase) {
        RawPool pool = RawPool.read(classFile, new Needles());
        WeaveResult result =
                new EntrySplicing(EVERYTHING, Spared.NONE, new Interest(EVERYTHING)).weave(classFile, pool, phase);
        assertThat(result).isNotNull();
        return result;
    }

    private static WeaveResult written(byte[] classFile, Phase phase) {
        ClassModel model = Parsing.parse(classFile);
        Outlines outlines = new Outlines(Throwaway::bytesOf);
        ClassPlan plan = new ClassPlan(model, EVERYTHING, Spared.NONE, false, outlines, phase);
        return plan.isEmpty()
                ? new WeaveResult(classFile, false, List.of(), List.of(), plan.rejections())
                : new Fitting(model, phase).weave(classFile, plan);
    }
}
