package dev.repoint.machine.mangling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts that types are made of.
final class TypeNodes {

    private TypeNodes() {}

    /// ` const`, ` volatile` and the like behind a type.
    static final class Qualified extends Node {
        private final Node type;
        private final String qualifiers;

        Qualified(Node type, String qualifiers) {
            this.type = type;
            this.qualifiers = qualifiers;
        }

        @Override
        Node resolved(Output out) {
            Node inner = type.resolved(out);
            return inner == type ? this : new Qualified(inner, qualifiers);
        }

        @Override
        void left(Output out) {
            type.writeLeft(out);
            if (!out.endsWith(qualifiers)) {
                out.add(qualifiers);
            }
        }

        @Override
        void right(Output out) {
            type.writeRight(out);
        }

        @Override
        boolean hasRight(Output out) {
            return type.hasRight(out);
        }

        @Override
        boolean isFunction() {
            return type.isFunction();
        }

        @Override
        boolean isArray() {
            return type.isArray();
        }

        @Override
        String base() {
            return type.base();
        }
    }

    /// A pointer or reference: `*`, `&`, `&&`.
    static final class Pointer extends Node {
        final Node type;
        final String mark;

        Pointer(Node type, String mark) {
            this.type = type;
            this.mark = mark;
        }

        private static Node bare(Node node) {
            return node instanceof TemplateNodes.Bound bound ? bound.node : node;
        }

        private boolean isReference() {
            return mark.charAt(0) == '&';
        }

        /// References to references are one.
        private Pointer collapsed(Output out) {
            Node inner = type.resolved(out);
            String kept = mark;
            while (isReference() && bare(inner) instanceof Pointer other && other.isReference()) {
                kept = kept.length() < other.mark.length() ? kept : other.mark;
                inner = (inner instanceof TemplateNodes.Bound bound
                                ? new TemplateNodes.Bound(other.type, bound.context)
                                : other.type)
                        .resolved(out);
            }
            return inner == type ? this : new Pointer(inner, kept);
        }

        @Override
        void left(Output out) {
            Pointer whole = collapsed(out);
            whole.type.writeLeft(out);
            if (whole.type.isArray()) {
                out.add(' ');
            }
            if (whole.type.isArray() || whole.type.isFunction()) {
                out.add('(');
            }
            out.add(whole.mark);
        }

        @Override
        void right(Output out) {
            Pointer whole = collapsed(out);
            if (whole.type.isArray() || whole.type.isFunction()) {
                out.add(')');
            }
            whole.type.writeRight(out);
        }

        @Override
        boolean hasRight(Output out) {
            return collapsed(out).type.hasRight(out);
        }
    }

    /// `int A::*`.
    static final class Member extends Node {
        private final Node owner;
        private final Node type;

        Member(Node owner, Node type) {
            this.owner = owner;
            this.type = type;
        }

        @Override
        void left(Output out) {
            Node of = type.resolved(out);
            of.writeLeft(out);
            out.add(of.isArray() ? " (" : of.isFunction() ? "(" : " ");
            owner.print(out);
            out.add("::*");
        }

        @Override
        void right(Output out) {
            Node of = type.resolved(out);
            if (of.isArray() || of.isFunction()) {
                out.add(')');
            }
            of.writeRight(out);
        }

        @Override
        boolean hasRight(Output out) {
            return type.hasRight(out);
        }
    }

    /// `int [3]`.
    static final class Array extends Node {
        private final Node element;
        private final @Nullable Node size;

        Array(Node element, @Nullable Node size) {
            this.element = element;
            this.size = size;
        }

        @Override
        void left(Output out) {
            element.writeLeft(out);
        }

        @Override
        void right(Output out) {
            if (out.last() != ']') {
                out.add(' ');
            }
            out.add('[');
            if (size != null) {
                size.print(out);
            }
            out.add(']');
            element.writeRight(out);
        }

        @Override
        boolean hasRight(Output out) {
            return true;
        }

        @Override
        boolean isArray() {
            return true;
        }
    }

    /// `int (char)`.
    static final class Function extends Node {
        private final Node result;
        private final List<Node> parameters;
        private final String qualifiers;

        Function(Node result, List<Node> parameters, String qualifiers) {
            this.result = result;
            this.parameters = parameters;
            this.qualifiers = qualifiers;
        }

        @Override
        void left(Output out) {
            result.writeLeft(out);
            if (!result.hasRight(out)) {
                out.add(' ');
            }
        }

        @Override
        void right(Output out) {
            out.add('(');
            list(parameters, out);
            out.add(')');
            result.writeRight(out);
            out.add(qualifiers);
        }

        @Override
        boolean hasRight(Output out) {
            return true;
        }

        @Override
        boolean isFunction() {
            return true;
        }
    }

    /// Words behind a type: ` _Complex`, ` __vector(4)`.
    static final class Suffixed extends Node {
        private final Node type;
        private final String before;
        private final @Nullable Node middle;
        private final String behind;

        Suffixed(Node type, String before, @Nullable Node middle, String behind) {
            this.type = type;
            this.before = before;
            this.middle = middle;
            this.behind = behind;
        }

        @Override
        void left(Output out) {
            type.print(out);
            out.add(before);
            if (middle != null) {
                middle.print(out);
            }
            out.add(behind);
        }
    }
}
