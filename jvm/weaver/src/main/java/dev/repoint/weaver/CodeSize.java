package dev.repoint.weaver;

import java.lang.classfile.CodeElement;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import org.jspecify.annotations.Nullable;

/// How long a method may grow.
final class CodeSize {

    /// The length limit of a method (JVMS 4.7.3).
    private static final int MOST = 65535;

    /// HotSpot's `HugeMethodLimit`: a longer method is never compiled.
    private static final int MOST_COMPILED = 8000;

    /// What a switch may grow by when it moves: it is aligned to four bytes.
    private static final int SWITCH_PADDING = 3;

    /// A switch is at least 13 bytes long, so padding cannot grow by more than a quarter of the code.
    private static final int SHARE_OF_PADDING = 4;

    private CodeSize() {}

    /// Why a method cannot grow so much.
    ///
    /// @param growth in bytes
    /// @return one line, or null if it can
    static @Nullable String refusal(CodeAttribute code, int growth) {
        int before = code.codeLength();
        if (before + before / SHARE_OF_PADDING + growth <= MOST_COMPILED) {
            return null;
        }
        int after = before + growth + padding(code);
        if (after > MOST) {
            return "its code of " + before + " bytes would grow to " + after + ", over the limit of " + MOST;
        }
        if (before <= MOST_COMPILED && after > MOST_COMPILED) {
            return "its code of " + before + " bytes would grow to " + after + ": HotSpot compiles no method over "
                    + MOST_COMPILED;
        }
        return null;
    }

    private static int padding(CodeAttribute code) {
        int padding = 0;
        for (CodeElement element : code) {
            if (element instanceof TableSwitchInstruction || element instanceof LookupSwitchInstruction) {
                padding += SWITCH_PADDING;
            }
        }
        return padding;
    }
}
