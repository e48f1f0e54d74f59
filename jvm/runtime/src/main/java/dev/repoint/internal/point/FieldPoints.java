package dev.repoint.internal.point;

import dev.repoint.Key;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// All points of fields, each held by the class that declares its field and by nothing else, as [Points] does
/// for methods.
///
/// Thread-safe.
public final class FieldPoints {

    private static final ClassValue<Map<String, FieldPoint>> OF_CLASS = new ClassValue<>() {
        @Override
        protected Map<String, FieldPoint> computeValue(Class<?> owner) {
            return new ConcurrentHashMap<>();
        }
    };

    /// Guarded by itself.
    private static final Map<FieldPoint, Boolean> ALL = new WeakHashMap<>();

    private FieldPoints() {}

    /// The point of a field, made now if there was none.
    public static FieldPoint of(Class<?> owner, String name, String descriptor) {
        return OF_CLASS.get(owner).computeIfAbsent(name + ":" + descriptor, absent -> {
            FieldPoint point = new FieldPoint(owner, new Key(Key.nameOf(owner), name, descriptor));
            synchronized (ALL) {
                ALL.put(point, Boolean.TRUE);
            }
            return point;
        });
    }

    /// The point of a field, or null if there is none.
    public static @Nullable FieldPoint known(Field field) {
        return OF_CLASS.get(field.getDeclaringClass())
                .get(field.getName() + ":" + field.getType().descriptorString());
    }

    /// The points that there are now, ordered by key.
    public static List<FieldPoint> all() {
        List<FieldPoint> points;
        synchronized (ALL) {
            points = new ArrayList<>(ALL.keySet());
        }
        points.sort(Comparator.comparing(FieldPoint::key));
        return points;
    }
}
