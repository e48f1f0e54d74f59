package dev.repoint.weaver.rules;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.internal.agent.OwnClasses;
import dev.repoint.shape.Shape;
import dev.repoint.weaver.outline.Descriptors;
import dev.repoint.weaver.outline.Hierarchy;
import dev.repoint.weaver.outline.Member;
import dev.repoint.weaver.outline.Outline;
import dev.repoint.weaver.outline.Outlines;
import dev.repoint.weaver.splice.ClassView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the constants of one class that resolve to wanted methods.
public final class SiteResolution {

    private final ClassView view;
    private final String self;
    private final List<KeyPattern> patterns;
    private final Hierarchy hierarchy;

    public SiteResolution(ClassView view, List<KeyPattern> patterns, Outlines outlines) {
        this.view = view;
        this.self = view.name();
        this.patterns = patterns;
        this.hierarchy = new Hierarchy(Outline.of(view), outlines);
    }

    /// Reads the constant pool.
    public SiteRefs run() {
        Map<Integer, SiteRef> byIndex = new HashMap<>();
        for (int i = 1; i < view.poolSize(); i++) {
            int tag = view.tag(i);
            SiteRef ref = tag == ClassView.METHOD || tag == ClassView.INTERFACE_METHOD ? resolve(i) : null;
            if (ref != null) {
                byIndex.put(i, ref);
            }
        }
        return byIndex.isEmpty() ? SiteRefs.NONE : new SiteRefs(byIndex);
    }

    private @Nullable SiteRef resolve(int constant) {
        String owner = view.memberOwner(constant);
        String name = view.memberName(constant);
        if (owner.startsWith("[") || OwnClasses.isNamedByWovenCode(owner) || !mayBeWanted(name)) {
            return null;
        }
        String descriptor = Descriptors.checked(view.memberType(constant));
        boolean ofInterface = view.tag(constant) == ClassView.INTERFACE_METHOD;
        Member member = hierarchy.method(owner, name, descriptor, ofInterface);
        Key key = new Key(member.owner().replace('/', '.'), name, descriptor);
        if (!isWanted(key, member)) {
            return null;
        }
        boolean narrowed = member.isProtectedFor(self) && hierarchy.hasSuperclass(owner);
        boolean mayBeProtected = !member.isFound() && !hierarchy.knowsSuperclasses();
        String receiver = narrowed ? self : owner;
        String missing = hierarchy.missing(member.isStatic() ? descriptor : "L" + receiver + ";" + descriptor);
        return new SiteRef(constant, key, receiver, missing, mayBeProtected, refusal(owner, key, member));
    }

    private boolean mayBeWanted(String name) {
        for (KeyPattern pattern : patterns) {
            if (pattern.matchesMethodName(name)) {
                return true;
            }
        }
        return false;
    }

    /// A method made by a compiler matches only a pattern without wildcards.
    private boolean isWanted(Key key, Member member) {
        for (KeyPattern pattern : patterns) {
            if (pattern.matches(key) && (!member.isSynthetic() || pattern.isExact())) {
                return true;
            }
        }
        return false;
    }

    private @Nullable String refusal(String owner, Key key, Member member) {
        if (key.name().equals("<init>")) {
            return "a constructor cannot be patched: its call initialises an object that already exists";
        }
        if (SignaturePolymorphic.mayDeclare(owner) && declaresSignaturePolymorphic(owner, key.name())) {
            return "a signature-polymorphic method cannot be patched: each call has a type of its own";
        }
        int version = view.majorVersion();
        if (version < EntryRules.LEAST_VERSION) {
            return "calls in " + self.replace('/', '.') + " cannot be patched: class file version " + version
                    + " has no invokedynamic";
        }
        int slots = Shape.slots(key.descriptor(), member.isStatic());
        if (slots > Shape.MAX_SLOTS) {
            return "its arguments take " + slots + " slots; a target can get at most " + Shape.MAX_SLOTS;
        }
        return null;
    }

    private boolean declaresSignaturePolymorphic(String owner, String name) {
        Outline outline = hierarchy.find(owner);
        return outline == null || SignaturePolymorphic.isDeclaredBy(outline, name);
    }
}
