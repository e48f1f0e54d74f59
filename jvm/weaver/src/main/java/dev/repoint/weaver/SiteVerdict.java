package dev.repoint.weaver;

import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.List;

/// What becomes of one element of a body, as far as calls are concerned.
sealed interface SiteVerdict {

    /// It stays.
    Leave LEAVE = new Leave();

    /// It is not a site, or has been patched before.
    record Leave() implements SiteVerdict {}

    /// It is a site and stays.
    ///
    /// @param refs the methods that it uses
    /// @param kind as in [Site#kind()]
    /// @param reason one line
    record Refuse(List<SiteRef> refs, String kind, String reason) implements SiteVerdict {}

    /// It is a call that is patched.
    record Call(SiteRef ref, InvokeInstruction instruction) implements SiteVerdict {

        String kind() {
            return instruction.opcode().name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// It is a method reference that is patched.
    ///
    /// @param handle the constant that names the method
    record Reference(SiteRef ref, InvokeDynamicInstruction instruction, MethodHandleEntry handle)
            implements SiteVerdict {}
}
