package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.Bytes;
import org.jspecify.annotations.Nullable;

/// Writes a class whose calls and method handles have other methods.
///
/// It appends constants, and replaces operands and the constants of method handles. Nothing moves, so no offset needs a correction.
///
/// For one class; not thread-safe.
public final class ReferenceSplicer {

    private static final int INVOKE_STATIC = 0xB8;
    private static final int INVOKE_LENGTH = 3;
    private static final byte REF_INVOKE_STATIC = 6;

    private final ClassView view;
    private final Constants constants;
    private final byte[] changed;

    /// A splicer.
    ///
    /// @param view the class
    public ReferenceSplicer(ClassView view) {
        this.view = view;
        this.constants = new Constants(view);
        this.changed = view.bytes.clone();
    }

    /// The constant of a static method.
    ///
    /// @param owner internal name of its class
    /// @param isInterface whether the class is an interface
    public int method(String owner, String name, String descriptor, boolean isInterface) {
        int nameAndType = constants.nameAndType(constants.utf8(name), constants.utf8(descriptor));
        int type = constants.type(owner);
        return isInterface ? constants.interfaceMethod(type, nameAndType) : constants.method(type, nameAndType);
    }

    /// Replaces a call by a call of a static method. It has the same length: `nop` instructions fill it.
    ///
    /// @param at the offset of the instruction in the class file
    /// @param length its length, 3 or 5
    /// @param method the constant of the method
    public void call(int at, int length, int method) {
        changed[at] = (byte) INVOKE_STATIC;
        Bytes.putU2(changed, at + 1, method);
        for (int i = at + INVOKE_LENGTH; i < at + length; i++) {
            changed[i] = 0;
        }
    }

    /// Makes the constant of a method handle that of a static method, for all its uses.
    ///
    /// @param at the offset of the constant in the class file
    /// @param method the constant of the method
    public void handle(int at, int method) {
        changed[at + 1] = REF_INVOKE_STATIC;
        Bytes.putU2(changed, at + 2, method);
    }

    /// The class.
    ///
    /// @return null if it would have more constants than a class file can have
    public byte @Nullable [] splice() {
        if (constants.areTooMany()) {
            return null;
        }
        ByteSink out = new ByteSink(changed.length + constants.added().length());
        out.copy(changed, 0, 8);
        out.u2(constants.size());
        out.copy(changed, 10, view.poolEnd);
        out.copy(constants.added());
        out.copy(changed, view.poolEnd, changed.length);
        return out.toByteArray();
    }
}
