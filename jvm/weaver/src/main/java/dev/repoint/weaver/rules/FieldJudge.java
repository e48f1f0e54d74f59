package dev.repoint.weaver.rules;

import dev.repoint.Key;
import dev.repoint.internal.classfile.InstructionCursor;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.outline.AccessFlags;
import dev.repoint.weaver.outline.Descriptors;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.UseOrder;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides which instructions of a class use wanted fields, and which of these can be patched.
final class FieldJudge {

    private final ClassView view;
    private final FieldRefs refs;
    private final Phase phase;
    private final boolean noBridges;

    FieldJudge(ClassView view, FieldRefs refs, Phase phase) {
        this.view = view;
        this.refs = refs;
        this.phase = phase;
        this.noBridges = phase == Phase.LOAD
                && (view.flags() & AccessFlags.INTERFACE) != 0
                && view.majorVersion() < SiteJudge.BRIDGES_IN_INTERFACES;
    }

    /// Judges the instruction of a cursor.
    ///
    /// @return whether it is a call that assigns a field by reflection, and will be patched, or was
    boolean judge(InstructionCursor at, BodyUses uses) {
        switch (at.opcode()) {
            case InstructionCursor.GETSTATIC, InstructionCursor.PUTSTATIC -> access(at, uses);
            case InstructionCursor.INVOKEVIRTUAL -> {
                return call(at, uses);
            }
            case InstructionCursor.INVOKEDYNAMIC -> handles(at, uses, view.bootstrapArguments(at.constant()));
            case InstructionCursor.LDC, InstructionCursor.LDC_W, InstructionCursor.LDC2_W ->
                handles(at, uses, new int[] {at.constant()});
            default -> {
                // no other instruction contains a field
            }
        }
        return false;
    }

    private void access(InstructionCursor at, BodyUses uses) {
        FieldRef ref = refs.of(at.constant());
        if (ref == null || FieldRules.isOwnInitializer(ref.key(), uses.in())) {
            return;
        }
        boolean read = at.opcode() == InstructionCursor.GETSTATIC;
        String refusal = ref.refusal() == null ? refusalOfBridge() : ref.refusal();
        if (refusal != null) {
            uses.refuse(ref.key(), refusal + (read ? "" : "; its readers do not see this assignment"), at.bci());
            return;
        }
        UseOrder order = read
                ? new UseOrder.Read(at.bci(), LinkCalls.readable(ref), LinkCalls.value(ref))
                : new UseOrder.Assign(at.bci(), LinkCalls.enter(ref), LinkCalls.leave(ref));
        int growth = read ? WovenLength.ofRead(ref) : WovenLength.ofAssignment(uses.maxLocals());
        uses.add(order, ref.key(), SiteJudge.kindOf(at.opcode()), phase == Phase.LOAD ? 0 : growth);
    }

    private boolean call(InstructionCursor at, BodyUses uses) {
        if (!refs.reflects() || !ReflectiveWrites.is(view, at.constant())) {
            return isReported(at);
        }
        Descriptors.checked(view.memberType(at.constant()));
        String refusal = refusalOfBridge();
        if (refusal == null) {
            int growth = WovenLength.ofReport(uses.maxLocals());
            uses.addUnseen(LinkCalls.assigned(at.bci()), phase == Phase.LOAD ? 0 : growth);
        } else {
            uses.refuse(uses.in(), refusal + "; readers do not see its assignments by reflection");
        }
        return refusal == null;
    }

    /// Whether the call of a cursor was patched in place before.
    private boolean isReported(InstructionCursor at) {
        int report = at.followingStaticCall();
        return report != 0 && LinkCalls.isAssigned(view.memberOwner(report), view.memberName(report));
    }

    private @Nullable String refusalOfBridge() {
        return noBridges
                ? "an interface of a class file version below " + SiteJudge.BRIDGES_IN_INTERFACES
                        + " can have no bridge"
                : null;
    }

    /// A handle that reads the field gets the current value. A handle that assigns the field bypasses its readers.
    private void handles(InstructionCursor at, BodyUses uses, int[] constants) {
        FieldRef assigned = setter(constants, new HashSet<>());
        if (assigned != null) {
            Key key = assigned.key();
            uses.refuse(key, "a MethodHandle constant assigns it; its readers do not see this assignment", at.bci());
        }
    }

    /// The field of the first handle that assigns a wanted field, or null.
    ///
    /// @param seen the visited dynamic constants: in a damaged file, a constant may be its own argument
    private @Nullable FieldRef setter(int[] constants, Set<Integer> seen) {
        for (int constant : constants) {
            int tag = view.tag(constant);
            FieldRef found = null;
            if (tag == ClassView.METHOD_HANDLE && view.handleKind(constant) == HandleKind.STATIC_SETTER) {
                found = refs.of(view.handleMember(constant));
            } else if (tag == ClassView.DYNAMIC && seen.add(constant)) {
                found = setter(view.bootstrapArguments(constant), seen);
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
