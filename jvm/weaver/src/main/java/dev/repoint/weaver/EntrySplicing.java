package dev.repoint.weaver;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.EntryLink;
import dev.repoint.weaver.splice.EntryOrder;
import dev.repoint.weaver.splice.EntrySplicer;
import dev.repoint.weaver.splice.MethodView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Weaves entries by splicing, if patterns select them and nothing else of the class changes. This needs no
/// class-file library, and takes about as long as reading the class.
///
/// It leaves some classes to the library: classes of a later Java, classes with selected annotated members, calls or
/// uses of fields, classes whose code has unknown attributes, and classes without enough space.
///
/// @param selection what to weave
/// @param spared the methods that must stay unchanged, although they are selected
/// @param interest decides which classes the selection concerns
record EntrySplicing(Selection selection, Spared spared, Interest interest) {

    private static final EntryLink LINK = new EntryLink(
            LinkCalls.LINK, LinkCalls.ENTRY, LinkCalls.ENTRY_BOOTSTRAP, Twins.PREFIX, WovenMark.NAME, WovenMark.FORMAT);

    /// The class file version of this JDK. A later class is left to the library, because its message names the
    /// version.
    private static final int NEWEST_VERSION = 44 + Runtime.version().feature();

    /// Whether splicing can make all changes of a class.
    boolean suits(RawPool pool, ClassSource classes) {
        return pool.majorVersion() <= NEWEST_VERSION
                && (pool.found() & Needles.ANNOTATION) == 0
                && !interest.mayUseFields(pool, classes)
                && (selection.sites().isEmpty()
                        || !selection.admitsCallsIn(pool.thisClass().replace('/', '.')));
    }

    /// Weaves a class.
    ///
    /// @return null if the library must do it
    @Nullable
    WeaveResult weave(byte[] classFile, RawPool pool, Phase phase) {
        ClassView view = pool.view();
        if (declaresWantedField(view)) {
            return null;
        }
        int format = view.twoBytesOf(WovenMark.NAME);
        WovenMark.requireSameFormat(format);
        String owner = view.name().replace('/', '.');
        boolean twin = phase == Phase.LOAD;
        List<EntryOrder> orders = new ArrayList<>();
        List<PatchedEntry> entries = new ArrayList<>();
        Set<Rejection> rejections = new LinkedHashSet<>();
        for (MethodView method : view.methods()) {
            Key key = new Key(owner, method.name(), Descriptors.checked(method.descriptor()));
            if (EntryMatch.named(selection, key, method.flags()) == EntryMatch.NONE
                    || LinkCalls.isEntry(method.firstBootstrap())) {
                continue;
            }
            String reason = spared.reason(key);
            String refusal = reason == null ? EntryRules.refusal(new ViewFacts(view, method), twin) : reason;
            if (refusal != null) {
                rejections.add(new Rejection(key, refusal));
            } else if (method.isSpliceable()) {
                orders.add(new EntryOrder(method, twin ? Twins.flagsOf(method.flags()) : 0));
                entries.add(new PatchedEntry(key, twin));
            } else {
                return null;
            }
        }
        if (orders.isEmpty()) {
            return new WeaveResult(classFile, false, List.of(), List.of(), List.copyOf(rejections));
        }
        byte[] woven = new EntrySplicer(view, LINK).splice(orders, format != 0);
        return woven == null ? null : new WeaveResult(woven, true, entries, List.of(), List.copyOf(rejections));
    }

    /// A field that cannot be patched is reported.
    private boolean declaresWantedField(ClassView view) {
        if (selection.namesFields()) {
            for (String field : view.fieldNames()) {
                for (KeyPattern pattern : selection.patchable()) {
                    if (pattern.matchesFieldName(field)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
