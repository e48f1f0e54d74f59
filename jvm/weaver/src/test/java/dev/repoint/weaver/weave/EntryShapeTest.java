package dev.repoint.weaver.weave;

import static dev.repoint.weaver.weave.Try.opcodes;
import static dev.repoint.weaver.weave.Try.patchable;
import static dev.repoint.weaver.weave.Try.weave;
import static org.assertj.core.api.Assertions.assertThat;

import com.acme.Crc;
import com.acme.Marked;
import com.acme.twin.Ledger;
import dev.repoint.Key;
import dev.repoint.internal.classfile.ClassBytes;
import dev.repoint.weaver.PatchedEntry;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.outline.Needles;
import dev.repoint.weaver.outline.RawPool;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryShapeTest {

    @Test
    void aStaticMethodStartsWithThePrologueAndGoesOnAsBefore() {
        byte[] woven =
                weave(patchable("com.acme.Crc.update"), Crc.class, Phase.LOAD).bytes();

        List<String> original = opcodes(Try.method(Throwaway.bytesOf(Crc.class), "update"));
        List<String> now = opcodes(Try.method(woven, "update"));
        assertThat(now.subList(0, 9))
                .containsExactly(
                        "invokedynamic",
                        "dup",
                        "ifnull",
                        "checkcast",
                        "iload_0",
                        "aload_1",
                        "invokeinterface",
                        "ireturn",
                        "pop");
        assertThat(now.subList(9, now.size())).isEqualTo(original);
    }

    @Test
    void aReferenceResultIsCastAndAnObjectIsNot() {
        byte[] woven = weave(patchable("com.acme.Crc.locked", "com.acme.Marked.*"), Crc.class, Phase.LOAD)
                .bytes();

        assertThat(opcodes(Try.method(woven, "locked")).subList(0, 10))
                .containsExactly(
                        "invokedynamic",
                        "dup",
                        "ifnull",
                        "checkcast",
                        "aload_0",
                        "aload_1",
                        "invokeinterface",
                        "checkcast",
                        "areturn",
                        "pop");
    }

    @Test
    void theQuestionCarriesNameDescriptorAndFingerprint() {
        byte[] woven =
                weave(patchable("com.acme.Crc.mixed"), Crc.class, Phase.LOAD).bytes();

        InvokeDynamicInstruction question = question(Try.method(woven, "mixed"));
        assertThat(question.name().stringValue()).isEqualTo("mixed");
        assertThat(question.type().stringValue()).isEqualTo("()Ljava/lang/Object;");
        assertThat(question.bootstrapMethod().owner().descriptorString()).isEqualTo("Ldev/repoint/link/MethodLink;");
        assertThat(question.bootstrapMethod().methodName()).isEqualTo("entry");
        assertThat(question.bootstrapArgs())
                .hasToString("[(JDFZCSBLjava/lang/String;[[I)J, " + ClassBytes.fingerprint(Throwaway.bytesOf(Crc.class))
                        + "]");
    }

    @Test
    void theShapeErasesTypesAndTakesTheReceiverFirst() {
        byte[] woven =
                weave(patchable("com.acme.Crc.mixed"), Crc.class, Phase.LOAD).bytes();

        InvokeInstruction call = Try.method(woven, "mixed")
                .code()
                .orElseThrow()
                .elementStream()
                .filter(InvokeInstruction.class::isInstance)
                .map(InvokeInstruction.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(call.owner().asInternalName()).isEqualTo("dev/repoint/shape/Shape_LJDFIIIILL_J");
        assertThat(call.type().stringValue())
                .isEqualTo("(Ljava/lang/Object;JDFIIIILjava/lang/Object;Ljava/lang/Object;)J");
    }

    @Test
    void anAnnotationMayAskForPointerMode() {
        WeaveResult result = weave(Selection.ofAnnotated(), Marked.class, Phase.LOAD);

        assertThat(question(Try.method(result.bytes(), "twice"))
                        .bootstrapMethod()
                        .methodName())
                .isEqualTo("entry");
        assertThat(question(Try.method(result.bytes(), "often"))
                        .bootstrapMethod()
                        .methodName())
                .isEqualTo("pointerEntry");
        assertThat(result.entries())
                .containsExactlyInAnyOrder(
                        new PatchedEntry(new Key("com.acme.Marked", "twice", "(I)I"), false),
                        new PatchedEntry(new Key("com.acme.Marked", "often", "(I)I"), false),
                        new PatchedEntry(new Key("com.acme.Marked", "get", "()Ljava/lang/String;"), false));
    }

    @Test
    void theFirstLineStaysThatOfTheBody() {
        byte[] woven =
                weave(patchable("com.acme.Crc.noBranch"), Crc.class, Phase.LOAD).bytes();

        assertThat(lines(woven)).isEqualTo(lines(Throwaway.bytesOf(Crc.class)));
    }

    @Test
    void aClassGetsNoNewMethodForABodyThatCanBeCopied() {
        byte[] plain = Throwaway.bytesOf(Crc.class);

        assertThat(methods(weave(patchable("com.acme.Crc.*"), Crc.class, Phase.LOAD)
                        .bytes()))
                .isEqualTo(methods(plain));
    }

    @Test
    void aBodyThatLooksAtItsCallersKeepsATwin() {
        byte[] plain = Throwaway.bytesOf(Ledger.class);
        WeaveResult woven = weave(patchable("com.acme.twin.Ledger.*"), Ledger.class, Phase.LOAD);

        assertThat(woven.entries().stream()
                        .filter(PatchedEntry::twin)
                        .map(each -> each.key().name()))
                .containsExactly("caller");
        MethodModel twin = Try.method(woven.bytes(), "repoint$default$caller");
        assertThat(twin.flags().flagsMask())
                .isEqualTo(ClassFile.ACC_PRIVATE | ClassFile.ACC_SYNTHETIC | ClassFile.ACC_STATIC);
        assertThat(twin.methodType().stringValue()).isEqualTo("()Ljava/lang/Class;");
        assertThat(opcodes(twin)).isEqualTo(opcodes(Try.method(plain, "caller")));
        assertThat(attributeNames(twin.findAttribute(Attributes.code()).orElseThrow()))
                .doesNotContain("LocalVariableTable");
    }

    @Test
    void aLoadedClassGetsNoNewMethod() {
        WeaveResult result = weave(patchable("com.acme.Crc.*"), Crc.class, Phase.RETRANSFORM);

        assertThat(methods(result.bytes())).isEqualTo(methods(Throwaway.bytesOf(Crc.class)));
        assertThat(result.entries()).isNotEmpty().noneMatch(PatchedEntry::twin);
    }

    private static List<String> methods(byte[] classFile) {
        return ClassFile.of().parse(classFile).methods().stream()
                .map(method ->
                        method.methodName().stringValue() + method.methodType().stringValue())
                .toList();
    }

    @Test
    void everythingElseOfAMethodIsKept() {
        MethodModel before = Try.method(Throwaway.bytesOf(Crc.class), "generic");
        MethodModel after = Try.method(
                weave(patchable("com.acme.Crc.generic"), Crc.class, Phase.LOAD).bytes(), "generic");

        assertThat(attributeNames(after)).containsExactlyInAnyOrderElementsOf(attributeNames(before));
        assertThat(attributeNames(after.findAttribute(Attributes.code()).orElseThrow()))
                .contains("LocalVariableTable", "LocalVariableTypeTable", "LineNumberTable")
                .containsAll(
                        attributeNames(before.findAttribute(Attributes.code()).orElseThrow()));
        assertThat(after.findAttribute(Attributes.signature())
                        .orElseThrow()
                        .signature()
                        .stringValue())
                .isEqualTo("(Ljava/util/List<+Ljava/lang/String;>;)Ljava/util/List<Ljava/lang/String;>;");
    }

    @Test
    void aWovenClassIsMarkedWithItsFormat() {
        byte[] woven =
                weave(patchable("com.acme.Crc.update"), Crc.class, Phase.LOAD).bytes();

        assertThat(formatOf(woven)).isEqualTo(3);
        assertThat(formatOf(Throwaway.bytesOf(Crc.class))).isZero();
    }

    private static int formatOf(byte[] classFile) {
        return RawPool.read(classFile, new Needles()).view().twoBytesOf("dev.repoint.Woven");
    }

    private static InvokeDynamicInstruction question(MethodModel method) {
        return (InvokeDynamicInstruction) method.code()
                .orElseThrow()
                .elementStream()
                .filter(InvokeDynamicInstruction.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static List<Integer> lines(byte[] classFile) {
        CodeAttribute code = Try.method(classFile, "noBranch")
                .findAttribute(Attributes.code())
                .orElseThrow();
        return code.findAttribute(Attributes.lineNumberTable()).orElseThrow().lineNumbers().stream()
                .map(line -> line.lineNumber())
                .toList();
    }

    private static List<String> attributeNames(java.lang.classfile.AttributedElement element) {
        return element.attributes().stream()
                .map(attribute -> attribute.attributeName().stringValue())
                .toList();
    }
}
