package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.Bytes;

/// A method that gets a prologue, with the constants that it needs.
///
/// The bytes of the prologue go before the code, and the copy of the tables is corrected. A twin has the original
/// code, without the tables of variables, which only debuggers read.
///
/// @param form its prologue
/// @param alignment the length of the prologue must be a multiple of this number
/// @param call the constant of its `invokedynamic`
/// @param twinName the constant of the twin's name, or 0 for no twin
/// @param twinFlags the twin's access flags
record MethodSplice(
        MethodView method, CodeView code, PrologueForm form, int alignment, int call, int twinName, int twinFlags) {

    /// The name, the length and the number of frames.
    private static final int EMPTY_FRAMES = 8;

    /// The header of a method and of its code, and the number of attributes of the code.
    private static final int EMPTY_TWIN = 8 + 6 + 2;

    /// The number of bytes by which the code moves.
    int delta() {
        return form.length(alignment);
    }

    /// The number of bytes by which the class grows.
    int growth() {
        int frames = FrameTable.lengthAtBody(delta() - 1) + (code.hasFrames() ? 0 : EMPTY_FRAMES);
        int body = code.attributesAt() - (method.codeAt + 6);
        int twin = twinName == 0 ? 0 : EMPTY_TWIN + body + code.lengthOfFramesAndLines();
        return delta() + frames + twin;
    }

    /// Writes the method with its prologue.
    ///
    /// @param object the constant of `java.lang.Object`
    /// @param stackMapName the constant with the name of the stack map attribute
    void writePatched(ByteSink out, int object, int stackMapName) {
        byte[] bytes = method.owner.bytes;
        int delta = delta();
        out.copy(bytes, method.start, method.codeAt + 2);
        int start = out.length();
        out.u4(0);
        out.u2(Math.max(code.maxStack, form.maxStack()));
        out.u2(code.maxLocals);
        out.u4(code.length + delta);
        form.write(out, call, alignment);
        int handlers = out.length() + code.length;
        out.copy(bytes, code.start, code.attributesAt());
        CodeTables.shiftHandlers(out.array(), handlers, delta);
        writeTables(out, delta, object, stackMapName);
        out.putU4(start, out.length() - start - 4);
        out.copy(bytes, code.attributeEnd, method.end);
    }

    /// Writes a method with its original code.
    void writeTwin(ByteSink out) {
        PoolView view = method.owner;
        out.u2(twinFlags);
        out.u2(twinName);
        out.u2(method.descriptorIndex());
        out.u2(1);
        out.copy(view.bytes, method.codeAt, method.codeAt + 2);
        int start = out.length();
        out.u4(0);
        out.copy(view.bytes, method.codeAt + 6, code.attributesAt());
        int countAt = out.length();
        int count = 0;
        out.u2(0);
        int at = code.attributesAt() + 2;
        while (at < code.attributeEnd) {
            int end = view.endOfAttribute(at, code.attributeEnd);
            AttributeKind kind = view.kindAt(at);
            if (kind == AttributeKind.STACK_MAP || kind == AttributeKind.LINE_NUMBERS) {
                out.copy(view.bytes, at, end);
                count++;
            }
            at = end;
        }
        out.putU2(countAt, count);
        out.putU4(start, out.length() - start - 4);
    }

    private void writeTables(ByteSink out, int delta, int object, int stackMapName) {
        PoolView view = method.owner;
        int countAt = out.length();
        int count = Bytes.u2(view.bytes, code.attributesAt());
        out.u2(0);
        boolean framed = false;
        int at = code.attributesAt() + 2;
        for (int i = 0; i < count; i++) {
            int end = view.endOfAttribute(at, code.attributeEnd);
            AttributeKind kind = view.kindAt(at);
            if (kind == AttributeKind.STACK_MAP) {
                writeFrames(out, stackMapName, at + 6, end, delta, object);
                framed = true;
            } else {
                int copy = out.length();
                out.copy(view.bytes, at, end);
                shift(kind, out.array(), copy, delta);
            }
            at = end;
        }
        if (!framed) {
            count++;
            writeFrames(out, stackMapName, 0, 0, delta, object);
        }
        out.putU2(countAt, count);
    }

    private static void shift(AttributeKind kind, byte[] bytes, int at, int delta) {
        switch (kind) {
            case LINE_NUMBERS -> CodeTables.shiftLines(bytes, at + 6, delta);
            case LOCAL_VARIABLES, LOCAL_VARIABLE_TYPES -> CodeTables.shiftVariables(bytes, at + 6, 10, delta);
            case VISIBLE_TYPE_ANNOTATIONS, INVISIBLE_TYPE_ANNOTATIONS -> Annotations.shiftTypes(bytes, at, delta);
            default -> throw new IllegalArgumentException("an attribute of code that is not spliceable: " + kind);
        }
    }

    /// Writes the existing frames after the frame of the prologue.
    ///
    /// @param at the offset of the number of existing frames; 0 if there are none
    private void writeFrames(ByteSink out, int name, int at, int end, int delta, int object) {
        byte[] bytes = method.owner.bytes;
        int count = at == 0 ? 0 : Bytes.u2(bytes, at);
        out.u2(name);
        int start = out.length();
        out.u4(0);
        out.u2(count + 1);
        FrameTable.writeAtBody(out, delta - 1, object);
        if (at != 0) {
            int frames = out.length();
            out.copy(bytes, at + 2, end);
            FrameTable.shift(out.array(), frames, out.length(), count, delta);
        }
        out.putU4(start, out.length() - start - 4);
    }
}
