package dev.repoint.weaver.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.weaver.PatchedEntry;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.WeaveResult;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A class whose constant pool has not room for everything: what fits is woven, and the rest is named.
class FullPoolTest {

    private static final String NAME = "com.acme.Full";
    private static final int METHODS = 420;
    private static final int LIMIT = 65_535;

    /// A class of many methods that has room for some more constants.
    private static byte[] full(int room) {
        return ClassFile.of().build(ClassDesc.of(NAME), type -> {
            for (int i = 0; i < METHODS; i++) {
                int number = i;
                type.withMethodBody(
                        "m" + i,
                        ConstantDescs.MTD_void.changeReturnType(ConstantDescs.CD_int),
                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                        code -> code.loadConstant(number).ireturn());
            }
            type.withMethodBody(
                    "calls",
                    ConstantDescs.MTD_void.changeReturnType(ConstantDescs.CD_int),
                    ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                    code -> code.invokestatic(
                                    ClassDesc.of(NAME),
                                    "m7",
                                    ConstantDescs.MTD_void.changeReturnType(ConstantDescs.CD_int))
                            .ireturn());
            for (int i = 0; type.constantPool().size() < LIMIT - room; i++) {
                type.constantPool().intEntry(1_000_000 + i);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void whatFitsIsWovenAndTheRestIsNamed(Phase phase) throws Exception {
        WeaveResult result = Try.weave(Try.patchable("**"), full(500), phase);

        assertThat(result.entries()).hasSizeBetween(20, METHODS - 20);
        assertThat(result.rejections())
                .hasSize(METHODS + 1 - result.entries().size())
                .allSatisfy(rejection -> {
                    assertThat(rejection.reason()).startsWith("the constant pool of its class is full");
                    assertThat(result.entries()).extracting(PatchedEntry::key).doesNotContain(rejection.key());
                });
        Class<?> loaded = new Throwaway().with(NAME, result.bytes()).load(NAME);
        assertThat(loaded.getMethod("m7").invoke(null)).isEqualTo(7);
        assertThat(loaded.getMethod("m419").invoke(null)).isEqualTo(419);
        WeaveResult again = Try.weave(Try.patchable("**"), result.bytes(), phase);
        assertThat(again.changed()).isFalse();
        assertThat(again.rejections()).isEqualTo(result.rejections());
    }

    @Test
    void whatIsNamedAloneIsWovenThoughTheOthersWouldNotFit() {
        assertThat(Try.weave(Try.patchable(NAME + ".m400"), full(100), Phase.LOAD)
                        .entries())
                .singleElement()
                .extracting(entry -> entry.key().name())
                .isEqualTo("m400");
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void withoutAnyRoomNothingIsWoven(Phase phase) {
        byte[] classFile = full(4);
        WeaveResult result = Try.weave(Try.patchable("**"), classFile, phase);

        assertThat(result.changed()).isFalse();
        assertThat(result.bytes()).isSameAs(classFile);
        assertThat(result.rejections()).hasSize(METHODS + 1);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void aCallForWhichThereIsNoRoomIsNamed(Phase phase) {
        WeaveResult result = Try.weave(Try.sites(NAME + ".m7"), full(4), phase);

        assertThat(result.sites()).isEmpty();
        assertThat(result.rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.key().text()).isEqualTo(NAME + ".m7()");
            assertThat(rejection.reason())
                    .startsWith("the constant pool of its class is full")
                    .endsWith("(in " + NAME + ".calls())");
        });
    }
}
