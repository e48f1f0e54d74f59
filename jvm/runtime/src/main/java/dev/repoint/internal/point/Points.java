package dev.repoint.internal.point;

import dev.repoint.Key;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/// All points, each held by the class that owns its method and by nothing else, so that a class loader which
/// the application drops can be collected.
///
/// Thread-safe.
public final class Points {

    private static final ClassValue<Map<String, Point>> OF_CLASS = new ClassValue<>() {
        @Override
        protected Map<String, Point> computeValue(Class<?> owner) {
            return new ConcurrentHashMap<>();
        }
    };

    /// Guarded by itself.
    private static final Map<Point, Boolean> ALL = new WeakHashMap<>();

    private Points() {}

    /// The point of a method, made now if there was none.
    public static Point of(Class<?> owner, String name, String descriptor) {
        Map<String, Point> ofClass = OF_CLASS.get(owner);
        Point known = ofClass.get(name + descriptor);
        return known == null ? add(ofClass, owner, name, descriptor) : known;
    }

    private static Point add(Map<String, Point> ofClass, Class<?> owner, String name, String descriptor) {
        Point point = new Point(owner, new Key(Key.nameOf(owner), name, descriptor));
        synchronized (ALL) {
            Point earlier = ofClass.putIfAbsent(name + descriptor, point);
            if (earlier != null) {
                return earlier;
            }
            ALL.put(point, Boolean.TRUE);
        }
        return point;
    }

    /// The points that there are now, ordered by key.
    public static List<Point> all() {
        List<Point> points;
        synchronized (ALL) {
            points = new ArrayList<>(ALL.keySet());
        }
        points.sort(Comparator.comparing(Point::key));
        return points;
    }
}
