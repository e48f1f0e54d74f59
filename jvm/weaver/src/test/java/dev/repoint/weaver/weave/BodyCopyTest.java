package dev.repoint.weaver.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.base.Base;
import com.acme.twin.Ledger;
import com.acme.twin.Noisy;
import com.acme.twin.Sums;
import dev.repoint.Key;
import dev.repoint.internal.classfile.BodyCopy;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveResult;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup.ClassOption;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Bodies that are copied to a hidden nestmate do what they do in their own class.
class BodyCopyTest {

    private static final Method TO_REFLECT;

    static {
        try {
            TO_REFLECT = System.class.getMethod("lineSeparator");
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private static final Class<?>[] LEDGER = {Ledger.class, Sums.class, Base.class};

    /// A copy of the ledger's classes, with copies of its bodies.
    private static final class Copy {

        final byte[] classFile;
        final Class<?> type;

        Copy(byte[] classFile) throws ReflectiveOperationException {
            this.classFile = classFile;
            Throwaway loader = new Throwaway().plain(LEDGER);
            for (String inner : List.of("Page", "Kind", "Reflective", "1")) {
                String name = Ledger.class.getName() + "$" + inner;
                loader.with(name, Throwaway.bytesOf(name.replace('.', '/')));
            }
            this.type = loader.with(Ledger.class.getName(), classFile).load(Ledger.class.getName());
        }

        Method method(String name) {
            return Arrays.stream(type.getMethods())
                    .filter(each -> each.getName().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        MethodHandle body(String name) throws ReflectiveOperationException {
            Method method = method(name);
            MethodHandles.Lookup lookup =
                    (MethodHandles.Lookup) type.getMethod("lookup").invoke(null);
            return define(lookup, classFile, method);
        }

        Object receiver() throws ReflectiveOperationException {
            return type.getConstructor(String.class, int.class).newInstance("led", 100);
        }

        Object call(String name) throws ReflectiveOperationException {
            return type.getMethod(name).invoke(null);
        }

        List<Object> state(Object receiver) throws ReflectiveOperationException {
            List<Object> state = new ArrayList<>();
            for (String field : List.of("balance", "opened")) {
                var each = type.getDeclaredField(field);
                each.setAccessible(true);
                state.add(each.get(receiver));
            }
            return state;
        }
    }

    private static MethodHandle define(MethodHandles.Lookup lookup, byte[] classFile, Method method)
            throws ReflectiveOperationException {
        String descriptor = Key.of(method).descriptor();
        byte[] copy = BodyCopy.of(
                Bodies.of(classFile, method.getName(), descriptor),
                Bodies.LINK_PACKAGE,
                Bodies.inherited(method.getDeclaringClass()),
                null);
        Try.assertVerifies(copy);
        MethodHandles.Lookup hidden = lookup.defineHiddenClassWithClassData(copy, lookup, false, ClassOption.NESTMATE);
        return hidden.unreflect(Arrays.stream(hidden.lookupClass().getDeclaredMethods())
                .filter(each -> each.getName().equals(BodyCopy.METHOD))
                .findFirst()
                .orElseThrow());
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                Arguments.of("sum", List.<Object>of(3, new int[] {4, 5})),
                Arguments.of("loopAtStart", List.<Object>of(12)),
                Arguments.of("privates", List.<Object>of(4)),
                Arguments.of("lambdas", List.<Object>of(List.of("a", "b"))),
                Arguments.of("caught", List.<Object>of(-1)),
                Arguments.of("caught", List.<Object>of(3)),
                Arguments.of("caught", List.<Object>of(5)),
                Arguments.of("chosen", List.<Object>of(11)),
                Arguments.of("chosen", List.<Object>of(5)),
                Arguments.of("chosen", List.<Object>of("two")),
                Arguments.of("chosen", List.<Object>of(2.0)),
                Arguments.of("wide", List.<Object>of(5L, 2.5, 3L)),
                Arguments.of("locked", List.<Object>of("text")),
                Arguments.of("locked", List.<Object>of("")),
                Arguments.of("lockedStatic", List.<Object>of(9L, 4L)),
                Arguments.of("anonymous", List.<Object>of(6)),
                Arguments.of("viaInterface", List.<Object>of(6)),
                Arguments.of("recursive", List.<Object>of(6)),
                Arguments.of("varargs", List.<Object>of((Object) new Object[] {"a", 1})),
                Arguments.of("overridden", List.<Object>of()),
                Arguments.of("superOfInterface", List.<Object>of()),
                Arguments.of("inheritedProtected", List.<Object>of()),
                Arguments.of("inheritedProtectedStatic", List.<Object>of()),
                Arguments.of("inheritedProtectedField", List.<Object>of()),
                Arguments.of("looksUp", List.<Object>of()),
                Arguments.of("byName", List.<Object>of("com.acme.twin.Sums")),
                Arguments.of("reflects", List.<Object>of(TO_REFLECT)));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void theCopyOfAPlainBodyDoesWhatTheBodyDoes(String name, List<Object> arguments) throws Throwable {
        assertSame(Throwaway.bytesOf(Ledger.class), name, arguments);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void theCopyOfABodyThatWasWovenInPlaceDoesWhatTheBodyDoes(String name, List<Object> arguments) throws Throwable {
        assertSame(wovenInPlace(), name, arguments);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void theCopyOfABodyWhoseCallsWereWovenInPlaceDoesWhatTheBodyDoes(String name, List<Object> arguments)
            throws Throwable {
        Selection selection = new Selection(
                Try.keys("com.acme.twin.**"),
                false,
                Try.keys("java.util.**", "java.lang.String.*", "java.lang.Thread.*", "com.acme.twin.**"),
                List.of(),
                List.of());
        WeaveResult woven =
                Weaver.of(selection).weave(Throwaway.bytesOf(Ledger.class), Throwaway::bytesOf, Phase.RETRANSFORM);
        assertThat(woven.sites()).isNotEmpty();

        assertSame(woven.bytes(), name, arguments);
    }

    /// Private members of other classes are no such class's to use.
    static Stream<Arguments> callsWithinTheClass() {
        return calls().filter(call -> !List.of("privates", "anonymous").contains(call.get()[0]));
    }

    @ParameterizedTest
    @MethodSource("callsWithinTheClass")
    void theCopyOfAnOlderClassDoesWhatTheBodyDoes(String name, List<Object> arguments) throws Throwable {
        assertSame(asJava8Compiled(Throwaway.bytesOf(Ledger.class)), name, arguments);
    }

    private static void assertSame(byte[] classFile, String name, List<Object> arguments) throws Throwable {
        Copy original = new Copy(Throwaway.bytesOf(Ledger.class));
        Copy copy = new Copy(classFile);
        Object plainReceiver = original.receiver();
        Object receiver = copy.receiver();
        List<Object> all = new ArrayList<>(arguments);
        if (!java.lang.reflect.Modifier.isStatic(copy.method(name).getModifiers())) {
            all.addFirst(receiver);
        }

        Object expected = outcome(() -> original.method(name).invoke(plainReceiver, arguments.toArray()));
        Object found = outcome(() -> copy.body(name).asFixedArity().invokeWithArguments(all));

        assertThat(text(found)).isEqualTo(text(expected));
        assertThat(copy.state(receiver)).isEqualTo(original.state(plainReceiver));
    }

    /// The copies of the class differ, and so do their look-ups: their text is the same.
    private static Object text(Object result) {
        return result instanceof MethodHandles.Lookup || result instanceof Class<?> ? result.toString() : result;
    }

    private interface Call {
        Object run() throws Throwable;
    }

    private static Object outcome(Call call) throws Throwable {
        try {
            return call.run();
        } catch (InvocationTargetException e) {
            return Map.of("thrown", e.getCause().toString());
        } catch (IllegalArgumentException e) {
            return Map.of("thrown", e.toString());
        }
    }

    @Test
    void whatAPrivateTypeHoldsIsReached() throws Throwable {
        Copy copy = new Copy(Throwaway.bytesOf(Ledger.class));
        MethodHandle twin = copy.body("chosen");

        assertThat(twin.invokeWithArguments(copy.call("debit"))).isEqualTo("minus");
        assertThat(twin.invokeWithArguments(
                        copy.type.getMethod("page", int.class).invoke(null, 3)))
                .isEqualTo("page3");
    }

    @Test
    void aCopyOfAnObjectIsMadeByTheClassItself() throws Throwable {
        Copy copy = new Copy(Throwaway.bytesOf(Ledger.class));
        Object receiver = copy.receiver();

        Object clone = copy.body("copy").invokeWithArguments(receiver);

        assertThat(clone).isInstanceOf(copy.type).isNotSameAs(receiver);
    }

    @Test
    void aSerializableLambdaIsThatOfTheClassItself() throws Throwable {
        Copy copy = new Copy(Throwaway.bytesOf(Ledger.class));

        Object lambda = copy.body("serializable").invokeWithArguments();

        Method replace = lambda.getClass().getDeclaredMethod("writeReplace");
        replace.setAccessible(true);
        assertThat(((SerializedLambda) replace.invoke(lambda)).getCapturingClass())
                .isEqualTo("com/acme/twin/Ledger");
    }

    @Test
    void thePrologueLeavesNothingButItsLine() {
        byte[] plain = Throwaway.bytesOf(Ledger.class);

        for (String name : List.of("sum", "loopAtStart", "caught", "recursive", "chosen")) {
            String descriptor = Try.method(plain, name).methodType().stringValue();
            assertThat(listing(copyOf(wovenInPlace(), name, descriptor)))
                    .as(name)
                    .isEqualTo(listing(copyOf(plain, name, descriptor)));
        }
    }

    /// The prologue may have needed more of the stack.
    private static List<String> listing(byte[] classFile) {
        List<String> lines = new ArrayList<>();
        Listing.of(classFile).values().forEach(lines::addAll);
        lines.removeIf(line -> line.startsWith("stack "));
        return lines;
    }

    private static byte[] copyOf(byte[] classFile, String name, String descriptor) {
        return BodyCopy.of(Bodies.of(classFile, name, descriptor), Bodies.LINK_PACKAGE, none -> false, null);
    }

    @Test
    void aLockIsGivenBackWhenTheBodyFails() throws Throwable {
        Copy copy = new Copy(Throwaway.bytesOf(Ledger.class));
        Object receiver = copy.receiver();

        assertThatThrownBy(() -> copy.body("locked").invokeWithArguments(receiver, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("emptytrue");
        assertThat(Thread.holdsLock(receiver)).isFalse();
    }

    @Test
    void methodsOfInterfacesAreCopied() throws Throwable {
        Class<?> ledger = new Copy(Throwaway.bytesOf(Ledger.class)).type;
        Class<?> sums = ledger.getInterfaces()[0];
        MethodHandles.Lookup lookup =
                (MethodHandles.Lookup) sums.getMethod("lookup").invoke(null);
        Object receiver = ledger.getConstructor(String.class, int.class).newInstance("a", 1);
        byte[] classFile = asJava8Compiled(Throwaway.bytesOf(Sums.class));

        assertThat(define(lookup, classFile, sums.getMethod("total", int.class)).invokeWithArguments(receiver, 4))
                .isEqualTo(13);
        assertThat(define(lookup, classFile, sums.getMethod("twice", int.class)).invokeWithArguments(4))
                .isEqualTo(8);
    }

    @Test
    void aCallOfTheCopyInitialisesTheOwnerAsACallOfTheMethodDoes() throws Throwable {
        Throwaway loader =
                new Throwaway().plain(Noisy.class, Noisy.WithField.class, Noisy.WithoutField.class, Noisy.Below.class);
        @SuppressWarnings("unchecked")
        List<String> log = (List<String>)
                loader.load(Noisy.class.getName()).getField("LOG").get(null);
        MethodHandles.Lookup access = (MethodHandles.Lookup)
                loader.load(Noisy.class.getName()).getMethod("lookup").invoke(null);

        MethodHandle below = notInitialised(loader, access, Noisy.Below.class, "below");
        MethodHandle withField = notInitialised(loader, access, Noisy.WithField.class, "run");
        assertThat(log).isEmpty();
        assertThat(below.invoke()).isEqualTo(1);
        assertThat(log).containsExactly("WithoutField");
        assertThat(withField.invoke()).isEqualTo(2);
        assertThat(log).containsExactly("WithoutField", "WithField");
    }

    private static MethodHandle notInitialised(
            ClassLoader loader, MethodHandles.Lookup access, Class<?> type, String name) throws Exception {
        Class<?> copy = Class.forName(type.getName(), false, loader);
        return define(MethodHandles.privateLookupIn(copy, access), Throwaway.bytesOf(type), copy.getMethod(name));
    }

    @Test
    void theClassFileIsAHiddenOneInWaiting() {
        ClassModel model = ClassFile.of().parse(copyOf(Throwaway.bytesOf(Ledger.class), "sum", "(I[I)I"));

        assertThat(model.thisClass().asInternalName()).isEqualTo("com/acme/twin/Ledger$$repoint$default");
        assertThat(model.flags().flagsMask())
                .isEqualTo(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC);
        assertThat(model.methods()).hasSize(1);
        assertThat(model.majorVersion()).isEqualTo(69);
    }

    private static byte[] wovenInPlace() {
        return Weaver.of(Try.patchable("com.acme.twin.**"))
                .weave(Throwaway.bytesOf(Ledger.class), Throwaway::bytesOf, Phase.RETRANSFORM)
                .bytes();
    }

    /// The class as a compiler for Java 8 would have called private methods: by `invokespecial`.
    private static byte[] asJava8Compiled(byte[] classFile) {
        ClassModel model = ClassFile.of().parse(classFile);
        CodeTransform special = (code, element) -> {
            boolean own = element instanceof InvokeInstruction call
                    && call.owner().equals(model.thisClass())
                    && call.opcode() != Opcode.INVOKESTATIC
                    && isPrivate(model, call);
            if (own && element instanceof InvokeInstruction call) {
                if (call.method() instanceof MethodRefEntry method) {
                    code.invokespecial(method);
                } else {
                    code.invokespecial(call.owner().asSymbol(), call.name().stringValue(), call.typeSymbol(), true);
                }
            } else {
                code.with(element);
            }
        };
        ClassTransform version = ClassTransform.endHandler(type -> type.withVersion(52, 0));
        return ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                        java.lang.classfile.ClassHierarchyResolver.ofResourceParsing(Ledger.class.getClassLoader())))
                .transformClass(
                        model, ClassTransform.transformingMethodBodies(special).andThen(version));
    }

    private static boolean isPrivate(ClassModel model, InvokeInstruction call) {
        return model.methods().stream()
                .anyMatch(method -> method.methodName().equals(call.name())
                        && method.methodType().equals(call.type())
                        && (method.flags().flagsMask() & ClassFile.ACC_PRIVATE) != 0);
    }
}
