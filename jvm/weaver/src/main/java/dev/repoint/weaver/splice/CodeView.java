package dev.repoint.weaver.splice;

/// The code of a method as it lies in the bytes of a class file (JVMS 4.7.3).
final class CodeView {

    final int start;
    final int length;
    final int attributeEnd;
    final int maxStack;
    final int maxLocals;

    private final ClassView owner;

    /// @param at where the attribute stands
    CodeView(ClassView owner, int at) {
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

    /// Where the count of exception handlers stands.
    int handlersAt() {
        return start + length;
    }

    /// Where the count of the attributes stands.
    int attributesAt() {
        return handlersAt() + 2 + 8 * Bytes.u2(owner.bytes, handlersAt());
    }

    /// Whether all attributes are known: another one may hold offsets.
    boolean isUnderstood() {
        int at = attributesAt() + 2;
        for (int count = Bytes.u2(owner.bytes, attributesAt()); count > 0; count--) {
            if (!isKnown(owner.kindAt(at))) {
                return false;
            }
            at = owner.endOfAttribute(at, attributeEnd);
        }
        if (at != attributeEnd) {
            throw Bytes.malformed(at, "attributes of code that do not end where it does");
        }
        return true;
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
