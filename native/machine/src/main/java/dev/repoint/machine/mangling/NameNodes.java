package dev.repoint.machine.mangling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts that names are made of.
final class NameNodes {

    private NameNodes() {}

    /// A name as it stands.
    static final class Plain extends Node {
        private final String text;
        private final String base;

        Plain(String text) {
            this(text, text);
        }

        /// @param base the name of its constructors
        Plain(String text, String base) {
            this.text = text;
            this.base = base;
        }

        @Override
        void left(Output out) {
            out.add(text);
        }

        @Override
        String base() {
            return base;
        }

        @Override
        boolean isSimple() {
            return true;
        }
    }

    /// `scope::name`.
    static final class Qualified extends Node {
        final Node scope;
        final Node name;

        Qualified(Node scope, Node name) {
            this.scope = scope;
            this.name = name;
        }

        @Override
        void left(Output out) {
            scope.print(out);
            out.add("::");
            name.print(out);
        }

        @Override
        String base() {
            return name.isUnnamed() ? scope.base() : name.base();
        }

        @Override
        boolean isSimple() {
            return true;
        }
    }

    /// What is defined in a function: `f(int)::name`.
    static final class Local extends Node {
        private final Node function;
        private final Node name;

        Local(Node function, Node name) {
            this.function = function;
            this.name = name;
        }

        @Override
        void left(Output out) {
            if (function instanceof Encoding encoding) {
                encoding.withoutResult(out);
            } else {
                function.print(out);
            }
            out.add("::");
            name.print(out);
        }

        @Override
        String base() {
            return name.base();
        }
    }

    /// `name<arguments>`.
    static final class Template extends Node {
        final Node name;
        final Node arguments;

        Template(Node name, Node arguments) {
            this.name = name;
            this.arguments = arguments;
        }

        @Override
        void left(Output out) {
            name.print(out);
            arguments.print(out);
        }

        @Override
        String base() {
            return name.base();
        }
    }

    /// `<int, char>`.
    static final class Arguments extends Node {
        final List<Node> nodes;

        Arguments(List<Node> nodes) {
            this.nodes = nodes;
        }

        @Override
        void left(Output out) {
            if (out.last() == '<') {
                out.add(' ');
            }
            out.add('<');
            list(nodes, out);
            if (out.last() == '>') {
                out.add(' ');
            }
            out.add('>');
        }
    }

    /// A constructor or destructor.
    static final class Structor extends Node {
        private final Node owner;
        private final boolean destroys;

        Structor(Node owner, boolean destroys) {
            this.owner = owner;
            this.destroys = destroys;
        }

        @Override
        void left(Output out) {
            if (destroys) {
                out.add('~');
            }
            out.add(owner.base());
        }
    }

    /// `operator int`.
    static final class Conversion extends Node {
        final Node type;

        Conversion(Node type) {
            this.type = type;
        }

        @Override
        void left(Output out) {
            out.add("operator ");
            type.print(out);
        }
    }

    /// A name behind words: `vtable for X`, `X[abi:cxx11]`.
    static final class Marked extends Node {
        private final String before;
        private final Node name;
        private final String behind;

        Marked(String before, Node name, String behind) {
            this.before = before;
            this.name = name;
            this.behind = behind;
        }

        @Override
        void left(Output out) {
            out.add(before);
            name.print(out);
            out.add(behind);
        }

        @Override
        String base() {
            return name.base();
        }

        @Override
        boolean isSimple() {
            return before.isEmpty() && name.isSimple();
        }
    }

    /// `{lambda(int)#1}`.
    static final class Lambda extends Node {
        private final List<Node> parameters;
        private final int number;

        Lambda(List<Node> parameters, int number) {
            this.parameters = parameters;
            this.number = number;
        }

        @Override
        void left(Output out) {
            out.add("{lambda(");
            boolean before = out.inLambda;
            out.inLambda = true;
            list(parameters, out);
            out.inLambda = before;
            out.add(")#").add(Integer.toString(number)).add('}');
        }

        @Override
        boolean isUnnamed() {
            return true;
        }
    }

    /// A structured binding: `[a, b]`.
    static final class Binding extends Node {
        private final List<Node> names;

        Binding(List<Node> names) {
            this.names = names;
        }

        @Override
        void left(Output out) {
            out.add('[');
            list(names, out);
            out.add(']');
        }
    }

    /// A type without a name.
    static final class Unnamed extends Node {
        private final int number;

        Unnamed(int number) {
            this.number = number;
        }

        @Override
        void left(Output out) {
            out.add("{unnamed type#").add(Integer.toString(number)).add('}');
        }

        @Override
        boolean isUnnamed() {
            return true;
        }
    }

    /// A function with its type, if that is known.
    static final class Encoding extends Node {
        private final @Nullable Node result;
        final Node name;
        private final List<Node> parameters;
        final String qualifiers;
        private final @Nullable List<Node> arguments;

        /// @param result     null if it is not known
        /// @param qualifiers of a member function: ` const &`
        /// @param arguments  what template parameters stand for; null if it is no template
        Encoding(
                @Nullable Node result,
                Node name,
                List<Node> parameters,
                String qualifiers,
                @Nullable List<Node> arguments) {
            this.result = result;
            this.name = name;
            this.parameters = parameters;
            this.qualifiers = qualifiers;
            this.arguments = arguments;
        }

        @Override
        void left(Output out) {
            inside(out, () -> {
                Node type = result;
                if (type != null) {
                    type.writeLeft(out);
                    if (!type.hasRight(out)) {
                        out.add(' ');
                    }
                }
                signature(out);
                if (type != null) {
                    type.writeRight(out);
                }
            });
        }

        void withoutResult(Output out) {
            inside(out, () -> signature(out));
        }

        /// Writes the name alone, without the arguments of the template that the function is made of.
        void withoutSignature(Output out) {
            inside(out, () -> (name instanceof Template template ? template.name : name).print(out));
        }

        private void signature(Output out) {
            name.print(out);
            out.add('(');
            list(parameters, out);
            out.add(')').add(qualifiers);
        }

        private void inside(Output out, Runnable write) {
            Output.Context outer = out.context;
            boolean lambda = out.inLambda;
            out.inLambda = false;
            if (arguments != null) {
                out.context = new Output.Context(arguments, outer);
            }
            write.run();
            out.context = outer;
            out.inLambda = lambda;
        }
    }
}
