package dev.repoint.machine.mangling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts that expressions are made of: they stand in the arguments of templates, and in types that depend
/// on them.
final class ExpressionNodes {

    private ExpressionNodes() {}

    /// `5ul`, `(char)65`, `true`.
    static final class Literal extends Node {
        private final String before;
        private final @Nullable Node type;
        private final String value;

        Literal(String before, @Nullable Node type, String value) {
            this.before = before;
            this.type = type;
            this.value = value;
        }

        @Override
        void left(Output out) {
            out.add(before);
            if (type != null) {
                out.add('(');
                type.print(out);
                out.add(')');
            }
            out.add(value);
        }
    }

    /// An operator before its operand.
    static final class Unary extends Node {
        private final String operator;
        private final Node operand;

        Unary(String operator, Node operand) {
            this.operator = operator;
            this.operand = operand;
        }

        @Override
        void left(Output out) {
            out.add(operator);
            // The address of a function of a scope is written without its parameters.
            boolean bare = operator.equals("&")
                    && operand instanceof NameNodes.Encoding encoding
                    && encoding.name instanceof NameNodes.Qualified
                    && encoding.qualifiers.isEmpty();
            if (bare) {
                ((NameNodes.Encoding) operand).name.print(out);
            } else if (operator.equals("::")) {
                operand.print(out);
            } else {
                operand(operand, out);
            }
        }
    }

    /// An operator between its operands.
    static final class Binary extends Node {
        private final Node first;
        private final String operator;
        private final Node second;

        Binary(Node first, String operator, Node second) {
            this.first = first;
            this.operator = operator;
            this.second = second;
        }

        @Override
        void left(Output out) {
            boolean greater = operator.equals(">"); // would seem to end the arguments of a template
            if (greater) {
                out.add('(');
            }
            operand(first, out);
            out.add(operator);
            operand(second, out);
            if (greater) {
                out.add(')');
            }
        }
    }

    /// Pieces that are written one after the other: those that are nodes as they are, or as operands.
    static final class Sequence extends Node {
        private final List<Object> parts;

        /// @param parts texts, [nodes][Node], and [operands][Operand]
        Sequence(Object... parts) {
            this.parts = List.of(parts);
        }

        @Override
        void left(Output out) {
            for (Object each : parts) {
                if (each instanceof Node node) {
                    node.print(out);
                } else if (each instanceof Operand operand) {
                    operand(operand.node, out);
                } else {
                    out.add((String) each);
                }
            }
        }
    }

    /// A node that a sequence writes in parentheses where it needs them.
    record Operand(Node node) {}

    /// `(a, b)`.
    static final class Call extends Node {
        private final Node function;
        private final List<Node> arguments;

        Call(Node function, List<Node> arguments) {
            this.function = function;
            this.arguments = arguments;
        }

        @Override
        void left(Output out) {
            if (function instanceof NameNodes.Encoding encoding) {
                operand(encoding.name, out);
            } else {
                operand(function, out);
            }
            out.add('(');
            list(arguments, out);
            out.add(')');
        }
    }

    /// `T{a, b}`.
    static final class Braces extends Node {
        private final @Nullable Node type;
        private final List<Node> values;

        Braces(@Nullable Node type, List<Node> values) {
            this.type = type;
            this.values = values;
        }

        @Override
        void left(Output out) {
            if (type != null) {
                type.print(out);
            }
            out.add('{');
            list(values, out);
            out.add('}');
        }

        @Override
        boolean isSimple() {
            return true;
        }
    }

    /// A parameter of the function: `{parm#1}`.
    static final class Parameter extends Node {
        private final int number;

        /// @param number 0 for `this`
        Parameter(int number) {
            this.number = number;
        }

        @Override
        void left(Output out) {
            out.add(number == 0 ? "this" : "{parm#" + number + "}");
        }

        @Override
        boolean isSimple() {
            return true;
        }
    }

    /// How many elements a pack has.
    static final class Size extends Node {
        private final Node pack;

        Size(Node pack) {
            this.pack = pack;
        }

        @Override
        void left(Output out) {
            if (pack instanceof TemplateNodes.Parameter parameter
                    && parameter.whole(out) instanceof TemplateNodes.Elements elements) {
                out.add(Integer.toString(elements.nodes.size()));
            } else {
                out.add("sizeof...");
                operand(pack, out);
            }
        }
    }
}
