package dev.repoint.weaver;

import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.List;

/// The decision on one element of a body with regard to calls.
sealed interface SiteVerdict {

    /// The element stays unchanged.
    Leave LEAVE = new Leave();

    /// It is not a site, or it was patched before.
    record Leave() implements SiteVerdict {}

    /// It is a site, and stays unchanged.
    ///
    /// @param refs the used methods
    /// @param kind as in [Site#kind()]
    /// @param reason one line
    record Refuse(List<SiteRef> refs, String kind, String reason) implements SiteVerdict {}

    /// It is a call, and will be patched.
    record Call(SiteRef ref, InvokeInstruction instruction) implements SiteVerdict {

        String kind() {
            return instruction.opcode().name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// It is a method reference, and will be patched.
    ///
    /// @param handle the constant of the method
    record Reference(SiteRef ref, InvokeDynamicInstruction instruction, MethodHandleEntry handle)
            implements SiteVerdict {}
}
