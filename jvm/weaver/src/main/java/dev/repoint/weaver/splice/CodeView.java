package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.Bytes;

/// The code of a method in the bytes of a class file (JVMS 4.7.3).
final class CodeView {

    final int start;
    final int length;
    final int attributeEnd;
    final int maxStack;
    final int maxLocals;

    private final PoolView owner;
    private boolean isScanned;
    private boolean hasFrames;
    private int lengthOfFramesAndLines;
    private String unknown = "";

    /// @param at the offset of the attribute
    CodeView(PoolView owner, int at) {
        this.owner = owner;
        byte[] bytes = owner.bytes;
        this.attributeEnd = owner.endOfAttribute(at, bytes.length);
        this.maxStack = Bytes.u2(bytes, at + 6);
        this.maxLocals = Bytes.u2(bytes, at + 8);
        this.length = Bytes.length(bytes, at + 10, attributeEnd);
        this.start = at + 14;
        if (length == 0 || length > 0xffff) {
            throw Bytes.malformed(at + 10, "a method of " + length + " bytes");
        }
    }

    /// The offset of the number of exception handlers.
    int handlersAt() {
        return start + length;
    }

    /// The offset of the number of attributes.
    int attributesAt() {
        return handlersAt() + 2 + 8 * Bytes.u2(owner.bytes, handlersAt());
    }

    /// The name of the first attribute that is not known, or empty. An unknown attribute may contain offsets.
    String unknownAttribute() {
        scan();
        return unknown;
    }

    /// Whether it has stack map frames.
    boolean hasFrames() {
        scan();
        return hasFrames;
    }

    /// The length of its frames and line numbers, with the names and lengths of these attributes.
    int lengthOfFramesAndLines() {
        scan();
        return lengthOfFramesAndLines;
    }

    private void scan() {
        if (isScanned) {
            return;
        }
        isScanned = true;
        int at = attributesAt() + 2;
        for (int count = Bytes.u2(owner.bytes, attributesAt()); count > 0; count--) {
            int end = owner.endOfAttribute(at, attributeEnd);
            AttributeKind kind = owner.kindAt(at);
            if (kind == AttributeKind.STACK_MAP || kind == AttributeKind.LINE_NUMBERS) {
                hasFrames |= kind == AttributeKind.STACK_MAP;
                lengthOfFramesAndLines += end - at;
            } else if (unknown.isEmpty() && !isKnown(kind)) {
                unknown = owner.utf8(Bytes.u2(owner.bytes, at));
            }
            at = end;
        }
        if (at != attributeEnd) {
            throw Bytes.malformed(at, "attributes of code that do not end where it does");
        }
    }

    /// The line of each offset, -1 before the first line; empty if there are no lines.
    int[] lines() {
        byte[] bytes = owner.bytes;
        int[] lines = {};
        int at = attributesAt() + 2;
        for (int count = Bytes.u2(bytes, attributesAt()); count > 0; count--) {
            if (owner.kindAt(at) == AttributeKind.LINE_NUMBERS) {
                lines = lines.length == 0 ? new int[length] : lines;
                for (int i = Bytes.u2(bytes, at + 6); i > 0; i--) {
                    int entry = at + 4 + 4 * i;
                    int bci = Bytes.u2(bytes, entry);
                    if (bci < length && lines[bci] == 0) {
                        lines[bci] = Bytes.u2(bytes, entry + 2) + 1;
                    }
                }
            }
            at = owner.endOfAttribute(at, attributeEnd);
        }
        int line = 0;
        for (int i = 0; i < lines.length; i++) {
            line = lines[i] == 0 ? line : lines[i];
            lines[i] = line - 1;
        }
        return lines;
    }

    /// The line of an instruction: that of the last entry at or before it.
    ///
    /// @param at its offset in the class file
    /// @return -1 if it is unknown
    int line(int at) {
        int line = -1;
        int best = -1;
        int next = attributesAt() + 2;
        for (int count = Bytes.u2(owner.bytes, attributesAt()); count > 0; count--) {
            int stop = owner.endOfAttribute(next, attributeEnd);
            if (owner.kindAt(next) == AttributeKind.LINE_NUMBERS) {
                for (int entry = next + 8; entry + 4 <= stop; entry += 4) {
                    int from = Bytes.u2(owner.bytes, entry);
                    if (from <= at - start && from >= best) {
                        best = from;
                        line = Bytes.u2(owner.bytes, entry + 2);
                    }
                }
            }
            next = stop;
        }
        return line;
    }

    /// Whether a local variable has a name.
    ///
    /// @param slot its number, or -1 for any
    boolean hasVariable(String name, int slot) {
        int at = attributesAt() + 2;
        for (int count = Bytes.u2(owner.bytes, attributesAt()); count > 0; count--) {
            int end = owner.endOfAttribute(at, attributeEnd);
            if (owner.kindAt(at) == AttributeKind.LOCAL_VARIABLES) {
                for (int entry = at + 8; entry + 10 <= end; entry += 10) {
                    boolean isSlot = slot < 0 || Bytes.u2(owner.bytes, entry + 8) == slot;
                    if (isSlot && owner.utf8(Bytes.u2(owner.bytes, entry + 4)).equals(name)) {
                        return true;
                    }
                }
            }
            at = end;
        }
        return false;
    }

    private static boolean isKnown(AttributeKind kind) {
        return switch (kind) {
            case LINE_NUMBERS,
                    LOCAL_VARIABLES,
                    LOCAL_VARIABLE_TYPES,
                    STACK_MAP,
                    VISIBLE_TYPE_ANNOTATIONS,
                    INVISIBLE_TYPE_ANNOTATIONS -> true;
            case CODE, BOOTSTRAP_METHODS, ANNOTATIONS, OTHER -> false;
        };
    }
}
