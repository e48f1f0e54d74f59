package dev.repoint.weaver.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.weaver.Site;
import dev.repoint.weaver.archive.DirectSummary;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls of every kind that are pointed elsewhere, in a JVM without Repoint.
class DirectRunTest {

    private static final String CRC = """
        package com.acme;
        public final class Crc implements Sum {
            public static int update(int crc, byte[] bytes) { return crc + bytes.length; }
            public int next(int value) { return value + 1; }
            @Override public int all(int... values) { return values.length; }
            private int secret(int value) { return value + 2; }
            int twice(int value) { return secret(secret(value)); }
            static long wide(long a, double b) { return a + (long) b; }
        }
        """;

    private static final String SUM = """
        package com.acme;
        public interface Sum {
            int all(int... values);
            static String name(Object of) { return "sum"; }
            private int hidden(int value) { return value * 3; }
            default int visible(int value) { return hidden(value); }
        }
        """;

    private static final String FAST = """
        package com.acme;
        public class Fast {
            public static int update(int crc, byte[] bytes) { return 1000 + Crc.update(crc, bytes); }
            public static int next(Crc crc, int value) { return 1000 + crc.next(value); }
            public static int all(Crc crc, int... values) { return 1000 + values.length; }
            public static int secret(Crc crc, int value) { return value + 100; }
            public static long wide(long a, double b) { return -a; }
            public static String name(Object of) { return "fast"; }
            public static int hidden(Sum of, int value) { return value * 100; }
        }
        """;

    @TempDir
    Path folder;

    private Application application(String body) {
        return Application.of(folder, CRC, SUM, FAST, """
            package com.acme;
            import java.util.function.*;
            class Main {
                public static void main(String[] args) throws Throwable {
                    %s
                }
                static void print(Object value) { System.out.print(value + " "); }
            }
            """.formatted(body));
    }

    @Test
    void aStaticCallReachesTheTarget() {
        assertThat(application("print(Crc.update(5, new byte[3]));").run("com.acme.Crc.update=com.acme.Fast.update"))
                .isEqualTo("1008");
    }

    @Test
    void theTargetStillCallsWhatItReplaces() {
        DirectSummary summary =
                application("print(Crc.update(5, new byte[3]));").direct("com.acme.Crc.update=com.acme.Fast.update");

        assertThat(summary.keys().get(0).own()).extracting(Site::in).hasToString("[com.acme.Fast.update(int,byte[])]");
        assertThat(summary.keys().get(0).pointed()).hasSize(1);
    }

    @Test
    void aVirtualCallOfAFinalClassPassesTheReceiverFirst() {
        assertThat(application("Crc crc = new Crc(); print(crc.next(5) > 0 ? crc.next(7) : 0);")
                        .run("com.acme.Crc.next=com.acme.Fast.next"))
                .isEqualTo("1008");
    }

    @Test
    void callsOfPrivateMethodsArePointedInTheirClassAndItsNest() {
        assertThat(application("print(new Crc().twice(1));").run("com.acme.Crc.secret=com.acme.Fast.secret"))
                .isEqualTo("201");
    }

    @Test
    void longsAndDoublesKeepTheirPlaces() {
        assertThat(application("int i = 4; long l = Crc.wide(9L, 2.5); print(l + i);")
                        .run("com.acme.Crc.wide=com.acme.Fast.wide"))
                .isEqualTo("-5");
    }

    @Test
    void aStaticMethodOfAnInterfaceIsReplaced() {
        assertThat(application("print(Sum.name(null));").run("com.acme.Sum.name=com.acme.Fast.name"))
                .isEqualTo("fast");
    }

    @Test
    void aPrivateMethodOfAnInterfaceIsCalledByAnInstructionThatIsTwoBytesLonger() {
        assertThat(application("Sum sum = values -> 0; print(sum.visible(2));")
                        .run("com.acme.Sum.hidden=com.acme.Fast.hidden"))
                .isEqualTo("200");
    }

    @Test
    void aTargetMayBeInAnInterface() {
        assertThat(Application.of(folder, """
            package com.acme;
            public interface Other {
                static int max(int a, int b) { return -1; }
            }
            """, """
            package com.acme;
            class Main {
                public static void main(String[] args) { System.out.println(Math.max(3, 4)); }
            }
            """).run("java.lang.Math.max(int,int)=com.acme.Other.max"))
                .isEqualTo("-1");
    }

    @Test
    void aLambdaAndAMethodReferenceReachTheTarget() {
        String body = """
            ToIntBiFunction<Integer, byte[]> reference = Crc::update;
            ToIntBiFunction<Integer, byte[]> lambda = (crc, bytes) -> Crc.update(crc, bytes);
            Crc crc = new Crc();
            IntUnaryOperator bound = crc::next;
            ToIntBiFunction<Crc, Integer> unbound = Crc::next;
            print(reference.applyAsInt(5, new byte[3]));
            print(lambda.applyAsInt(6, new byte[3]));
            print(bound.applyAsInt(7));
            print(unbound.applyAsInt(crc, 8));
            """;

        assertThat(application(body)
                        .run("com.acme.Crc.update=com.acme.Fast.update", "com.acme.Crc.next=com.acme.Fast.next"))
                .isEqualTo("1008 1009 1008 1009");
    }

    @Test
    void aMethodOfTheJdkIsReplacedForTheCallersInTheFile() {
        assertThat(Application.of(folder, """
            package com.acme;
            class Main {
                static long zero() { return 0; }
                public static void main(String[] args) { System.out.println(System.nanoTime()); }
            }
            """).run("java.lang.System.nanoTime=com.acme.Main.zero"))
                .isEqualTo("0");
    }

    @Test
    void aCallOfSuperReachesTheTarget() {
        String output = Application.of(folder, """
            package com.acme;
            public class Main extends Base {
                @Override public final int size(int more) { return super.size(more) + 1; }
                public static void main(String[] args) { System.out.println(new Main().size(3)); }
            }
            """, """
            package com.acme;
            public class Base {
                public int size(int more) { return more; }
                public static int other(Base base, int more) { return 50; }
            }
            """).run("com.acme.Base.size=com.acme.Base.other");

        assertThat(output).isEqualTo("51");
    }

    @Test
    void aTargetMayTakeWiderTypesAndReturnANarrowerOne() {
        String output = Application.of(folder, """
            package com.acme;
            class Main {
                static CharSequence join(String a, java.util.List<String> b) { return a + b; }
                static String wide(Object a, Iterable<?> b) { return "wide"; }
                public static void main(String[] args) {
                    CharSequence joined = args.length == 0 ? join("a", java.util.List.of()) : "none";
                    System.out.println(joined);
                }
            }
            """).run("com.acme.Main.join=com.acme.Main.wide");

        assertThat(output).isEqualTo("wide");
    }

    @Test
    void aTargetThatIsAKeyLeadsOnAndARingSwaps() {
        String source = """
            package com.acme;
            class Main {
                static int a() { return 1; }
                static int b() { return 2; }
                static int c() { return 3; }
                public static void main(String[] args) { System.out.print(a() + " " + b() + " " + c()); }
            }
            """;

        assertThat(Application.of(folder, source)
                        .run("com.acme.Main.a=com.acme.Main.b", "com.acme.Main.b=com.acme.Main.c"))
                .isEqualTo("3 3 3");
        assertThat(Application.of(folder, source)
                        .run("com.acme.Main.a=com.acme.Main.b", "com.acme.Main.b=com.acme.Main.a"))
                .isEqualTo("2 1 3");
        assertThat(Application.of(folder, source)
                        .run(
                                "com.acme.Main.c=com.acme.Main.a",
                                "com.acme.Main.a=com.acme.Main.b",
                                "com.acme.Main.b=com.acme.Main.a"))
                .isEqualTo("2 1 2");
    }

    @Test
    void switchesHandlersAndFramesStayWhereTheyAre() {
        String body = """
            for (int i = 0; i < 4; i++) {
                try {
                    switch (i) {
                        case 0 -> print(Crc.update(i, new byte[1]));
                        case 1 -> print(i == 1 ? Crc.update(i, new byte[1]) : new Crc().next(i));
                        case 2 -> { Sum sum = new Crc(); print(sum.visible(Crc.update(1, new byte[0]))); }
                        default -> print(Crc.update(Integer.parseInt("x"), null));
                    }
                } catch (NumberFormatException e) {
                    print("caught" + Crc.update(0, new byte[0]));
                }
            }
            """;

        assertThat(application(body).run("com.acme.Crc.update=com.acme.Fast.update"))
                .isEqualTo("1001 1002 3003 caught1000");
    }

    @Test
    void classesOfJava8ArePatched() {
        Application old = Application.of(folder, List.of("--release", "8", "-Xlint:-options"), """
            package com.acme;
            class Main {
                private int one() { return 1; }
                static int two(Main main) { return 2; }
                public static void main(String[] args) {
                    System.out.println(new Main().one());
                    java.util.function.ToIntFunction<Main> reference = Main::one;
                    System.out.println(reference.applyAsInt(new Main()));
                }
            }
            """);

        assertThat(old.run("com.acme.Main.one=com.acme.Main.two")).isEqualTo("2" + System.lineSeparator() + "2");
    }
}
