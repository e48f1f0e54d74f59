package dev.repoint.weaver.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.ClassPattern;
import dev.repoint.KeyPattern;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveResult;
import java.io.ByteArrayInputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Short ways for tests to weave, and to look at what came out.
public final class Try {

    private Try() {}

    public static Selection patchable(String... patterns) {
        return new Selection(keys(patterns), false, List.of(), List.of(), List.of());
    }

    public static Selection sites(String... patterns) {
        return new Selection(List.of(), false, keys(patterns), List.of(), List.of());
    }

    public static List<KeyPattern> keys(String... patterns) {
        return Stream.of(patterns).map(KeyPattern::parse).toList();
    }

    public static List<ClassPattern> classes(String... patterns) {
        return Stream.of(patterns).map(ClassPattern::parse).toList();
    }

    static WeaveResult weave(Selection selection, Class<?> type, Phase phase) {
        return weave(selection, Throwaway.bytesOf(type), phase);
    }

    static WeaveResult weave(Selection selection, byte[] classFile, Phase phase) {
        WeaveResult result = Weaver.of(selection).weave(classFile, Throwaway::bytesOf, phase);
        assertThat(result.changed()).isEqualTo(result.bytes() != classFile);
        if (result.changed()) {
            assertVerifies(result.bytes());
        }
        return result;
    }

    static void assertVerifies(byte[] classFile) {
        ClassHierarchyResolver parsing = ClassHierarchyResolver.ofResourceParsing(type -> {
            String descriptor = type.descriptorString();
            byte[] bytes =
                    type.equals(ClassFile.of().parse(classFile).thisClass().asSymbol())
                            ? classFile
                            : Throwaway.bytesOf(descriptor.substring(1, descriptor.length() - 1));
            return bytes == null ? null : new ByteArrayInputStream(bytes);
        });
        ClassFile verifier = ClassFile.of(ClassHierarchyResolverOption.of(parsing.cached()));
        assertThat(verifier.verify(classFile)).isEmpty();
    }

    static MethodModel method(byte[] classFile, String name) {
        ClassModel model = ClassFile.of().parse(classFile);
        return model.methods().stream()
                .filter(method -> method.methodName().equalsString(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no method " + name));
    }

    static boolean has(byte[] classFile, String name) {
        return ClassFile.of().parse(classFile).methods().stream()
                .anyMatch(method -> method.methodName().equalsString(name));
    }

    /// The names of a method's instructions, in order.
    static List<String> opcodes(MethodModel method) {
        List<String> opcodes = new ArrayList<>();
        for (CodeElement element : method.code().orElseThrow()) {
            if (element instanceof Instruction instruction) {
                opcodes.add(instruction.opcode().name().toLowerCase(java.util.Locale.ROOT));
            }
        }
        return opcodes;
    }
}
