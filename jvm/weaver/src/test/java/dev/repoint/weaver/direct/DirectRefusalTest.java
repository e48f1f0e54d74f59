package dev.repoint.weaver.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.archive.DirectSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is refused because it cannot be the same, and why.
class DirectRefusalTest {

    @TempDir
    Path folder;

    private Application main(String members) {
        return Application.of(folder, """
            package com.acme;
            public class Main {
                %s
            }
            """.formatted(members));
    }

    /// The reason why a method is refused.
    private String refusal(Application program, String... changes) {
        DirectSummary summary = program.direct(changes);
        assertThat(summary.isWritten()).isFalse();
        assertThat(program.output()).doesNotExist();
        return summary.keys().stream()
                .map(DirectResult::refusal)
                .filter(each -> each != null)
                .findFirst()
                .orElse("none");
    }

    /// The reasons why calls stay.
    private List<String> left(Application program, String... changes) {
        DirectSummary summary = program.direct(changes);
        assertThat(summary.isWritten()).isFalse();
        assertThat(Files.exists(program.output())).isFalse();
        return summary.keys().stream()
                .flatMap(each -> each.left().stream())
                .map(LeftCall::reason)
                .distinct()
                .toList();
    }

    @Test
    void aTargetThatIsNoMethod() {
        Application program = main("static void log() { } static int one() { return 1; } static void run() { log(); }");

        assertThat(refusal(program, "com.acme.Main.log=nothing"))
                .isEqualTo("'nothing' is no method; name a static method that does it");
        assertThat(refusal(program, "com.acme.Main.one=42"))
                .isEqualTo("'constant:42' is no method; name a static method that does it");
        assertThat(refusal(program, "com.acme.Main.one=default"))
                .isEqualTo("calls that are pointed elsewhere do not know their default; patch the original file");
    }

    @Test
    void aTargetThatIsNotThere() {
        Application program = main("static int one() { return 1; } static int two() { return one(); }");

        assertThat(refusal(program, "com.acme.Main.one=com.acme.Gone.two"))
                .isEqualTo("its target com.acme.Gone.two has no class in it, nor in the JDK; put that into it first");
        assertThat(refusal(program, "com.acme.Main.one=com.acme.Main.three"))
                .isEqualTo("its target com.acme.Main.three is not there: com.acme.Main has one, two");
        assertThat(refusal(program, "com.acme.Main.one=com.acme.Main.one")).isEqualTo("it would lead to itself");
    }

    @Test
    void aTargetOfAnotherType() {
        Application program = main("""
            static int one(int a) { return 1; }
            static long two(int a) { return one(a); }
            static int three(long a) { return 3; }
            int four(int a) { return 4; }
            static void five(String a) { }
            static int six(CharSequence a) { return 6; }
            static void run() { five(""); }
            """);

        assertThat(refusal(program, "com.acme.Main.one=com.acme.Main.two"))
                .isEqualTo("its target com.acme.Main.two(int) has the type (int):long, and the calls have (int):int;"
                        + " a direct call converts nothing");
        assertThat(refusal(program, "com.acme.Main.one=com.acme.Main.three"))
                .endsWith("has the type (long):int, and the calls have (int):int; a direct call converts nothing");
        assertThat(refusal(program, "com.acme.Main.one=com.acme.Main.four"))
                .isEqualTo("its target com.acme.Main.four(int) is not static");
        assertThat(refusal(program, "com.acme.Main.five=com.acme.Main.six"))
                .endsWith("(java.lang.CharSequence):int, and the calls have (java.lang.String):void;"
                        + " a direct call converts nothing");
    }

    @Test
    void aTargetThatTakesTheOriginal() {
        Application program = main("""
            static int one(int a) { return one(a); }
            static int two(@dev.repoint.Original java.util.function.IntUnaryOperator one, int a) { return 2; }
            """);

        assertThat(refusal(program, "com.acme.Main.one=com.acme.Main.two"))
                .isEqualTo("its target com.acme.Main.two(java.util.function.IntUnaryOperator,int) takes the original"
                        + " (@Original), and only Repoint makes that; let it call the method by name");
    }

    @Test
    void twoTargetsThatFit() {
        Application program = main("""
            static int one(String a) { return one(a); }
            static int two(Object a) { return 2; }
            static int two(CharSequence a) { return 2; }
            """);

        assertThat(refusal(program, "com.acme.Main.one=com.acme.Main.two"))
                .startsWith("its target com.acme.Main.two may be com.acme.Main.two(")
                .endsWith("; write the parameters of one");
    }

    @Test
    void aConstructorASynchronizedMethodAndASignaturePolymorphicOne() {
        Application program = main("""
            static Main make() { return new Main(); }
            static synchronized int one() { return 1; }
            static int two() { return one(); }
            static Object invoke(Object[] all) { return null; }
            static void call(java.lang.invoke.MethodHandle handle) throws Throwable { handle.invoke(1); }
            """);

        assertThat(refusal(program, "com.acme.Main.`<init>`=com.acme.Main.make"))
                .startsWith("a constructor cannot be replaced");
        assertThat(refusal(program, "com.acme.Main.one=com.acme.Main.two"))
                .isEqualTo("it is synchronized, and a direct call of the target does not hold its monitor");
        assertThat(refusal(program, "java.lang.invoke.MethodHandle.invoke=com.acme.Main.invoke"))
                .isEqualTo("each call of a signature-polymorphic method has a type of its own");
    }

    @Test
    void aFieldAndAMethodThatNothingNames() {
        Application program = main("static int field; static int one() { return field; }");

        for (String key : List.of("com.acme.Main.field", "com.acme.Main.gone", "com.acme.Gone.one")) {
            assertThatThrownBy(() -> program.direct(key + "=com.acme.Main.one"))
                    .isInstanceOf(WeaveException.class)
                    .hasMessage(program.jar() + ": " + key
                            + ": no method of this name is declared or called in it; direct mode is for methods");
        }
    }

    @Test
    void aMethodThatNothingCalls() {
        DirectSummary summary = main("static int one() { return 1; } static int two() { return 2; }")
                .direct("com.acme.Main.one=com.acme.Main.two");

        assertThat(summary.isRefused()).isTrue();
        assertThat(summary.keys().get(0).isWithoutEffect()).isTrue();
    }

    @Test
    void aVirtualCallWhoseReceiverMayOverride() {
        String sources = """
            package com.acme;
            public class Main {
                public int size() { return 1; }
                static int other(Main main) { return 50; }
                static int ask(Main main) { return main.size(); }
                %s
                public static void main(String[] args) { System.out.println(ask(new Main())); }
            }
            """;
        Application open = Application.of(folder, sources.formatted(""));
        assertThat(left(open, "com.acme.Main.size=com.acme.Main.other"))
                .containsExactly(
                        "the receiver may be of a subclass that is not seen and overrides it: com.acme.Main can"
                                + " be extended");
        assertThat(open.closed().run("com.acme.Main.size=com.acme.Main.other")).isEqualTo("50");
    }

    @Test
    void aVirtualCallWhoseReceiverMayBeAKnownSubclassThatOverrides() {
        Application program = main("""
            public int size() { return 1; }
            static int other(Main main) { return 50; }
            static int ask(Main main) { return main.size(); }
            static class Sub extends Main { @Override public int size() { return 2; } }
            """);

        assertThat(left(program.closed(), "com.acme.Main.size=com.acme.Main.other"))
                .containsExactly("the receiver may be a com.acme.Main$Sub, which overrides it");
    }

    @Test
    void methodsOfThePackageAndSealedClassesHaveKnownSubclasses() {
        Application program = Application.of(folder, """
            package com.acme;
            public class Main {
                int size() { return 1; }
                static int other(Main main) { return 50; }
                sealed interface Shape { default int sides() { return 0; } }
                record Square() implements Shape { }
                static int none(Shape of) { return 60; }
                public static void main(String[] args) {
                    Shape shape = new Square();
                    System.out.print(new Main().size() + " " + shape.sides());
                }
            }
            """);

        assertThat(program.run(
                        "com.acme.Main.size=com.acme.Main.other", "com.acme.Main$Shape.sides=com.acme.Main.none"))
                .isEqualTo("50 60");
    }

    @Test
    void anAbstractMethodHasNoCallsOfItsOwn() {
        Application program = main("""
            interface Task { int run(); }
            static int other(Task task) { return 50; }
            static int ask(Task task) { return task.run(); }
            """);

        assertThat(left(program.closed(), "com.acme.Main$Task.run=com.acme.Main.other"))
                .containsExactly("the method is abstract: the call reaches an implementation; name the implementation");
    }

    @Test
    void aMethodThatIsCalledThroughATypeAboveIt() {
        Application program = main("""
            interface Task { int run(); }
            static final class Quick implements Task, Comparable<Quick> {
                public int run() { return 1; }
                public int compareTo(Quick other) { return 0; }
                public String toString() { return "quick"; }
            }
            static int other(Quick task) { return 50; }
            static String text(Quick task) { return "text"; }
            static int ask(Task task, Quick quick) { return task.run() + quick.run() + quick.toString().length(); }
            """);

        assertThat(left(program, "com.acme.Main$Quick.run=com.acme.Main.other"))
                .containsExactly("it calls com.acme.Main$Task.run, which may reach it, and may reach something else");
        DirectSummary text = program.direct("com.acme.Main$Quick.toString=com.acme.Main.text");
        assertThat(text.isWritten()).isFalse();
        assertThat(text.keys().get(0).unseen())
                .containsExactly("code outside calls it as java.lang.Object.toString, and still reaches it");
        assertThat(program.forced()
                        .direct("com.acme.Main$Quick.run=com.acme.Main.other")
                        .isWritten())
                .isTrue();
    }

    @Test
    void aTargetThatTheCallerCannotAccess() {
        Application program = Application.of(folder, """
            package com.acme.other;
            public class Hidden {
                static int two() { return 2; }
                private static int three() { return 3; }
                static class Inner { public static int four() { return 4; } }
            }
            """, """
            package com.acme;
            public class Main {
                static int one() { return 1; }
                static int ask() { return one(); }
            }
            """);

        assertThat(left(program, "com.acme.Main.one=com.acme.other.Hidden.two"))
                .containsExactly("its target com.acme.other.Hidden.two() is not public");
        assertThat(left(program, "com.acme.Main.one=com.acme.other.Hidden.three"))
                .containsExactly("its target com.acme.other.Hidden.three() is private; make it public");
        assertThat(left(program, "com.acme.Main.one=com.acme.other.Hidden$Inner.four"))
                .containsExactly("its target com.acme.other.Hidden$Inner.four() is in a class that is not public");
    }

    @Test
    void aTargetInAPackageThatTheJdkDoesNotExportOrTheModuleDoesNotRead() {
        Application program = Application.of(folder, "module com.acme { }", """
            package com.acme;
            public class Main {
                static int seconds() { return 1; }
                static int ask() { return seconds(); }
            }
            """);

        assertThat(left(program, "com.acme.Main.seconds=jdk.internal.misc.VM.initLevel():int"))
                .containsExactly("its target is in jdk.internal.misc, which java.base does not export");
        assertThat(left(program, "com.acme.Main.seconds=java.sql.DriverManager.getLoginTimeout"))
                .containsExactly("its target is in java.sql, which the module of the file does not require");
    }

    @Test
    void methodHandlesWhoseTypeWouldDiffer() {
        Application program = main("""
            public static final class Crc {
                public int next(int value) { return value; }
            }
            static int next(Object crc, int value) { return 50; }
            static java.util.function.IntUnaryOperator bound(Crc crc) { return crc::next; }
            interface Wide extends java.util.function.ToIntFunction<Crc>, java.io.Serializable { }
            static int one(Crc crc) { return 1; }
            static int two(Crc crc) { return 2; }
            static Wide serial() { return Main::one; }
            """);

        assertThat(left(program, "com.acme.Main$Crc.next=com.acme.Main.next"))
                .containsExactly("a method reference binds a value of type com.acme.Main$Crc, and its target takes"
                        + " another type; the linker of lambdas accepts only the same");
        assertThat(left(program, "com.acme.Main.one=com.acme.Main.two"))
                .contains("the serial form of a serializable method reference contains the name of its method");
    }

    @Test
    void whatIsDifferentAndWhatReflectionMayCallIsTold() throws Exception {
        DirectSummary summary = main("""
            static final class Crc {
                static final Object LOCK = new Object();
                static int one() { return 1; }
                int two() { return 2; }
            }
            static int other() { return 50; }
            static int another(Crc crc) { return 60; }
            static int ask() { return Crc.one() + new Crc().two(); }
            static Object find() throws Exception { return Crc.class.getDeclaredMethod("one"); }
            """)
                .direct("com.acme.Main$Crc.one=com.acme.Main.other", "com.acme.Main$Crc.two=com.acme.Main.another");

        assertThat(summary.isWritten()).isTrue();
        assertThat(summary.keys().get(0).differences())
                .containsExactly(
                        "a call does not initialise com.acme.Main$Crc any more",
                        "com.acme.Main uses reflection and contains the name one: a call that it makes still reaches"
                                + " the method");
        assertThat(summary.keys().get(1).differences())
                .containsExactly("a call on null reaches the target, and throws no NullPointerException by itself");
    }
}
