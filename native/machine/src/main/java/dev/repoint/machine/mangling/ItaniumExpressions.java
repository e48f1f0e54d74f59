package dev.repoint.machine.mangling;

import dev.repoint.machine.mangling.ExpressionNodes.Operand;
import dev.repoint.machine.mangling.ExpressionNodes.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads expressions (Itanium C++ ABI, "Expressions").
final class ItaniumExpressions {

    private static final Map<Character, String> SUFFIXES =
            Map.of('i', "", 'j', "u", 'l', "l", 'm', "ul", 'x', "ll", 'y', "ull");

    private final ItaniumNames names;
    private final Cursor in;

    ItaniumExpressions(ItaniumNames names) {
        this.names = names;
        this.in = names.in;
    }

    Node expression() {
        in.enter();
        Node read = read();
        in.leave();
        return read;
    }

    private Node read() {
        char first = in.peek();
        char second = in.peek(1);
        if (first == 'L') {
            return literal();
        }
        if (first == 'T') {
            return names.types.parameter();
        }
        if (in.isDigit()) {
            return base();
        }
        if (in.skip("sr")) {
            return scoped();
        }
        if (in.skip("sp")) {
            return new Expansion(expression());
        }
        if (first == 'f' && (second == 'p' || second == 'L')) {
            return parameter();
        }
        if (first == 'f' && (second == 'l' || second == 'r')) {
            return fold(false);
        }
        if (first == 'f' && (second == 'R' || second == 'L')) {
            return fold(true);
        }
        if (in.skip("on")) {
            return base();
        }
        if (in.skip("il")) {
            return new ExpressionNodes.Braces(null, expressions());
        }
        if (in.skip("tl")) {
            Node type = names.types.type();
            return new ExpressionNodes.Braces(type, expressions());
        }
        if (in.skip("cv")) {
            return cast();
        }
        if (in.skip("cl")) {
            Node function = expression();
            return new ExpressionNodes.Call(function, expressions());
        }
        if (in.skip("sZ")) {
            return new ExpressionNodes.Size(expression());
        }
        if (in.skip("sP")) {
            List<Node> packs = new ArrayList<>();
            while (!in.skip('E')) {
                packs.add(names.types.argument());
            }
            return new NameNodes.Plain("sizeof...(" + packs.size() + ")");
        }
        if (in.skip("st")) {
            return new Sequence("sizeof (", names.types.type(), ")");
        }
        if (in.skip("at")) {
            return new Sequence("alignof (", names.types.type(), ")");
        }
        if (in.skip("ti")) {
            return new Sequence("typeid (", names.types.type(), ")");
        }
        if (in.skip("nx")) {
            return new Sequence("noexcept(", expression(), ")");
        }
        if (in.skip("tr")) {
            return new NameNodes.Plain("throw");
        }
        if (first == 'd' && second == 'c'
                || first == 'c' && second == 'c'
                || first == 's' && second == 'c'
                || first == 'r' && second == 'c') {
            in.take(2);
            Operators.Operator operator = Operators.of(first, second);
            if (operator == null) {
                throw new UnreadableNameException();
            }
            Node type = names.types.type();
            return new Sequence(operator.text() + "<", type, ">(", expression(), ")");
        }
        boolean global = first == 'g' && second == 's' && (in.peek(2) == 'n' || in.peek(2) == 'd');
        if (first == 'n' && (second == 'w' || second == 'a') || global && in.peek(2) == 'n') {
            return creation();
        }
        return operator();
    }

    private Node operator() {
        Operators.Operator operator = Operators.of(in.next(), in.next());
        if (operator == null) {
            throw new UnreadableNameException();
        }
        switch (operator.operands()) {
            case 1 -> {
                if (operator.code().equals("pp") || operator.code().equals("mm")) {
                    if (in.skip('_')) {
                        return new ExpressionNodes.Unary(operator.text(), expression());
                    }
                    return new Sequence(new Operand(expression()), operator.text());
                }
                return new ExpressionNodes.Unary(operator.text(), expression());
            }
            case 2 -> {
                Node left = expression();
                boolean isAccess =
                        operator.code().equals("dt") || operator.code().equals("pt");
                Node right = isAccess
                                && (in.isDigit()
                                        || in.peek() == 'o' && in.peek(1) == 'n'
                                        || in.peek() == 'd' && in.peek(1) == 'n')
                        ? base()
                        : expression();
                if (operator.code().equals("ix")) {
                    return new Sequence(new Operand(left), "[", right, "]");
                }
                return new ExpressionNodes.Binary(left, operator.text(), right);
            }
            case 3 -> {
                Node condition = expression();
                Node yes = expression();
                return new Sequence(new Operand(condition), "?", new Operand(yes), " : ", new Operand(expression()));
            }
            default -> throw new UnreadableNameException();
        }
    }

    private List<Node> expressions() {
        List<Node> read = new ArrayList<>();
        while (!in.skip('E')) {
            read.add(expression());
        }
        return read;
    }

    private Node cast() {
        Node type = names.types.type(false);
        if (in.skip('_')) {
            return new Sequence("(", type, ")(", new Listed(expressions()), ")");
        }
        return new Sequence("(", type, ")", new Operand(expression()));
    }

    private Node creation() {
        String before = in.skip("gs") ? "::" : "";
        in.take(2);
        List<Node> placement = new ArrayList<>();
        while (!in.skip('_')) {
            placement.add(expression());
        }
        Node type = names.types.type();
        List<Object> parts = new ArrayList<>();
        parts.add(before + "new ");
        if (!placement.isEmpty()) {
            parts.add("(");
            parts.add(new Listed(placement));
            parts.add(") ");
        }
        parts.add(type);
        if (in.skip("pi")) {
            parts.add("(");
            parts.add(new Listed(expressions()));
            parts.add(")");
        } else {
            in.require('E');
        }
        return new Sequence(parts.toArray());
    }

    private Node parameter() {
        if (in.skip("fL")) {
            if (!in.isDigit()) {
                in.back(in.at() - 2);
                return fold(true);
            }
            in.number();
            in.require('p');
        } else {
            in.take(2);
        }
        if (in.skip('T')) {
            return new ExpressionNodes.Parameter(0);
        }
        while (in.peek() == 'r' || in.peek() == 'V' || in.peek() == 'K') {
            in.next();
        }
        int number = in.isDigit() ? in.number() + 2 : 1;
        in.require('_');
        return new ExpressionNodes.Parameter(number);
    }

    private Node fold(boolean twoOperands) {
        in.next();
        char kind = in.next();
        Operators.Operator operator = Operators.of(in.next(), in.next());
        if (operator == null) {
            throw new UnreadableNameException();
        }
        String text = operator.text();
        Node first = expression();
        if (!twoOperands) {
            return kind == 'l'
                    ? new Sequence("(...", text, new Operand(first), ")")
                    : new Sequence("(", new Operand(first), text, "...)");
        }
        return new Sequence("(", new Operand(first), text, "...", text, new Operand(expression()), ")");
    }

    /// `unresolved-name` behind `sr`. gcc writes the scope as a type where the ABI has levels that end with
    /// `E`.
    private Node scoped() {
        int start = in.at();
        if (in.isDigit()) {
            Node scope = simple();
            while (in.isDigit()) {
                scope = within(scope, simple());
            }
            boolean isEnded = in.peek() == 'E'
                    && (in.peek(1) >= '0' && in.peek(1) <= '9'
                            || in.peek(1) == 'o' && in.peek(2) == 'n'
                            || in.peek(1) == 'd' && in.peek(2) == 'n');
            if (isEnded) {
                in.next();
                return within(scope, base());
            }
            in.back(start);
        }
        Node scope = names.types.type();
        return within(scope, base());
    }

    /// The arguments of a template belong to the whole name.
    private static Node within(Node scope, Node name) {
        return name instanceof NameNodes.Template template
                ? new NameNodes.Template(new NameNodes.Qualified(scope, template.name), template.arguments)
                : new NameNodes.Qualified(scope, name);
    }

    private Node simple() {
        Node name = new NameNodes.Plain(names.source());
        return in.peek() == 'I' ? new NameNodes.Template(name, names.types.arguments()) : name;
    }

    private Node base() {
        if (in.isDigit()) {
            return simple();
        }
        if (in.skip("dn")) {
            Node type = in.isDigit() ? simple() : names.types.type();
            return new Sequence("~", type);
        }
        in.skip("on");
        Node name = names.unqualified(new ItaniumNames.Shape(), null);
        return in.peek() == 'I' ? new NameNodes.Template(name, names.types.arguments()) : name;
    }

    /// `decltype(...)`, a type.
    Node decltype() {
        in.take(2);
        Node read = expression();
        in.require('E');
        return new Sequence("decltype (", read, ")");
    }

    /// `expr-primary`.
    Node literal() {
        in.require('L');
        if (in.skip("_Z") || in.skip('Z')) {
            Node encoding = names.encoding();
            in.require('E');
            return encoding;
        }
        char kind = in.peek();
        Node type = names.types.type();
        if (kind == 'D' && in.skip('E')) {
            return type;
        }
        boolean isNegative = in.skip('n');
        int start = in.at();
        while (in.peek() != 'E') {
            char next = in.next();
            if (next == '\0') {
                throw new UnreadableNameException();
            }
        }
        String value = in.since(start);
        in.require('E');
        return literal(kind, type, isNegative ? "-" + value : value, value.isEmpty());
    }

    private static Node literal(char kind, Node type, String value, boolean isEmpty) {
        if (isEmpty) {
            return new ExpressionNodes.Literal("", type, value);
        }
        String suffix = SUFFIXES.get(kind);
        if (suffix != null) {
            return new ExpressionNodes.Literal("", null, value + suffix);
        }
        if (kind == 'b' && value.equals("0")) {
            return new NameNodes.Plain("false");
        }
        if (kind == 'b' && value.equals("1")) {
            return new NameNodes.Plain("true");
        }
        boolean isFloating = "fdeg".indexOf(kind) >= 0;
        return new ExpressionNodes.Literal("", type, isFloating ? "[" + value + "]" : value);
    }

    /// A list without parentheses.
    private static final class Listed extends Node {
        private final List<Node> nodes;

        Listed(List<Node> nodes) {
            this.nodes = nodes;
        }

        @Override
        void left(Output out) {
            list(nodes, out);
        }
    }
}
