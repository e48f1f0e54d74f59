package dev.repoint.weaver.weave;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.Annotated;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import java.lang.classfile.Attributes;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.TypeAnnotation;
import java.lang.classfile.TypeAnnotation.LocalVarTarget;
import java.lang.classfile.TypeAnnotation.OffsetTarget;
import java.lang.classfile.TypeAnnotation.TypeArgumentTarget;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.LabelTarget;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TypeAnnotationTest {

    /// They name instructions by offset, and these move.
    @ParameterizedTest
    @EnumSource(Phase.class)
    void annotationsInBodiesStillNameTheirInstructions(Phase phase) {
        byte[] original = Throwaway.bytesOf(Annotated.class);
        Selection selection = new Selection(
                Try.keys("com.acme.Annotated.noted"), false, Try.keys("com.acme.Ops.nothing"), List.of(), List.of());

        byte[] woven = Try.weave(selection, original, phase).bytes();

        assertThat(places(original)).hasSize(3).isEqualTo(places(woven));
    }

    /// The annotations, each with the instruction at its place.
    private static List<String> places(byte[] classFile) {
        CodeAttribute code =
                Try.method(classFile, "noted").findAttribute(Attributes.code()).orElseThrow();
        List<String> places = new ArrayList<>();
        for (TypeAnnotation annotation : code.findAttribute(Attributes.runtimeVisibleTypeAnnotations())
                .orElseThrow()
                .annotations()) {
            places.add(annotation.targetInfo().targetType()
                    + switch (annotation.targetInfo()) {
                        case OffsetTarget target -> instructionAt(code, target.target());
                        case TypeArgumentTarget target -> instructionAt(code, target.target());
                        case LocalVarTarget target ->
                            instructionAt(code, target.table().getFirst().startLabel());
                        default -> throw new AssertionError(annotation.targetInfo());
                    });
        }
        return places;
    }

    private static String instructionAt(CodeAttribute code, Label label) {
        boolean here = false;
        for (var element : code) {
            here |= element instanceof LabelTarget target && target.label().equals(label);
            if (here && element instanceof Instruction instruction) {
                return " " + instruction.opcode();
            }
        }
        throw new AssertionError("no instruction at " + label);
    }
}
