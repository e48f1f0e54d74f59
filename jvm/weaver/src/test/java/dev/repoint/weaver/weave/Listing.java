package dev.repoint.weaver.weave;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeAnnotation;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.UninitializedVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What a class file says, without where it says it: two weavers that do the same come to the same listing.
///
/// Instructions are counted without `nop`s. Constants stand for what they name, frames, handlers, lines and type
/// annotations for the instructions at their offsets.
final class Listing {

    private final Map<Label, Integer> places = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    private Listing() {}

    /// The methods of a class.
    static Map<String, List<String>> of(byte[] classFile) {
        ClassModel model = ClassFile.of().parse(classFile);
        Map<String, List<String>> methods = new HashMap<>();
        for (MethodModel method : model.methods()) {
            String name = method.methodName() + method.methodType().stringValue();
            methods.put(name, new Listing().read(method));
        }
        return methods;
    }

    private List<String> read(MethodModel method) {
        lines.add("flags " + method.flags().flagsMask());
        lines.add("attributes "
                + new TreeSet<>(method.attributes().stream()
                        .map(each -> each.attributeName().stringValue())
                        .toList()));
        CodeAttribute code = method.findAttribute(Attributes.code()).orElse(null);
        if (code != null) {
            lines.add("stack " + code.maxStack() + ", locals " + code.maxLocals());
            number(code);
            instructions(code);
            frames(code);
            types(code);
        }
        return lines;
    }

    private void number(CodeAttribute code) {
        int count = 0;
        for (CodeElement element : code) {
            if (element instanceof LabelTarget target) {
                places.put(target.label(), count);
            } else if (isCounted(element)) {
                count++;
            }
        }
    }

    private static boolean isCounted(CodeElement element) {
        return element instanceof Instruction instruction && instruction.opcode() != Opcode.NOP;
    }

    private void instructions(CodeAttribute code) {
        int line = -1;
        for (CodeElement element : code) {
            switch (element) {
                case LineNumber number -> line = number.line();
                case ExceptionCatch handler ->
                    lines.add("catch " + handler.catchType() + " from " + places.get(handler.tryStart()) + " to "
                            + places.get(handler.tryEnd()) + " at " + places.get(handler.handler()));
                case BranchInstruction branch ->
                    lines.add(line + " " + branch.opcode() + " " + places.get(branch.target()));
                case TableSwitchInstruction table ->
                    lines.add(line + " tableswitch " + table.lowValue() + " " + table.highValue() + " "
                            + cases(table.cases()) + places.get(table.defaultTarget()));
                case LookupSwitchInstruction lookup ->
                    lines.add(line + " lookupswitch " + cases(lookup.cases()) + places.get(lookup.defaultTarget()));
                case Instruction instruction when isCounted(instruction) -> lines.add(line + " " + instruction);
                default -> {
                    // labels have been read, variables are for debuggers
                }
            }
        }
    }

    private String cases(List<SwitchCase> cases) {
        StringBuilder text = new StringBuilder();
        cases.forEach(each -> text.append(each.caseValue())
                .append(':')
                .append(places.get(each.target()))
                .append(' '));
        return text.toString();
    }

    private void frames(CodeAttribute code) {
        code.findAttribute(Attributes.stackMapTable()).ifPresent(table -> {
            for (StackMapFrameInfo frame : table.entries()) {
                lines.add("frame " + places.get(frame.target()) + " " + types(frame.locals()) + types(frame.stack()));
            }
        });
    }

    private List<String> types(List<VerificationTypeInfo> types) {
        return types.stream()
                .map(type -> type instanceof UninitializedVerificationTypeInfo fresh
                        ? "new at " + places.get(fresh.newTarget())
                        : type.toString())
                .toList();
    }

    private void types(CodeAttribute code) {
        List<TypeAnnotation> all = new ArrayList<>();
        code.findAttribute(Attributes.runtimeVisibleTypeAnnotations())
                .ifPresent(each -> all.addAll(each.annotations()));
        code.findAttribute(Attributes.runtimeInvisibleTypeAnnotations())
                .ifPresent(each -> all.addAll(each.annotations()));
        for (TypeAnnotation annotation : all) {
            String place = switch (annotation.targetInfo()) {
                case TypeAnnotation.OffsetTarget target -> " " + places.get(target.target());
                case TypeAnnotation.TypeArgumentTarget target ->
                    " " + places.get(target.target()) + " " + target.typeArgumentIndex();
                default -> "";
            };
            lines.add(annotation.targetInfo().targetType() + place + " "
                    + annotation.annotation().className());
        }
    }
}
