package dev.repoint.weaver.splice;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes a class with added prologues before the code of some methods.
///
/// It appends constants and bootstrap methods, so no index changes. It copies everything else.
///
/// For one class; not thread-safe.
public final class EntrySplicer {

    /// The maximum number of methods, of constants and of bytes of code.
    private static final int MOST = 0xffff;

    private static final int STATIC = 0x0008;
    private static final String QUESTION = "()Ljava/lang/Object;";

    private final ClassView view;
    private final EntryLink link;
    private final Constants constants;
    private final Map<Integer, PrologueForm> forms = new HashMap<>();
    private final Bootstraps bootstraps;
    private final Additions additions;
    private final byte[] twinPrefix;
    private int handle;
    private int pointerHandle;
    private int question;
    private int object;

    /// A splicer.
    ///
    /// @param additions the additions to the class, also those of others
    /// @param link the names of the runtime
    public EntrySplicer(Additions additions, EntryLink link) {
        this.view = additions.view;
        this.link = link;
        this.additions = additions;
        this.constants = additions.constants;
        this.bootstraps = additions.bootstraps;
        this.twinPrefix = ModifiedUtf8.encode(link.twinPrefix());
    }

    /// The class with prologues, and with the additions.
    ///
    /// @param orders in the order of the methods
    /// @param marked whether the class already has the attribute of woven classes
    /// @return null if it would have more constants, methods or bytes of code than a class file can have
    public byte @Nullable [] splice(List<EntryOrder> orders, boolean marked) {
        if (!orders.isEmpty()) {
            addConstants();
        }
        MethodSplice[] splices = new MethodSplice[orders.size()];
        int twins = 0;
        int growth = 0;
        for (int i = 0; i < splices.length; i++) {
            MethodSplice splice = prepare(orders.get(i));
            if (splice.code().length + splice.delta() > MOST) {
                return null;
            }
            splices[i] = splice;
            twins += splice.twinName() != 0 ? 1 : 0;
            growth += splice.mostGrowth();
        }
        int markName = marked ? 0 : constants.utf8(link.mark());
        boolean needsName = view.bootstrapMethodsAt() < 0 && bootstraps.count() > 0;
        int bootstrapsName = needsName ? constants.utf8(AttributeKind.BOOTSTRAP_METHODS.text()) : 0;
        int methods = view.methods().length + twins + additions.methodCount();
        if (constants.areTooMany() || methods > MOST || bootstraps.count() > MOST) {
            return null;
        }
        ByteSink out = new ByteSink(view.bytes.length
                + constants.added().length()
                + additions.methods.length()
                + growth
                + bootstraps.length()
                + 64);
        writeHead(out);
        out.u2(methods);
        writeMethods(out, splices);
        writeAttributes(out, bootstrapsName, markName);
        return out.toByteArray();
    }

    private void addConstants() {
        handle = constants.staticHandle(additions.staticMethod(link.owner(), link.bootstrap(), link.bootstrapType()));
        question = constants.utf8(QUESTION);
        object = constants.type("java/lang/Object");
        additions.stackMapName();
    }

    private int pointerHandle() {
        if (pointerHandle == 0) {
            pointerHandle = constants.staticHandle(
                    additions.staticMethod(link.owner(), link.pointerBootstrap(), link.bootstrapType()));
        }
        return pointerHandle;
    }

    private MethodSplice prepare(EntryOrder order) {
        MethodView method = order.method();
        boolean isStatic = (method.flags() & STATIC) != 0;
        int formKey = method.descriptorIndex() << 1 | (isStatic ? 1 : 0);
        PrologueForm form = forms.get(formKey);
        if (form == null) {
            int string = constants.string(method.descriptorIndex());
            form = PrologueForm.of(constants, string, method.descriptor(), isStatic, false);
            forms.put(formKey, form);
        }
        int call = constants.invokeDynamic(
                bootstraps.of(order.pointer() ? pointerHandle() : handle, form.string()),
                constants.nameAndType(method.nameIndex(), question));
        int twinName = order.twinFlags() == 0 ? 0 : constants.prefixed(twinPrefix, method.nameIndex());
        return new MethodSplice(method, method.code(), form, method.alignment(), call, twinName, order.twinFlags());
    }

    /// Writes the version, the constants, and everything before the methods.
    private void writeHead(ByteSink out) {
        out.copy(view.bytes, 0, 8);
        out.u2(constants.size());
        out.copy(view.bytes, 10, view.poolEnd);
        out.copy(constants.added());
        out.copy(view.bytes, view.poolEnd, view.methodsAt());
    }

    private void writeMethods(ByteSink out, MethodSplice[] splices) {
        int copied = view.methodsAt() + 2;
        for (MethodSplice splice : splices) {
            out.copy(view.bytes, copied, splice.method().start);
            splice.writePatched(out, object, additions.stackMapName());
            copied = splice.method().end;
        }
        out.copy(view.bytes, copied, view.attributesAt());
        for (MethodSplice splice : splices) {
            if (splice.twinName() != 0) {
                splice.writeTwin(out);
            }
        }
        out.copy(additions.methods);
    }

    /// Writes the attributes of the class, including the added ones.
    private void writeAttributes(ByteSink out, int bootstrapsName, int markName) {
        int at = view.attributesAt();
        out.u2(Bytes.u2(view.bytes, at) + (bootstrapsName == 0 ? 0 : 1) + (markName == 0 ? 0 : 1));
        int next = at + 2;
        if (view.bootstrapMethodsAt() >= 0) {
            out.copy(view.bytes, next, view.bootstrapMethodsAt() + 2);
            bootstraps.write(out);
            next = view.endOfAttribute(view.bootstrapMethodsAt(), view.bytes.length);
        }
        out.copy(view.bytes, next, view.bytes.length);
        if (bootstrapsName != 0) {
            out.u2(bootstrapsName);
            bootstraps.write(out);
        }
        if (markName != 0) {
            out.u2(markName);
            out.u4(2);
            out.u2(link.format());
        }
    }
}
