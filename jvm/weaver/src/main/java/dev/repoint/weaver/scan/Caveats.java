package dev.repoint.weaver.scan;

import dev.repoint.Key;
import dev.repoint.weaver.Caveat;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.inplace.Parsing;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.LocalVariableInfo;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds methods that other code does not call where the source seems to call them.
///
/// | pattern | origin |
/// | --- | --- |
/// | a static method that only calls a method of that name on a singleton | Kotlin for `@JvmStatic` in a companion, Scala for the members of an object |
/// | a method that first sets a local variable `$i$f$` and its own name | Kotlin for an `inline` function |
/// | a method that only reads a field, while other methods of its class read the field directly | all languages |
public final class Caveats {

    /// The prefix of the variable that Kotlin adds to each copy of an inline function.
    private static final String INLINED = "$i$f$";

    private static final String INLINE =
            "is an inline function of Kotlin: its callers contain copies, and these do not change";

    private Caveats() {}

    /// The caveats of the methods of one class.
    ///
    /// @param classFile its class file
    /// @param wanted selects the methods
    /// @return the caveats in the order of the class; none if it is of a later Java
    /// @throws WeaveException if the class file is malformed
    public static List<Caveat> of(byte[] classFile, Predicate<Key> wanted) {
        if (WeaveException.isNewer(classFile)) {
            return List.of();
        }
        try {
            ClassModel model = Parsing.CONTEXT.parse(classFile);
            List<Caveat> caveats = new ArrayList<>();
            for (MethodModel method : model.methods()) {
                Key key = key(model, method);
                CodeAttribute code = method.findAttribute(Attributes.code()).orElse(null);
                String text = code == null || !wanted.test(key) ? null : made(method, code);
                if (text != null) {
                    caveats.add(new Caveat(key, text, true));
                } else if (code != null && wanted.test(key)) {
                    text = accessor(model, method, code);
                    if (text != null) {
                        caveats.add(new Caveat(key, text, false));
                    }
                }
            }
            return caveats;
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            throw WeaveException.unreadable(ClassScanner.internalName(classFile), e);
        }
    }

    /// Whether a caveat is about an inline function.
    ///
    /// @param caveat any caveat
    /// @return true if the caller should look for copies of the method
    public static boolean isInline(Caveat caveat) {
        return caveat.text().equals(INLINE);
    }

    /// A caveat with the names of the copies of an inline function.
    ///
    /// @param inline the function
    /// @param copies the methods with a copy; may be empty
    /// @return the caveat
    public static Caveat ofCopies(Key inline, List<Key> copies) {
        return new Caveat(
                inline,
                copies.isEmpty()
                        ? INLINE
                        : "is an inline function of Kotlin: "
                                + some(
                                        copies,
                                        " contains a copy, and this does not change",
                                        " contain copies, and these do not change"),
                true);
    }

    /// The methods of a class that contain a copy of an inline function of Kotlin.
    ///
    /// @param classFile the class file
    /// @param inline the function
    /// @return their keys, without the function itself; empty if the class file does not show copies
    public static List<Key> copies(byte[] classFile, Key inline) {
        byte[] variable = (INLINED + inline.name()).getBytes(StandardCharsets.UTF_8);
        List<Key> copies = new ArrayList<>();
        if (!contains(classFile, variable) || WeaveException.isNewer(classFile)) {
            return copies;
        }
        ClassModel model = Parsing.CONTEXT.parse(classFile);
        boolean isOwn = model.thisClass().asInternalName().equals(inline.internalOwner());
        boolean isMapped = model.findAttribute(Attributes.sourceDebugExtension())
                .map(map -> new String(map.contents(), StandardCharsets.UTF_8))
                .filter(map -> map.contains("\n" + inline.internalOwner() + "\n"))
                .isPresent();
        for (MethodModel method : model.methods()) {
            Key key = key(model, method);
            boolean isCopy = method.findAttribute(Attributes.code())
                    .filter(code -> isInlined(code, inline.name()))
                    .isPresent();
            if (isCopy && (isOwn || isMapped) && !key.equals(inline)) {
                copies.add(key);
            }
        }
        return copies;
    }

    private static @Nullable String made(MethodModel method, CodeAttribute code) {
        if (isInline(code, method.methodName().stringValue())) {
            return INLINE;
        }
        List<Instruction> body = instructions(code, 64);
        int last = body.size() - 1;
        if (!Modifier.isStatic(method.flags().flagsMask())
                || last < 2
                || !(body.get(0) instanceof FieldInstruction singleton)
                || singleton.opcode() != Opcode.GETSTATIC
                || !(body.get(last - 1) instanceof InvokeInstruction call)
                || !(body.get(last) instanceof ReturnInstruction)
                || !body.subList(1, last - 1).stream().allMatch(each -> each instanceof LoadInstruction)) {
            return null;
        }
        boolean forwards = call.name().equalsString(method.methodName().stringValue())
                && call.type().equalsString(method.methodType().stringValue())
                && call.opcode() != Opcode.INVOKESTATIC
                && singleton.type().stringValue().equals("L" + call.owner().asInternalName() + ";");
        return forwards
                ? "only forwards to "
                        + new Key(
                                call.owner().asInternalName().replace('/', '.'),
                                call.name().stringValue(),
                                call.type().stringValue())
                        + ", and other code calls that method directly; patch that method"
                : null;
    }

    private static @Nullable String accessor(ClassModel model, MethodModel method, CodeAttribute code) {
        List<Instruction> body = instructions(code, 4);
        int last = body.size() - 1;
        boolean reads = (last == 1 || last == 2 && body.get(0) instanceof LoadInstruction)
                && body.get(last) instanceof ReturnInstruction
                && method.methodTypeSymbol().parameterCount() == 0;
        if (!reads || !(body.get(last - 1) instanceof FieldInstruction read) || !isOf(read, model, read)) {
            return null;
        }
        List<Key> direct = new ArrayList<>();
        for (MethodModel other : model.methods()) {
            CodeAttribute its = other.findAttribute(Attributes.code()).orElse(null);
            boolean isOther = its != null
                    && other != method
                    && instructions(its, Integer.MAX_VALUE).stream()
                            .anyMatch(each -> each instanceof FieldInstruction field && isOf(field, model, read));
            if (isOther) {
                direct.add(key(model, other));
            }
        }
        String field = new Key(
                        model.thisClass().asInternalName().replace('/', '.'),
                        read.name().stringValue(),
                        read.type().stringValue())
                .text();
        return direct.isEmpty()
                ? null
                : "only reads the field " + field + "; " + some(direct, " reads it", " read it") + " directly";
    }

    /// Names a few of many keys.
    private static String some(List<Key> keys, String one, String many) {
        int most = 3;
        List<String> shown = Key.texts(keys.subList(0, Math.min(most, keys.size())));
        return String.join(", ", shown)
                + (keys.size() > most ? " and " + (keys.size() - most) + " more" : "")
                + (keys.size() == 1 ? one : many);
    }

    private static boolean isOf(FieldInstruction field, ClassModel model, FieldInstruction wanted) {
        return (field.opcode() == Opcode.GETFIELD || field.opcode() == Opcode.GETSTATIC)
                && field.owner().asInternalName().equals(model.thisClass().asInternalName())
                && field.name().equalsString(wanted.name().stringValue());
    }

    /// Whether a method is an inline function. A method that only contains a copy of a function with the same name
    /// is none. The inline function itself sets the variable before everything else except checks of its parameters.
    private static boolean isInline(CodeAttribute code, String name) {
        if (!isInlined(code, name)) {
            return false;
        }
        List<Instruction> body = instructions(code, Integer.MAX_VALUE);
        int at = 0;
        while (at + 2 < body.size()
                && body.get(at + 2) instanceof InvokeInstruction check
                && check.name().equalsString("checkNotNullParameter")) {
            at += 3; // the parameter, its name, the check
        }
        return at + 1 < body.size()
                && body.get(at).opcode() == Opcode.ICONST_0
                && body.get(at + 1) instanceof StoreInstruction store
                && code.findAttribute(Attributes.localVariableTable())
                        .map(table -> table.localVariables().stream())
                        .filter(all -> all.anyMatch(each ->
                                each.slot() == store.slot() && each.name().equalsString(INLINED + name)))
                        .isPresent();
    }

    private static boolean isInlined(CodeAttribute code, String name) {
        return code.findAttribute(Attributes.localVariableTable())
                .map(table -> table.localVariables().stream())
                .filter(all -> all.map(LocalVariableInfo::name).anyMatch(each -> each.equalsString(INLINED + name)))
                .isPresent();
    }

    private static List<Instruction> instructions(CodeAttribute code, int most) {
        List<Instruction> instructions = new ArrayList<>();
        for (CodeElement element : code) {
            if (element instanceof Instruction instruction && instruction.opcode() != Opcode.NOP) {
                instructions.add(instruction);
                if (instructions.size() > most) {
                    return List.of();
                }
            }
        }
        return instructions;
    }

    private static Key key(ClassModel model, MethodModel method) {
        return new Key(
                model.thisClass().asInternalName().replace('/', '.'),
                method.methodName().stringValue(),
                method.methodType().stringValue());
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            int at = 0;
            while (at < wanted.length && bytes[i + at] == wanted[at]) {
                at++;
            }
            if (at == wanted.length) {
                return true;
            }
        }
        return false;
    }
}
