package dev.repoint.weaver.weave;

import static dev.repoint.weaver.weave.Try.sites;
import static dev.repoint.weaver.weave.Try.weave;
import static org.assertj.core.api.Assertions.assertThat;

import com.acme.Calls;
import com.acme.Odd;
import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.WeaveResult;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SiteRefusalTest {

    private static final ClassDesc OPS = ClassDesc.of("com.acme.Ops");
    private static final MethodTypeDesc ADD =
            MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);

    @Test
    void aConstructorCallIsRefused() {
        assertThat(refusal("com.acme.Ops.<init>", Throwaway.bytesOf(Calls.class), Phase.LOAD))
                .contains("constructor");
    }

    @Test
    void aSerializableMethodReferenceIsLeft() {
        assertThat(refusal("com.acme.Ops.add", Throwaway.bytesOf(Odd.class), Phase.LOAD))
                .contains("serializable")
                .contains("(in com.acme.Odd.serializable(), line ");
    }

    @Test
    void aMethodReferenceOfALoadedClassIsLeft() {
        WeaveResult result = weave(sites("com.acme.Ops.add"), Calls.class, Phase.RETRANSFORM);

        assertThat(result.rejections())
                .hasSize(2)
                .allMatch(rejection -> rejection.reason().contains("bridge")
                        && rejection.reason().contains("onMethodReferences"));
    }

    /// Else whoever lists the methods of the class, as frameworks do, would meet the missing class in the bridge.
    @Test
    void aCallWithAClassThatTheProgramDoesNotHaveGetsNoBridge() {
        MethodTypeDesc type = MethodTypeDesc.of(ConstantDescs.CD_void, ClassDesc.of("com.acme.gone.Argument"));
        byte[] calls =
                made(code -> code.aconst_null().invokestatic(OPS, "use", type).return_());
        ClassSource complete = new Complete();
        Weaver weaver = Weaver.of(sites("com.acme.Ops.use"));

        WeaveResult left = weaver.weave(calls, complete, Phase.LOAD);
        assertThat(left.changed()).isFalse();
        assertThat(left.rejections())
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.reason())
                        .contains("class com.acme.gone.Argument is not found, and a bridge would name it"));
        byte[] ofSubclass = made(code -> code.aconst_null()
                .invokestatic(OPS, "use", MethodTypeDesc.of(ConstantDescs.CD_void, ClassDesc.of("com.acme.OfGone")))
                .return_());
        assertThat(weaver.weave(ofSubclass, complete, Phase.LOAD).rejections())
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.reason()).contains("class com.acme.OfGone is not found"));
        assertThat(weaver.weave(calls, complete::find, Phase.LOAD).sites()).hasSize(1);
        assertThat(weaver.weave(calls, complete, Phase.RETRANSFORM).sites()).hasSize(1);
    }

    /// As compilers of Kotlin write it, for which the verifier has a rule of its own.
    @Test
    void aCallThatMayCloneAnArrayIsLeft() {
        MethodTypeDesc type = MethodTypeDesc.of(ConstantDescs.CD_Object);
        byte[] clones = made(code -> code.iconst_0()
                .newarray(TypeKind.INT)
                .invokevirtual(ConstantDescs.CD_Object, "clone", type)
                .pop()
                .return_());
        Try.assertVerifies(clones);

        assertThat(refusal("java.lang.Object.clone", clones, Phase.LOAD)).contains("it may clone an array");
        assertThat(refusal("java.lang.Object.clone", clones, Phase.RETRANSFORM)).contains("it may clone an array");
    }

    @Test
    void aCallThatAsksForTheCallersCallerGetsNoBridge() {
        ClassDesc walker = ClassDesc.of("java.lang.StackWalker");
        byte[] asks = made(code -> code.aconst_null()
                .checkcast(walker)
                .invokevirtual(walker, "getCallerClass", MethodTypeDesc.of(ConstantDescs.CD_Class))
                .pop()
                .return_());

        assertThat(refusal("java.lang.StackWalker.getCallerClass", asks, Phase.LOAD))
                .contains("a bridge would come in");
        assertThat(weave(sites("java.lang.StackWalker.getCallerClass"), asks, Phase.RETRANSFORM)
                        .sites())
                .hasSize(1);
    }

    @Test
    void aSignaturePolymorphicCallIsRefused() {
        assertThat(refusal("java.lang.invoke.MethodHandle.invokeExact", Throwaway.bytesOf(Odd.class), Phase.LOAD))
                .contains("signature-polymorphic");
    }

    @Test
    void aLoadedMethodHandleConstantIsLeft() {
        MethodHandleDesc add = MethodHandleDesc.ofMethod(DirectMethodHandleDesc.Kind.STATIC, OPS, "add", ADD);

        assertThat(refusal(
                        "com.acme.Ops.add",
                        made(code -> code.loadConstant(add).pop().return_()),
                        Phase.LOAD))
                .isEqualTo("a MethodHandle constant is loaded and not called (in com.acme.Made.m())");
    }

    @Test
    void aClassFileWithoutInvokedynamicIsRefused() {
        byte[] old = ClassFile.of()
                .build(
                        ClassDesc.of("com.acme.Made"),
                        type -> type.withVersion(49, 0)
                                .withMethodBody(
                                        "m",
                                        ConstantDescs.MTD_void,
                                        ClassFile.ACC_STATIC,
                                        code -> code.iconst_0()
                                                .iconst_0()
                                                .invokestatic(OPS, "add", ADD)
                                                .pop()
                                                .return_()));

        assertThat(refusal("com.acme.Ops.add", old, Phase.LOAD)).contains("version 49");
    }

    @Test
    void aCallOfAnArrayIsNoneOfItsClass() {
        assertThat(weave(sites("java.lang.Object.clone"), Odd.class, Phase.LOAD).changed())
                .isFalse();
    }

    @Test
    void aMethodOfAClassThatCannotBeFoundIsTakenAtItsName() {
        byte[] bytes = made(code -> code.invokestatic(ClassDesc.of("com.absent.Gone"), "m", ConstantDescs.MTD_void)
                .return_());

        assertThat(weave(sites("com.absent.Gone.m"), bytes, Phase.LOAD).sites())
                .singleElement()
                .extracting(site -> site.key().text())
                .isEqualTo("com.absent.Gone.m()");
    }

    @Test
    void aMemberThatMayBeProtectedInAClassThatCannotBeFoundIsLeft() {
        ClassDesc gone = ClassDesc.of("com.absent.Gone");
        byte[] bytes = ClassFile.of()
                .build(
                        ClassDesc.of("com.acme.Made"),
                        type -> type.withSuperclass(gone)
                                .withMethodBody(
                                        "m",
                                        ConstantDescs.MTD_void,
                                        ClassFile.ACC_PUBLIC,
                                        code -> code.aload(0)
                                                .invokevirtual(gone, "m", ConstantDescs.MTD_void)
                                                .return_()));
        ClassSource nothing = name -> null;

        WeaveResult result = Weaver.of(sites("com.absent.Gone.m")).weave(bytes, nothing, Phase.LOAD);

        assertThat(result.changed()).isFalse();
        assertThat(result.rejections())
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.reason()).contains("cannot be found"));
        assertThat(Weaver.of(sites("com.absent.Gone.m"))
                        .weave(bytes, nothing, Phase.RETRANSFORM)
                        .sites())
                .hasSize(1);
    }

    @Test
    void aMethodThatWouldGrowTooLongInPlaceIsLeftWhole() {
        byte[] bytes = made(code -> {
            for (int i = 0; i < 400; i++) {
                code.iconst_0().iconst_0().invokestatic(OPS, "add", ADD).pop();
            }
            code.return_();
        });

        assertThat(refusal("com.acme.Ops.add", bytes, Phase.RETRANSFORM)).contains("8000");
        assertThat(weave(sites("com.acme.Ops.add"), bytes, Phase.LOAD).sites()).hasSize(400);
    }

    @Test
    void whatACompilerMadeIsNotCoveredByWildcards() {
        assertThat(weave(sites("com.acme.Calls.*"), Calls.class, Phase.LOAD).sites())
                .noneMatch(site -> site.key().name().startsWith("lambda$"));
    }

    @Test
    void privateCallsOfOldClassFilesGoThroughAnInstanceBridge() {
        ClassDesc self = ClassDesc.of("com.acme.Made");
        byte[] bytes = ClassFile.of()
                .build(
                        self,
                        type -> type.withVersion(52, 0)
                                .withMethodBody(
                                        "m",
                                        ConstantDescs.MTD_void,
                                        ClassFile.ACC_PUBLIC,
                                        code -> code.aload(0)
                                                .invokespecial(self, "hidden", ConstantDescs.MTD_void)
                                                .return_())
                                .withMethodBody(
                                        "hidden", ConstantDescs.MTD_void, ClassFile.ACC_PRIVATE, CodeBuilder::return_));

        WeaveResult result = weave(sites("com.acme.Made.hidden"), bytes, Phase.LOAD);

        assertThat(result.sites()).extracting(Site::kind).containsExactly("invokespecial");
        new Throwaway().with("com.acme.Made", result.bytes()).load("com.acme.Made");
    }

    @Test
    void aReadOfAFieldWhoseTypeTheProgramDoesNotHaveGetsNoBridge() {
        byte[] reads = made(code -> code.getstatic(OPS, "gone", ClassDesc.of("com.acme.gone.Field"))
                .pop()
                .return_());
        Weaver weaver = Weaver.of(Try.patchable("com.acme.Ops.gone"));

        WeaveResult left = weaver.weave(reads, new Complete(), Phase.LOAD);
        assertThat(left.changed()).isFalse();
        assertThat(left.rejections())
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.reason())
                        .contains("class com.acme.gone.Field is not found, and a bridge would name it"));
        assertThat(weaver.weave(reads, new Complete()::find, Phase.LOAD).sites())
                .hasSize(1);
    }

    @Test
    void aPatternOfEverythingDoesNotMeanAFieldThatIsNotFound() {
        byte[] reads = made(code -> code.getstatic(ClassDesc.of("com.acme.gone.Flags"), "on", ConstantDescs.CD_boolean)
                .pop()
                .return_());

        for (String pattern : List.of("com.acme.**", "**")) {
            assertThat(Weaver.of(Try.patchable(pattern))
                            .weave(reads, Throwaway::bytesOf, Phase.LOAD)
                            .sites())
                    .isEmpty();
        }
        for (String pattern : List.of("com.acme.gone.Flags.on", "com.acme.**:boolean", "**:*")) {
            assertThat(Weaver.of(Try.patchable(pattern))
                            .weave(reads, Throwaway::bytesOf, Phase.LOAD)
                            .sites())
                    .hasSize(1);
        }
    }

    /// What the program has: no class of `com.acme.gone`, and one that extends such a class.
    private static final class Complete implements ClassSource {

        @Override
        public byte @Nullable [] find(String internalName) {
            if (internalName.equals("com/acme/OfGone")) {
                return ClassFile.of()
                        .build(
                                ClassDesc.of("com.acme.OfGone"),
                                type -> type.withInterfaceSymbols(ClassDesc.of("com.acme.gone.Interface")));
            }
            return internalName.startsWith("com/acme/gone/") ? null : Throwaway.bytesOf(internalName);
        }

        @Override
        public boolean isComplete() {
            return true;
        }
    }

    private static byte[] made(Consumer<CodeBuilder> code) {
        return ClassFile.of()
                .build(
                        ClassDesc.of("com.acme.Made"),
                        type -> type.withVersion(ClassFile.JAVA_17_VERSION, 0)
                                .withMethodBody("m", ConstantDescs.MTD_void, ClassFile.ACC_STATIC, code));
    }

    private static String refusal(String pattern, byte[] classFile, Phase phase) {
        WeaveResult result = weave(sites(pattern), classFile, phase);
        assertThat(result.bytes()).isSameAs(classFile);
        assertThat(result.rejections()).isNotEmpty();
        return result.rejections().getFirst().reason();
    }
}
