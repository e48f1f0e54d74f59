package dev.repoint.weaver.weave;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.fields.FlagUser;
import com.acme.fields.Flags;
import com.acme.fields.Operations;
import dev.repoint.Key;
import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveResult;
import java.lang.classfile.ClassFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is woven of the uses of fields, and what is not and why.
class FieldWeavingTest {

    private static final Selection ANNOTATED = Selection.ofAnnotated();

    @ParameterizedTest
    @EnumSource(Phase.class)
    void weavingAgainReturnsTheSameArray(Phase phase) {
        for (Class<?> type : List.of(Flags.class, FlagUser.class)) {
            byte[] woven = Try.weave(ANNOTATED, type, phase).bytes();
            assertThat(Try.weave(ANNOTATED, woven, phase).bytes()).isSameAs(woven);
        }
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void weavingWithFurtherPatternsAddsOnlyWhatIsNew(Phase phase) {
        byte[] woven = Try.weave(ANNOTATED, FlagUser.class, phase).bytes();
        WeaveResult more = Try.weave(Try.patchable("com.acme.**:*"), woven, phase);
        assertThat(more.sites()).extracting(site -> site.key().name()).containsOnly("plain");
        assertThat(Try.weave(Try.patchable("com.acme.**:*"), more.bytes(), phase)
                        .changed())
                .isFalse();
    }

    @Test
    void aClassThatWasWovenAsItWasLoadedHasNothingLeftForWeavingInPlace() {
        byte[] woven = Try.weave(ANNOTATED, FlagUser.class, Phase.LOAD).bytes();
        assertThat(Try.weave(ANNOTATED, woven, Phase.RETRANSFORM).bytes()).isSameAs(woven);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void theSitesAreTheReadsAndAssignments(Phase phase) {
        WeaveResult result = Try.weave(ANNOTATED, FlagUser.class, phase);
        assertThat(result.entries()).isEmpty();
        assertThat(result.rejections()).isEmpty();
        assertThat(result.sites())
                .filteredOn(site -> site.key().equals(new Key("com.acme.fields.Flags", "level", "I")))
                .extracting(site -> site.kind() + " in " + site.in().name())
                .containsExactly("getstatic in level", "getstatic in bump", "putstatic in bump");
        assertThat(result.sites()).extracting(site -> site.key().name()).doesNotContain("plain");
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void whatCannotBePatchedIsSaidWhereItIsDeclared(Phase phase) {
        WeaveResult result = Try.weave(ANNOTATED, Flags.class, phase);
        assertThat(result.rejections())
                .extracting(rejection -> rejection.key().name() + ": " + rejection.reason())
                .containsExactlyInAnyOrder(
                        "FIXED: a final field cannot be patched: compilers have copied its value into the code that"
                                + " reads it",
                        "ofInstances: an instance field cannot be patched: only a static field has one value for all"
                                + " its readers");
    }

    @Test
    void theInitialiserOfTheOwnerStaysAsItIs() {
        WeaveResult result = Try.weave(ANNOTATED, Flags.class, Phase.LOAD);
        assertThat(Try.opcodes(Try.method(result.bytes(), "<clinit>")))
                .isEqualTo(Try.opcodes(Try.method(Throwaway.bytesOf(Flags.class), "<clinit>")));
        assertThat(result.sites()).extracting(site -> site.in().name()).containsOnly("hidden");
    }

    @Test
    void aCallOfABridgeIsAsLongAsTheInstructionThatItStandsFor() {
        WeaveResult result = Try.weave(ANNOTATED, FlagUser.class, Phase.LOAD);
        assertThat(Try.opcodes(Try.method(result.bytes(), "bump")))
                .containsExactly("invokestatic", "dup", "iconst_1", "iadd", "invokestatic", "ireturn");
    }

    @Test
    void aClassThatUsesNoPatchableFieldIsReturnedAsItCame() {
        assertThat(Try.weave(ANNOTATED, Operations.class, Phase.LOAD).changed()).isFalse();
        byte[] bytes = Throwaway.bytesOf(FlagUser.class);
        ClassSource unannotated = new ClassSource() {
            @Override
            public byte[] find(String internalName) {
                throw new AssertionError("nobody looks at " + internalName);
            }

            @Override
            public boolean mayBeAnnotated() {
                return false;
            }
        };
        assertThat(Weaver.of(ANNOTATED).weave(bytes, unannotated, Phase.LOAD).bytes())
                .isSameAs(bytes);
    }

    @Test
    void aPatternNeedsATypeToCoverFieldsByAWildcard() {
        assertThat(Try.weave(Try.patchable("com.acme.**"), FlagUser.class, Phase.LOAD)
                        .sites())
                .isEmpty();
        assertThat(Try.weave(Try.patchable("com.acme.**:boolean"), FlagUser.class, Phase.LOAD)
                        .sites())
                .extracting(site -> site.key().name())
                .containsOnly("fast");
        assertThat(Try.weave(Try.patchable("com.acme.**:boolean"), FlagUser.class, Phase.LOAD)
                        .entries())
                .isEmpty();
        assertThat(Try.weave(Try.patchable("com.acme.fields.Flags.level"), FlagUser.class, Phase.LOAD)
                        .sites())
                .extracting(site -> site.key().name())
                .containsOnly("level");
    }

    @Test
    void anAssignmentInAnOldClassFileIsReported() {
        ClassFile reader = ClassFile.of();
        byte[] old = reader.transformClass(reader.parse(Throwaway.bytesOf(FlagUser.class)), (builder, element) -> {
            if (element instanceof java.lang.classfile.ClassFileVersion) {
                builder.withVersion(50, 0);
            } else {
                builder.with(element);
            }
        });
        WeaveResult result =
                Weaver.of(Try.patchable("com.acme.fields.Flags.fast")).weave(old, Throwaway::bytesOf, Phase.LOAD);
        assertThat(result.changed()).isFalse();
        assertThat(result.rejections())
                .extracting(rejection -> rejection.reason().replaceFirst(", line \\d+", ""))
                .containsExactly(
                        "uses in com.acme.fields.FlagUser cannot be patched: class file version 50 has no invokedynamic"
                                + " (in com.acme.fields.FlagUser.fast())",
                        "uses in com.acme.fields.FlagUser cannot be patched: class file version 50 has no"
                                + " invokedynamic; its readers do not see this assignment (in"
                                + " com.acme.fields.FlagUser.fast(boolean))");
    }
}
