package dev.repoint;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What the runtime logs, until it is closed. By reflection, as the module of these tests reads no logging.
public final class Logged implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Object logger;
    private final Method setFilter;

    /// Listens from now on.
    public Logged() {
        try {
            Class<?> type = Class.forName("java.util.logging.Logger");
            Class<?> filter = Class.forName("java.util.logging.Filter");
            Method message = Class.forName("java.util.logging.LogRecord").getMethod("getMessage");
            logger = type.getMethod("getLogger", String.class).invoke(null, "dev.repoint");
            setFilter = type.getMethod("setFilter", filter);
            setFilter.invoke(
                    logger,
                    Proxy.newProxyInstance(filter.getClassLoader(), new Class<?>[] {filter}, (self, called, given) -> {
                        lines.add((String) message.invoke(given[0]));
                        return false;
                    }));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /// The messages so far.
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        try {
            setFilter.invoke(logger, (Object) null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
