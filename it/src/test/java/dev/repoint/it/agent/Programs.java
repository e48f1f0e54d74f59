package dev.repoint.it.agent;

/// The programs of these tests, as source files. None of them knows Repoint, unless it says so.
final class Programs {

    private Programs() {}

    /// Answers each line that it reads with what the method of that name returns.
    static final String SHOP = """
        // acme/Shop.java
        package acme;

        import java.io.BufferedReader;
        import java.io.InputStreamReader;
        import java.util.List;
        import java.util.function.IntUnaryOperator;

        public class Shop {

            static int price(int n) {
                return n;
            }

            static int price(String item) {
                return item.length();
            }

            static String label(int n) {
                return "plain " + n;
            }

            int discount(int n) {
                return n / 10;
            }

            static void audit(StringBuilder to) {
                to.append("audited");
            }

            static long now() {
                return System.currentTimeMillis();
            }

            static int size(List<String> list) {
                return list.size();
            }

            static int referenced(int n) {
                IntUnaryOperator f = Shop::price;
                return f.applyAsInt(n);
            }

            static String answer(String question) {
                StringBuilder audit = new StringBuilder();
                return switch (question) {
                    case "price" -> "" + price(7);
                    case "item" -> "" + price("tea");
                    case "label" -> label(7);
                    case "discount" -> "" + new Shop().discount(70);
                    case "audit" -> {
                        audit(audit);
                        yield audit.toString();
                    }
                    case "now" -> now() < 1000 ? "long ago" : "today";
                    case "size" -> "" + size(List.of("a", "b"));
                    case "referenced" -> "" + referenced(7);
                    case "late" -> "" + Late.value();
                    case "property" -> String.valueOf(System.getProperty("dev.repoint.control"));
                    default -> "what?";
                };
            }

            public static void main(String[] args) throws Exception {
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    System.out.println(answer(line));
                }
            }
        }
        """;

    /// What the shop loads only when it is asked.
    static final String LATE = """
        // acme/Late.java
        package acme;

        class Late {
            static int value() {
                return 1;
            }
        }
        """;

    /// Targets that the shop has.
    static final String SALE = """
        // acme/Sale.java
        package acme;

        import java.util.List;

        class Sale {
            static int price(int n) {
                return 100 + n;
            }

            static int price(String item) {
                return 200 + item.length();
            }

            private static String label(int n) {
                return "sale " + n;
            }

            static int discount(Shop shop, int n) {
                return 50;
            }

            static long now() {
                return 42;
            }

            static int size(List<String> list) {
                return -1;
            }

            static int value() {
                return 2;
            }

            static long wrong(String s) {
                return 0;
            }
        }
        """;

    /// Loads a class in a class loader of its own, as often as it is asked, and drops it.
    static final String HOST = """
        // acme/Host.java
        package acme;

        import java.io.BufferedReader;
        import java.io.InputStreamReader;
        import java.lang.ref.WeakReference;
        import java.lang.reflect.Method;
        import java.net.URL;
        import java.net.URLClassLoader;
        import java.nio.file.Path;

        public class Host {

            static Method method;
            static WeakReference<ClassLoader> loader;

            /// Arguments: the class path of the plugin, and the name of its loader's parent.
            public static void main(String[] args) throws Exception {
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    System.out.println(switch (line) {
                        case "load" -> load(args[0], args[1]);
                        case "call" -> method.invoke(null).toString();
                        case "drop" -> drop();
                        default -> "what?";
                    });
                }
            }

            private static String load(String path, String parent) throws Exception {
                ClassLoader above = parent.equals("platform") ? ClassLoader.getPlatformClassLoader()
                        : parent.equals("app") ? Host.class.getClassLoader() : null;
                URLClassLoader made = new URLClassLoader(new URL[] {Path.of(path).toUri().toURL()}, above);
                loader = new WeakReference<>(made);
                method = made.loadClass("plugin.Plugin").getMethod("call");
                return "loaded";
            }

            private static String drop() throws Exception {
                method = null;
                for (int i = 0; i < 50 && loader.get() != null; i++) {
                    System.gc();
                    byte[] ballast = new byte[1 << 20];
                }
                return loader.get() == null ? "collected" : "kept";
            }
        }
        """;

    /// What the host loads.
    static final String PLUGIN = """
        // plugin/Plugin.java
        package plugin;

        public class Plugin {
            static int value() {
                return 1;
            }

            public static int call() {
                return value();
            }
        }
        """;

    /// A target beside the plugin.
    static final String PLUGGED = """
        // plugin/Plugged.java
        package plugin;

        class Plugged {
            static int value() {
                return 2;
            }
        }
        """;

    /// Calls a method from as many threads as it is told, without a pause, and counts the results that are
    /// neither the default's nor a target's.
    static final String LOAD = """
        // acme/Load.java
        package acme;

        import java.io.BufferedReader;
        import java.io.File;
        import java.io.InputStreamReader;
        import java.lang.management.ManagementFactory;
        import java.lang.management.MemoryPoolMXBean;
        import java.util.concurrent.atomic.AtomicLong;

        public class Load {

            static final AtomicLong calls = new AtomicLong();
            static final AtomicLong wrong = new AtomicLong();

            static int value(int n) {
                return n + 1;
            }

            static int two(int n) {
                return n + 2;
            }

            static int three(int n) {
                return n + 3;
            }

            public static void main(String[] args) throws Exception {
                for (int i = Integer.parseInt(args[0]); i > 0; i--) {
                    Thread.ofPlatform().daemon().start(Load::work);
                }
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    System.out.println(switch (line) {
                        case "value" -> fresh();
                        case "wrong" -> calls.get() > 0 ? "" + wrong.get() : "no calls";
                        case "measure" -> measure();
                        default -> "what?";
                    });
                }
            }

            static void work() {
                for (int n = 0; ; n++) {
                    long bad = 0;
                    for (int i = 0; i < 10_000; i++) {
                        int more = value(n) - n;
                        if (more < 1 || more > 3) {
                            bad++;
                        }
                    }
                    calls.addAndGet(10_000);
                    wrong.addAndGet(bad);
                }
            }

            /// What calls that start now lead to, if they all lead to the same.
            static String fresh() {
                int first = value(0);
                for (int i = 0; i < 100_000; i++) {
                    if (value(i) - i != first) {
                        return "mixed";
                    }
                }
                return "" + first;
            }

            /// Threads, open files, loaded classes, kilobytes of heap and of metaspace.
            static String measure() throws Exception {
                for (int i = 0; i < 3; i++) {
                    System.gc();
                }
                while (Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().equals("repoint-connection"))) {
                    Thread.onSpinWait();
                }
                long metaspace = ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getName().equals("Metaspace"))
                        .mapToLong(pool -> pool.getUsage().getUsed())
                        .sum();
                return ManagementFactory.getThreadMXBean().getThreadCount()
                        + " " + new File("/proc/self/fd").list().length
                        + " " + ManagementFactory.getClassLoadingMXBean().getLoadedClassCount()
                        + " " + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024
                        + " " + metaspace / 1024;
            }
        }
        """;

    /// Knows Repoint: it has patchables, tells about them, and takes plugins. What it is asked for is a word,
    /// and perhaps a path.
    static final String TILL = """
        // acme/Till.java
        package acme;

        import dev.repoint.OfferScope;
        import dev.repoint.Patchable;
        import dev.repoint.PatchableState;
        import dev.repoint.Repoint;
        import java.io.BufferedReader;
        import java.io.InputStreamReader;
        import java.lang.ref.WeakReference;
        import java.net.URL;
        import java.net.URLClassLoader;
        import java.nio.file.Path;

        public class Till {

            static OfferScope scope;
            static URLClassLoader plugin;
            static WeakReference<ClassLoader> last;

            @Patchable
            static int total(int a, int b) {
                return a + b;
            }

            @Patchable
            static String label(int n) {
                return "plain " + n;
            }

            static String note(String name) {
                for (PatchableState state : Repoint.states()) {
                    if (state.key().name().equals(name)) {
                        return state.target() + "; " + state.note();
                    }
                }
                return "unknown";
            }

            static String plug(String path) throws Exception {
                plugin = new URLClassLoader(new URL[] {Path.of(path).toUri().toURL()});
                last = new WeakReference<>(plugin);
                scope = Repoint.offers(plugin);
                return "plugged";
            }

            static String drop() throws Exception {
                scope = null;
                plugin = null;
                for (int i = 0; i < 200 && last.get() != null; i++) {
                    System.gc();
                    byte[] ballast = new byte[1 << 20];
                }
                return last.get() == null ? "collected" : "kept";
            }

            static String answer(String question) throws Exception {
                String[] words = question.split(" ");
                return switch (words[0]) {
                    case "total" -> "" + total(3, 4);
                    case "label" -> label(7);
                    case "note" -> note(words[1]);
                    case "plug" -> plug(words[1]);
                    case "unplug" -> {
                        scope.close();
                        plugin.close();
                        yield "unplugged";
                    }
                    case "drop" -> drop();
                    default -> "what?";
                };
            }

            public static void main(String[] args) throws Exception {
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    System.out.println(answer(line));
                }
            }
        }
        """;

    /// Offers by annotation.
    static final String FAST = """
        // fast/Fast.java
        package fast;

        import dev.repoint.Offer;

        public class Fast {

            @Offer(key = "acme.Till.total", priority = 10, jdk = "25+")
            public static int total(int a, int b) {
                return 100 * a + b;
            }

            @Offer(key = "acme.Till.total", priority = 20, property = "fast.best")
            public static int best(int a, int b) {
                return 1000 * a + b;
            }

            @Offer(key = "acme.Till.total", priority = 30, cpu = "no_such_feature")
            public static int impossible(int a, int b) {
                return 0;
            }
        }
        """;

    /// Offers as a service.
    static final String MAKER = """
        // fast/Maker.java
        package fast;

        import dev.repoint.Target;
        import dev.repoint.TargetOffer;
        import dev.repoint.TargetProvider;
        import java.lang.invoke.MethodHandles;
        import java.lang.invoke.MethodType;
        import java.util.List;

        public class Maker implements TargetProvider {

            @Override
            public List<TargetOffer> offers() {
                return List.of(TargetOffer.of("acme.Till.label", "Maker's label", Maker::target));
            }

            private static Target target() {
                try {
                    return Target.of(MethodHandles.lookup()
                            .findStatic(Maker.class, "label", MethodType.methodType(String.class, int.class)));
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }

            private static String label(int n) {
                return "made " + n;
            }
        }
        """;
}
