package dev.repoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A fresh class loader with its own, woven copies of the classes in `dev.repoint.fixture`, so that no test
/// sees what another one set.
public final class Woven extends ClassLoader {

    private static final String PACKAGE = "dev.repoint.fixture.";

    private final UnaryOperator<byte[]> weaver;
    private final Map<String, byte[]> resources = new HashMap<>();
    private boolean givesClassFiles = true;

    /// Copies with prologues.
    public Woven() {
        this(Prologue::weave);
    }

    /// Copies made by a weaver of one's own.
    public Woven(UnaryOperator<byte[]> weaver) {
        super(Woven.class.getClassLoader());
        this.weaver = weaver;
    }

    /// Gives the loader a resource of its own.
    public Woven with(String name, String content) {
        resources.put(name, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /// Gives no class file of its copies to those who ask, as loaders of generated classes do.
    public Woven withoutClassFiles() {
        givesClassFiles = false;
        return this;
    }

    /// Gives a class file of its own to those who ask, instead of the one that is loaded.
    public Woven withClassFile(Class<?> original, byte[] classFile) {
        resources.put(fileOf(original.getName()), classFile);
        return this;
    }

    /// The copy of a class.
    public Class<?> copy(Class<?> original) {
        return load(original.getName());
    }

    /// A look-up with full access to the copy of a class.
    public MethodHandles.Lookup lookup(Class<?> original) {
        try {
            return MethodHandles.privateLookupIn(copy(original), MethodHandles.lookup());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /// A patchable of the copy of a class.
    public PatchableMethod patchable(Class<?> original, String name) {
        return Repoint.find(lookup(original), copy(original), name);
    }

    /// Calls a static method of the copy of a class, as a caller that is not woven does.
    public Object call(Class<?> original, String name, Object... arguments) {
        return call(original, null, name, arguments);
    }

    /// Calls an instance method of an object of the copy of a class.
    public Object callOn(Object receiver, String name, Object... arguments) {
        return call(receiver.getClass(), receiver, name, arguments);
    }

    /// A new instance of the copy of a class, by its constructor without parameters.
    public Object make(Class<?> original) {
        try {
            var constructor = copy(original).getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /// The bytes of a class of the tests.
    public static byte[] bytes(Class<?> original) {
        return bytes(original.getName());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(PACKAGE)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                if (getParent().getResource(fileOf(name)) == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] woven = weaver.apply(bytes(name));
                loaded = defineClass(name, woven, 0, woven.length);
            }
            return loaded;
        }
    }

    @Override
    public URL getResource(String name) {
        return isClassFile(name) ? url(name) : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return isClassFile(name) ? findResources(name) : super.getResources(name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL url = url(name);
        return url == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(url));
    }

    private static boolean isClassFile(String name) {
        return name.startsWith(PACKAGE.replace('.', '/')) && name.endsWith(".class");
    }

    private URL url(String name) {
        byte[] content = resources.get(name);
        if (content == null
                && isClassFile(name)
                && givesClassFiles
                && getParent().getResource(name) != null) {
            content = weaver.apply(
                    bytes(name.substring(0, name.length() - ".class".length()).replace('/', '.')));
        }
        return content == null ? null : url(name, content);
    }

    @SuppressWarnings("deprecation") // what replaces the constructor is of Java 20
    private URL url(String name, byte[] content) {
        try {
            return new URL(null, "memory:" + System.identityHashCode(this) + "/" + name, new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(URL of) {
                    return new URLConnection(of) {
                        @Override
                        public void connect() {}

                        @Override
                        public InputStream getInputStream() {
                            return new ByteArrayInputStream(content);
                        }
                    };
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Class<?> load(String name) {
        try {
            return Class.forName(name, false, this);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private Object call(Class<?> original, Object receiver, String name, Object... arguments) {
        Method method = Arrays.stream(copy(original).getDeclaredMethods())
                .filter(candidate ->
                        candidate.getName().equals(name) && candidate.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no method " + name));
        method.setAccessible(true);
        try {
            return method.invoke(receiver, arguments);
        } catch (InvocationTargetException e) {
            throw Woven.<RuntimeException>sneaky(e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static String fileOf(String name) {
        return name.replace('.', '/') + ".class";
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Woven.class.getResourceAsStream("/" + fileOf(name))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
