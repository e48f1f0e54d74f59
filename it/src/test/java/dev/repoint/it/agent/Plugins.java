package dev.repoint.it.agent;

/// A program that loads plugins in class loaders of several kinds, and the plugin. The program does not know
/// Repoint.
final class Plugins {

    private Plugins() {}

    /// Answers lines: `open KIND PATH...` loads the plugin in a new loader; `value N` asks the plugin N, `late
    /// N` a class that it loads only then, `own N VALUE` has it set the value by itself; `host` asks the
    /// program; `beans` names the beans of Repoint, and `bean NAME KEY TARGET` sets by one of them; `drop`
    /// forgets all plugins and says how many loaders were collected.
    static final String HOST = """
        // host/Host.java
        package host;

        import java.io.BufferedReader;
        import java.io.InputStreamReader;
        import java.lang.management.ManagementFactory;
        import java.lang.ref.PhantomReference;
        import java.lang.ref.ReferenceQueue;
        import java.net.URL;
        import java.net.URLClassLoader;
        import java.nio.file.Path;
        import java.util.ArrayList;
        import java.util.List;
        import java.util.TreeSet;
        import java.util.function.Function;
        import javax.management.ObjectName;

        public class Host {

            static final ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
            static final List<PhantomReference<ClassLoader>> opened = new ArrayList<>();
            static List<Function<String, String>> plugins = new ArrayList<>();

            static int host() {
                return 1;
            }

            static int other() {
                return 7;
            }

            public static void main(String[] args) throws Exception {
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    System.out.println(answer(line.split(" ")));
                }
            }

            static String answer(String[] words) throws Exception {
                return switch (words[0]) {
                    case "open" -> open(words);
                    case "host" -> "" + host();
                    case "drop" -> drop();
                    case "beans" -> new TreeSet<>(ManagementFactory.getPlatformMBeanServer()
                            .queryNames(new ObjectName("dev.repoint:*"), null)).toString();
                    case "bean" -> "" + ManagementFactory.getPlatformMBeanServer().invoke(
                            new ObjectName(words[1]), "set", new Object[] {words[2], words[3]},
                            new String[] {"java.lang.String", "java.lang.String"});
                    default -> plugins.get(Integer.parseInt(words[1]))
                            .apply(words.length == 2 ? words[0] : words[2]);
                };
            }

            @SuppressWarnings("unchecked")
            static String open(String[] words) throws Exception {
                URL[] urls = new URL[words.length - 2];
                for (int i = 0; i < urls.length; i++) {
                    urls[i] = Path.of(words[i + 2]).toUri().toURL();
                }
                ClassLoader loader = switch (words[1]) {
                    case "parent-first" -> new URLClassLoader(urls);
                    case "child-first" -> new ChildFirst(urls);
                    default -> new JavaOnly(urls);
                };
                opened.add(new PhantomReference<>(loader, queue));
                plugins.add((Function<String, String>) loader.loadClass("plug.P").getConstructor().newInstance());
                return "" + plugins.size();
            }

            static String drop() throws Exception {
                int expected = opened.size();
                plugins = new ArrayList<>();
                int collected = 0;
                long deadline = System.nanoTime() + 30_000_000_000L;
                while (collected < expected && System.nanoTime() < deadline) {
                    System.gc();
                    collected += queue.remove(100) == null ? 0 : 1;
                }
                return collected + " of " + expected;
            }

            static class ChildFirst extends URLClassLoader {
                ChildFirst(URL[] urls) {
                    super(urls);
                }

                @Override
                protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                    Class<?> known = findLoadedClass(name);
                    if (known != null) {
                        return known;
                    }
                    try {
                        return findClass(name);
                    } catch (ClassNotFoundException e) {
                        return super.loadClass(name, resolve);
                    }
                }
            }

            static class JavaOnly extends URLClassLoader {
                JavaOnly(URL[] urls) {
                    super(urls, null);
                }

                @Override
                protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                    if (name.startsWith("java.")) {
                        return ClassLoader.getPlatformClassLoader().loadClass(name);
                    }
                    Class<?> known = findLoadedClass(name);
                    return known == null ? findClass(name) : known;
                }

                @Override
                public URL getResource(String name) {
                    throw new IllegalStateException(name);
                }
            }
        }
        """;

    /// A plugin that uses Repoint.
    static final String AWARE = """
        // plug/P.java
        package plug;

        import dev.repoint.Patchable;
        import dev.repoint.Repoint;
        import dev.repoint.Target;
        import java.lang.invoke.MethodHandles;
        import java.util.function.Function;

        public class P implements Function<String, String> {

            @Patchable
            static int value() {
                return 1;
            }

            static int other() {
                return 7;
            }

            @Override
            public String apply(String question) {
                switch (question) {
                    case "value":
                        return "" + value();
                    case "late":
                        return "" + Late.value();
                    default:
                        Repoint.find(MethodHandles.lookup(), P.class, "value")
                                .set(Target.constant(Integer.parseInt(question)));
                        return "set";
                }
            }
        }
        """;

    /// A plugin that has never heard of it.
    static final String PLAIN = """
        // plug/P.java
        package plug;

        import java.util.function.Function;

        public class P implements Function<String, String> {

            static int value() {
                return 1;
            }

            static int other() {
                return 7;
            }

            @Override
            public String apply(String question) {
                return "" + (question.equals("late") ? Late.value() : value());
            }
        }
        """;

    /// What a plugin loads only when it is asked.
    static final String LATE = """
        // plug/Late.java
        package plug;

        class Late {
            static int value() {
                return 1;
            }
        }
        """;
}
