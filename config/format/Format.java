import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/// Formats all Java files of the project, or checks that they are formatted: `Format.java check|apply FOLDER`.
///
/// Two things are checked: that palantir-java-format changes nothing, and that every body of a statement has
/// braces.
///
/// It runs on the JDK that compiles the project, because the formatter parses with the compiler of its JDK. What
/// was found well is remembered in `target/format`, by size and time.
final class Format {

    private static final Pattern LONG_COMMENT = Pattern.compile("///.{90,}");
    private static final String HIDDEN = "/// A long line of number ";

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());
    private final boolean applies;
    private final Path root;
    private final List<String> findings = new ArrayList<>();

    private Format(boolean applies, Path root) {
        this.applies = applies;
        this.root = root;
    }

    public static void main(String... args) throws IOException {
        if (args.length != 2 || !List.of("check", "apply").contains(args[0])) {
            System.err.println("usage: Format.java check|apply FOLDER");
            System.exit(2);
        }
        boolean applies = args[0].equals("apply");
        List<String> findings = new Format(applies, Path.of(args[1]).toRealPath()).run();
        findings.forEach(System.err::println);
        if (!findings.isEmpty() && !applies) {
            System.err.println(findings.size() + " findings; type config/format/run");
        }
        System.exit(findings.isEmpty() ? 0 : 1);
    }

    private List<String> run() throws IOException {
        Path remembered = root.resolve("target/format");
        Set<String> known = Files.exists(remembered) ? new HashSet<>(Files.readAllLines(remembered)) : Set.of();
        List<String> well = new ArrayList<>();
        List<Path> changed = new ArrayList<>();
        for (Path file : files()) {
            if (known.contains(stamp(file))) {
                well.add(stamp(file));
            } else {
                changed.add(file);
            }
        }
        Set<Path> withoutBraces = withoutBraces(changed);
        for (Path file : changed) {
            if (isWell(file) && !withoutBraces.contains(file)) {
                well.add(stamp(file));
            }
        }
        Files.createDirectories(remembered.getParent());
        Files.write(remembered, well);
        return findings;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !root.relativize(file).toString().matches("(.*/)?(target|\\.git)/.*"))
                    .sorted()
                    .toList();
        }
    }

    private String stamp(Path file) throws IOException {
        return root.relativize(file) + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
    }

    /// Whether a file is formatted, or now is.
    private boolean isWell(Path file) throws IOException {
        String source = Files.readString(file);
        try {
            String formatted = formatted(source);
            if (formatted.equals(source)) {
                return true;
            }
            if (applies) {
                // What it broke once it may break differently the next time.
                Files.writeString(file, formatted(formatted));
                return true;
            }
            findings.add(at(file, firstDifference(source, formatted)) + "not formatted");
        } catch (FormatterException e) {
            findings.add(root.relativize(file) + ": " + e.getMessage());
        }
        return false;
    }

    /// The formatter breaks long lines of `///` comments as if they were code: it gets to see short ones in
    /// their place.
    private String formatted(String source) throws FormatterException {
        List<String> hidden = new ArrayList<>();
        String shown = LONG_COMMENT.matcher(source).replaceAll(line -> {
            hidden.add(line.group());
            return HIDDEN + (hidden.size() - 1) + ".";
        });
        String formatted = formatter.formatSourceAndFixImports(shown);
        for (int i = 0; i < hidden.size(); i++) {
            formatted = formatted.replace(HIDDEN + i + ".", hidden.get(i));
        }
        return formatted;
    }

    private static int firstDifference(String source, String result) {
        List<String> found = source.lines().toList();
        List<String> formatted = result.lines().toList();
        int line = 0;
        while (line < found.size() && line < formatted.size() && found.get(line).equals(formatted.get(line))) {
            line++;
        }
        return line + 1;
    }

    /// The files that have bodies without braces, and still have them.
    private Set<Path> withoutBraces(List<Path> files) throws IOException {
        Set<Path> found = new HashSet<>();
        if (files.isEmpty()) {
            return found;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var sources = compiler.getStandardFileManager(null, null, null)) {
            // It names what is no Java, too.
            var task = (JavacTask)
                    compiler.getTask(null, sources, null, null, null, sources.getJavaFileObjectsFromPaths(files));
            var positions = Trees.instance(task).getSourcePositions();
            for (var unit : task.parse()) {
                Path file = Path.of(unit.getSourceFile().toUri());
                TreeMap<Integer, String> braces = new TreeMap<>();
                new Bodies(body -> {
                            int start = (int) positions.getStartPosition(unit, body);
                            braces.merge(start, "{", String::concat);
                            braces.merge((int) positions.getEndPosition(unit, body), "}", String::concat);
                            if (!applies) {
                                findings.add(
                                        at(file, unit.getLineMap().getLineNumber(start)) + "a body without braces");
                                found.add(file);
                            }
                        })
                        .scan(unit, null);
                if (applies && !braces.isEmpty()) {
                    StringBuilder source = new StringBuilder(Files.readString(file));
                    braces.descendingMap().forEach(source::insert);
                    Files.writeString(file, source);
                }
            }
        }
        return found;
    }

    /// Finds the bodies of statements that are no blocks.
    private static final class Bodies extends TreeScanner<Void, Void> {

        private final Consumer<StatementTree> found;

        Bodies(Consumer<StatementTree> found) {
            this.found = found;
        }

        @Override
        public Void visitIf(IfTree tree, Void unused) {
            look(tree.getThenStatement());
            if (tree.getElseStatement() != null && !(tree.getElseStatement() instanceof IfTree)) {
                look(tree.getElseStatement());
            }
            return super.visitIf(tree, unused);
        }

        @Override
        public Void visitForLoop(ForLoopTree tree, Void unused) {
            look(tree.getStatement());
            return super.visitForLoop(tree, unused);
        }

        @Override
        public Void visitEnhancedForLoop(EnhancedForLoopTree tree, Void unused) {
            look(tree.getStatement());
            return super.visitEnhancedForLoop(tree, unused);
        }

        @Override
        public Void visitWhileLoop(WhileLoopTree tree, Void unused) {
            look(tree.getStatement());
            return super.visitWhileLoop(tree, unused);
        }

        @Override
        public Void visitDoWhileLoop(DoWhileLoopTree tree, Void unused) {
            look(tree.getStatement());
            return super.visitDoWhileLoop(tree, unused);
        }

        private void look(StatementTree body) {
            if (body.getKind() != Tree.Kind.BLOCK) {
                found.accept(body);
            }
        }
    }

    private String at(Path file, long line) {
        return root.relativize(file) + ":" + line + ": ";
    }
}
