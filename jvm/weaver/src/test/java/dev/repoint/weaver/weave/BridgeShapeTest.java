package dev.repoint.weaver.weave;

import static dev.repoint.weaver.weave.Try.opcodes;
import static dev.repoint.weaver.weave.Try.sites;
import static dev.repoint.weaver.weave.Try.weave;
import static org.assertj.core.api.Assertions.assertThat;

import com.acme.Calls;
import com.acme.Guards;
import com.acme.Shaped;
import dev.repoint.Key;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.WeaveResult;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.InterfaceMethodRefEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.List;
import org.junit.jupiter.api.Test;

class BridgeShapeTest {

    @Test
    void aBridgeAsksFirstAndThenMakesTheOriginalCall() {
        MethodModel bridge = bridges("com.acme.Ops.add").getFirst();

        assertThat(opcodes(bridge))
                .containsExactly(
                        "invokedynamic",
                        "dup",
                        "ifnull",
                        "checkcast",
                        "iload_0",
                        "iload_1",
                        "invokeinterface",
                        "ireturn",
                        "pop",
                        "iload_0",
                        "iload_1",
                        "invokestatic",
                        "ireturn");
        assertThat(bridge.flags().flagsMask())
                .isEqualTo(ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC);
    }

    @Test
    void theQuestionNamesTheClassThatDeclaresTheMethod() {
        InvokeDynamicInstruction question = (InvokeDynamicInstruction) bridges("com.acme.Ops.add")
                .getFirst()
                .code()
                .orElseThrow()
                .elementStream()
                .filter(InvokeDynamicInstruction.class::isInstance)
                .findFirst()
                .orElseThrow();

        assertThat(question.name().stringValue()).isEqualTo("add");
        assertThat(question.bootstrapMethod().methodName()).isEqualTo("staticSite");
        assertThat(question.bootstrapArgs()).hasToString("[com.acme.Ops, (II)I]");
    }

    @Test
    void callsOfTheSameConstantShareABridge() {
        assertThat(bridges("com.acme.Ops.add"))
                .extracting(method -> method.methodName().stringValue())
                .containsExactly("repoint$add$0", "repoint$add$1"); // through Ops, and through SubOps
    }

    @Test
    void aVirtualBridgeTakesTheReceiverFirst() {
        assertThat(bridges("com.acme.Ops.with"))
                .extracting(method -> method.methodType().stringValue())
                .containsExactly("(Lcom/acme/Ops;Ljava/lang/String;)Lcom/acme/Ops;");
    }

    @Test
    void aReferenceWithABoundReceiverGetsABridgeOfTheCapturedType() {
        assertThat(bridges("com.acme.Ops.text"))
                .extracting(method -> method.methodType().stringValue())
                .containsExactlyInAnyOrder(
                        "(Lcom/acme/Ops;)Ljava/lang/String;", "(Lcom/acme/SubOps;)Ljava/lang/String;");
    }

    @Test
    void aReferenceStillLinksTheMethodThatItNamesWhereItIsMade() {
        byte[] woven =
                weave(sites("com.acme.Ops.text"), Calls.class, Phase.LOAD).bytes();

        assertThat(opcodes(Try.method(woven, "repoint$text$ref0")))
                .containsSubsequence("invokedynamic", "ldc_w", "pop", "areturn");
        WeaveResult again = weave(sites("com.acme.Ops.text"), woven, Phase.LOAD);
        assertThat(again.rejections()).isEmpty();
        assertThat(again.bytes()).isSameAs(woven);
    }

    @Test
    void aSuperCallGoesThroughAnInstanceBridge() {
        assertThat(bridges("com.acme.base.Base.overridden")).singleElement().satisfies(bridge -> {
            assertThat(bridge.flags().flagsMask()).isEqualTo(ClassFile.ACC_PRIVATE | ClassFile.ACC_SYNTHETIC);
            assertThat(opcodes(bridge)).contains("invokespecial");
        });
    }

    @Test
    void aProtectedMemberOfAnotherPackageNarrowsTheReceiverToTheCaller() {
        byte[] narrowed = Narrowing.classFile();

        byte[] woven =
                weave(sites("com.acme.base.Base.guarded"), narrowed, Phase.LOAD).bytes();

        assertThat(Try.method(woven, "repoint$guarded$0").methodType().stringValue())
                .isEqualTo("(Lcom/acme/Narrowed;I)Ljava/lang/String;");
        new Throwaway()
                .plain(com.acme.base.Base.class)
                .with("com.acme.Narrowed", woven)
                .load("com.acme.Narrowed");
    }

    @Test
    void aProtectedMemberOfASubclassKeepsTheReceiverAsItIs() {
        byte[] woven = weave(sites("com.acme.base.Base.guarded"), Guards.class, Phase.LOAD)
                .bytes();

        assertThat(Try.method(woven, "repoint$guarded$0").methodType().stringValue())
                .isEqualTo("(Lcom/acme/Guards$Sub;I)Ljava/lang/String;");
        new Throwaway()
                .plain(Guards.Sub.class, com.acme.base.Base.class)
                .with("com.acme.Guards", woven)
                .load("com.acme.Guards");
    }

    @Test
    void interfacesGetTheirBridgesThemselves() {
        byte[] woven = weave(sites("com.acme.Shaped.*", "java.lang.**"), Shaped.class, Phase.LOAD)
                .bytes();

        MethodModel name = Try.method(woven, "name");
        assertThat(name.code()
                        .orElseThrow()
                        .elementStream()
                        .filter(InvokeInstruction.class::isInstance)
                        .map(InvokeInstruction.class::cast))
                .isNotEmpty()
                .allMatch(call -> call.method() instanceof InterfaceMethodRefEntry
                        && call.name().stringValue().startsWith("repoint$"));
        new Throwaway().with("com.acme.Shaped", woven).load("com.acme.Shaped");
    }

    @Test
    void everySiteIsReportedWithKindPlaceAndLine() {
        List<Site> sites =
                weave(sites("com.acme.Ops.add"), Calls.class, Phase.LOAD).sites();

        assertThat(sites).allMatch(site -> site.line() > 0 && site.in().owner().equals("com.acme.Calls"));
        assertThat(sites)
                .filteredOn(site -> site.in().name().equals("onStatic"))
                .singleElement()
                .satisfies(site -> {
                    assertThat(site.kind()).isEqualTo("invokestatic");
                    assertThat(site.key()).isEqualTo(new Key("com.acme.Ops", "add", "(II)I"));
                });
        assertThat(sites)
                .filteredOn(site -> site.in().name().equals("onMethodReferences"))
                .extracting(Site::kind)
                .containsExactly("methodref", "methodref");
        assertThat(sites).isSortedAccordingTo(java.util.Comparator.comparingInt(Site::line));
    }

    @Test
    void weavingAgainChangesNothing() {
        for (Phase phase : Phase.values()) {
            byte[] woven = weave(sites("com.acme.**"), Calls.class, phase).bytes();
            assertThat(weave(sites("com.acme.**"), woven, phase).bytes()).isSameAs(woven);
            assertThat(weave(sites("com.acme.**"), Calls.class, phase).bytes()).isEqualTo(woven);
        }
    }

    @Test
    void weavingWithFurtherKeysAddsTheirBridges() {
        byte[] woven = weave(sites("com.acme.Ops.add"), Calls.class, Phase.LOAD).bytes();

        WeaveResult more = weave(sites("com.acme.Ops.*"), woven, Phase.LOAD);

        assertThat(more.sites())
                .isNotEmpty()
                .noneMatch(site -> site.key().name().equals("add"));
    }

    private static List<MethodModel> bridges(String key) {
        byte[] woven = weave(sites(key), Calls.class, Phase.LOAD).bytes();
        return ClassFile.of().parse(woven).methods().stream()
                .filter(method -> method.methodName().stringValue().startsWith("repoint$"))
                .filter(method -> !method.methodName().stringValue().contains("$ref"))
                .toList();
    }
}
