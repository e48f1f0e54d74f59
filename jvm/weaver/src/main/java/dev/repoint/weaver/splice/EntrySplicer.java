package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.Bytes;
import dev.repoint.internal.classfile.ModifiedUtf8;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a class with added prologues before the code of some methods.
///
/// It appends constants and bootstrap methods, so no index changes. It copies everything else.
///
/// For one class; not thread-safe.
public final class EntrySplicer {

    /// The maximum number of methods, of constants and of bytes of code.
    private static final int MOST = 0xffff;

    /// The length of the attribute of woven classes.
    private static final int MARK_LENGTH = 8;

    /// The length of an attribute with no bootstrap methods.
    private static final int EMPTY_BOOTSTRAPS_LENGTH = 8;

    private static final int STATIC = 0x0008;
    private static final String QUESTION = "()Ljava/lang/Object;";

    private final ClassView view;
    private final EntryLink link;
    private final Constants constants;
    private final Bootstraps bootstraps;
    private final Additions additions;
    private final byte[] twinPrefix;
    /// By the constant of the descriptor, twice: without and with a receiver.
    private @Nullable PrologueForm[] forms = {};
    /// By the constant of the name.
    private int[] nameAndTypes = {};
    /// One more than the number of the bootstrap method, by the constant of the descriptor.
    private int[] numbers = {};
    private final int fingerprint;
    /// The constant of the fingerprint.
    private int number;

    private int handle;
    private int pointerHandle;
    private int question;
    private int object;

    /// A splicer.
    ///
    /// @param additions the additions to the class, also those of others
    /// @param link the names of the runtime
    /// @param fingerprint the fingerprint of the class file, an argument of the bootstrap methods
    public EntrySplicer(Additions additions, EntryLink link, int fingerprint) {
        this.view = additions.view;
        this.link = link;
        this.fingerprint = fingerprint;
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
            growth += splice.growth();
        }
        int markName = marked ? 0 : constants.addAscii(link.mark());
        boolean needsName = view.bootstrapMethodsAt() < 0 && bootstraps.count() > 0;
        int bootstrapsName = needsName ? constants.addAscii(AttributeKind.BOOTSTRAP_METHODS.text()) : 0;
        int methods = view.methods().length + twins + additions.methodCount();
        if (constants.areTooMany() || methods > MOST || bootstraps.count() > MOST) {
            return null;
        }
        int attributes = (markName == 0 ? 0 : MARK_LENGTH)
                + bootstraps.length()
                + (bootstrapsName == 0 ? 0 : EMPTY_BOOTSTRAPS_LENGTH);
        ByteSink out = new ByteSink(
                view.bytes.length + constants.added().length() + additions.methods.length() + growth + attributes);
        writeHead(out);
        out.u2(methods);
        writeMethods(out, splices);
        writeAttributes(out, bootstrapsName, markName);
        return out.toByteArray();
    }

    private void addConstants() {
        int type = constants.addType(constants.addAscii(link.owner()));
        int method = constants.addMethod(
                type,
                constants.addNameAndType(
                        constants.addAscii(link.bootstrap()), constants.addAscii(link.bootstrapType())));
        handle = constants.staticHandle(method);
        question = constants.addAscii(QUESTION);
        object = constants.object();
        nameAndTypes = new int[view.poolSize()];
        numbers = new int[view.poolSize()];
        forms = new PrologueForm[2 * view.poolSize()];
        additions.stackMapName();
        number = constants.integer(fingerprint);
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
        int descriptor = method.descriptorIndex();
        boolean isStatic = (method.flags() & STATIC) != 0;
        int formIndex = descriptor << 1 | (isStatic ? 1 : 0);
        PrologueForm form = forms[formIndex];
        if (form == null) {
            form = PrologueForm.of(additions, descriptor, isStatic, false);
            forms[formIndex] = form;
        }
        // No two methods have the same name and descriptor, so each call is new.
        int call = constants.addInvokeDynamic(
                order.pointer() ? pointerBootstrap(descriptor) : bootstrap(descriptor),
                nameAndType(method.nameIndex()));
        int twinName = order.twinFlags() == 0 ? 0 : constants.prefixed(twinPrefix, method.nameIndex());
        return new MethodSplice(method, method.code(), form, method.alignment(), call, twinName, order.twinFlags());
    }

    /// The name and type of the `invokedynamic` of a method.
    private int nameAndType(int name) {
        if (nameAndTypes[name] == 0) {
            nameAndTypes[name] = constants.addNameAndType(name, question);
        }
        return nameAndTypes[name];
    }

    /// The number of the bootstrap method of a descriptor.
    private int bootstrap(int descriptor) {
        if (numbers[descriptor] == 0) {
            numbers[descriptor] = bootstraps.add(handle, constants.addString(descriptor), number) + 1;
        }
        return numbers[descriptor] - 1;
    }

    private int pointerBootstrap(int descriptor) {
        return bootstraps.of(pointerHandle(), List.of(constants.string(descriptor), number));
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
