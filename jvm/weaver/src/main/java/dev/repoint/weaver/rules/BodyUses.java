package dev.repoint.weaver.rules;

import dev.repoint.Key;
import dev.repoint.weaver.Rejection;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.splice.MethodView;
import dev.repoint.weaver.splice.UseOrder;
import java.util.ArrayList;
import java.util.List;

/// The uses of wanted methods, or of wanted fields, in one body.
public final class BodyUses {

    private final Key in;
    private final MethodView method;
    private final List<UseOrder> orders = new ArrayList<>();
    private final List<Site> sites = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private int growth;
    private int[] lines = {};
    private boolean hasLines;

    /// @param in the key of the method
    /// @param method a method with code
    public BodyUses(Key in, MethodView method) {
        this.in = in;
        this.method = method;
    }

    /// Takes a use that will be patched.
    ///
    /// @param kind as in [Site#kind()]
    /// @param growsBy the number of bytes by which the patch grows the code
    void add(UseOrder order, Key key, String kind, int growsBy) {
        sites.add(new Site(key, kind, in, lineOf(order.bci())));
        addUnseen(order, growsBy);
    }

    /// Takes a use that will be patched, and that is no site.
    void addUnseen(UseOrder order, int growsBy) {
        orders.add(order);
        growth += growsBy;
    }

    /// Takes a use that cannot be patched.
    ///
    /// @param bci its offset in the code
    void refuse(Key key, String reason, int bci) {
        int line = lineOf(bci);
        refuse(key, reason + " (in " + in.text() + (line < 0 ? ")" : ", line " + line + ")"));
    }

    /// Takes a use that cannot be patched, regardless of its place.
    void refuse(Key key, String reason) {
        rejections.add(new Rejection(key, reason));
    }

    /// The key of the method.
    public Key in() {
        return in;
    }

    /// The maximum number of local variables of the code.
    int maxLocals() {
        return method.maxLocals();
    }

    /// The orders for the patched uses, in the order of the code.
    public List<UseOrder> orders() {
        return orders;
    }

    public List<Site> sites() {
        return sites;
    }

    public List<Rejection> rejections() {
        return rejections;
    }

    /// The number of bytes by which the code grows.
    public int growth() {
        return growth;
    }

    private int lineOf(int bci) {
        if (!hasLines) {
            lines = method.lines();
            hasLines = true;
        }
        return lines.length == 0 ? -1 : lines[bci];
    }
}
