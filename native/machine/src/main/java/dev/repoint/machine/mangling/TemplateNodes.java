package dev.repoint.machine.mangling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts of types that belong to templates: parameters, the types they stand for, packs.
final class TemplateNodes {

    private TemplateNodes() {}

    /// A template parameter. What it stands for depends on where it is written: gcc names one again in another
    /// template.
    static final class Parameter extends Node {
        private final int index;

        Parameter(int index) {
            this.index = index;
        }

        @Override
        Node resolved(Output out) {
            if (out.inLambda) {
                return new NameNodes.Plain("auto:" + (index + 1));
            }
            Output.Context context = out.context;
            Node found = argument(out);
            if (context == null || found == null) {
                return this;
            }
            out.enter();
            Node bound = new Bound(found, context.outer()).resolved(out);
            out.leave();
            return bound;
        }

        /// Null for what a pack does not have.
        private @Nullable Node argument(Output out) {
            Node found = whole(out);
            if (!(found instanceof Elements pack)) {
                return found;
            }
            if (out.packSize == Output.UNKNOWN) {
                out.packSize = pack.nodes.size();
                out.packIndex = 0;
            }
            return out.packIndex < pack.nodes.size() ? pack.nodes.get(out.packIndex) : null;
        }

        /// The argument, be it a pack.
        Node whole(Output out) {
            Output.Context context = out.context;
            if (context == null || index >= context.arguments().size()) {
                throw new UnreadableNameException();
            }
            return context.arguments().get(index);
        }

        @Override
        void left(Output out) {
            Node node = resolved(out);
            if (node != this) {
                node.writeLeft(out);
            }
        }

        @Override
        void right(Output out) {
            Node node = resolved(out);
            if (node != this) {
                node.writeRight(out);
            }
        }

        @Override
        boolean hasRight(Output out) {
            Node node = resolved(out);
            return node != this && node.hasRight(out);
        }
    }

    /// A type in the template in which it was written.
    static final class Bound extends Node {
        final Node node;
        final Output.@Nullable Context context;

        Bound(Node node, Output.@Nullable Context context) {
            this.node = node;
            this.context = context;
        }

        @Override
        Node resolved(Output out) {
            Output.Context before = out.context;
            out.context = context;
            Node end = node.resolved(out);
            out.context = before;
            return end == node ? this : end instanceof Bound ? end : new Bound(end, context);
        }

        @Override
        void left(Output out) {
            Output.Context before = out.context;
            out.context = context;
            node.writeLeft(out);
            out.context = before;
        }

        @Override
        void right(Output out) {
            Output.Context before = out.context;
            out.context = context;
            node.writeRight(out);
            out.context = before;
        }

        @Override
        boolean hasRight(Output out) {
            return node.hasRight(out);
        }

        @Override
        boolean isFunction() {
            return node.isFunction();
        }

        @Override
        boolean isArray() {
            return node.isArray();
        }

        @Override
        boolean isSimple() {
            return node.isSimple();
        }

        @Override
        String base() {
            return node.base();
        }
    }

    /// All elements of a pack as arguments of a template.
    static final class Elements extends Node {
        final List<Node> nodes;

        Elements(List<Node> nodes) {
            this.nodes = nodes;
        }

        @Override
        void left(Output out) {
            list(nodes, out);
        }
    }
}
