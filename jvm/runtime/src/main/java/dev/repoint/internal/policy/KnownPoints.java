package dev.repoint.internal.policy;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.PatchableState;
import dev.repoint.Target;
import dev.repoint.internal.jmx.BeanSetting;
import dev.repoint.internal.jmx.PatchablesControl;
import dev.repoint.internal.point.BoundTarget;
import dev.repoint.internal.point.Choosable;
import dev.repoint.internal.point.FieldPoint;
import dev.repoint.internal.point.FieldPoints;
import dev.repoint.internal.point.Point;
import dev.repoint.internal.point.Points;
import dev.repoint.internal.report.Nearest;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.internal.targets.TargetRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// All patchables that are known, and changes of them, named by texts. Every change is one patch, in all class loaders.
public final class KnownPoints implements PatchablesControl {

    private static final int SIMILAR = 3;

    private final Supplier<Sources> sources;

    /// @param sources by which those are chosen for that changes lead to
    public KnownPoints(Supplier<Sources> sources) {
        this.sources = sources;
    }

    /// Registers a bean for them if a property asks for it.
    static void followBeanSetting(Supplier<Sources> sources) {
        BeanSetting.follow(new KnownPoints(sources));
    }

    /// The points of methods and fields that there is something to tell about.
    static List<Choosable> all() {
        List<Choosable> points = new ArrayList<>(Points.all());
        points.addAll(FieldPoints.all());
        points.removeIf(point -> !point.isKnown());
        return points;
    }

    @Override
    public List<PatchableState> states() {
        return Stream.concat(
                        Points.all().stream().filter(Point::isKnown).map(Point::state),
                        FieldPoints.all().stream().filter(FieldPoint::isKnown).map(FieldPoint::state))
                .sorted(Comparator.comparing(PatchableState::key))
                .toList();
    }

    @Override
    public void set(Map<String, String> targets) {
        List<Choosable> all = all();
        List<TargetRequest> requests = new ArrayList<>();
        for (Map.Entry<String, String> each : targets.entrySet()) {
            Target.Written target = Target.parse(each.getValue());
            for (Choosable point : one(all, KeyPattern.parse(each.getKey()))) {
                requests.add(TargetRequest.of(point, () -> Choosing.target(point, target)));
            }
        }
        grant(requests);
    }

    @Override
    public void reset(String pattern) {
        List<Choosable> all = all();
        reset(matching(all, KeyPattern.parse(pattern)));
    }

    @Override
    public void resetAll() {
        reset(all());
    }

    private void reset(List<Choosable> points) {
        grant(points.stream()
                .filter(point -> !point.isDefault())
                .map(point -> TargetRequest.of(point, () -> BoundTarget.DEFAULT))
                .toList());
    }

    private void grant(List<TargetRequest> requests) {
        NativeImage.refuse();
        Ahead.commit(sources, TargetRequest.changes(requests));
    }

    private static List<Choosable> one(List<Choosable> all, KeyPattern pattern) {
        if (!pattern.isExact()) {
            throw new PatchRefusal("key '" + pattern + "' has a wildcard; name one method or field");
        }
        List<Choosable> points = matching(all, pattern);
        TreeSet<Key> keys = new TreeSet<>(points.stream().map(Choosable::key).toList());
        if (keys.size() > 1) {
            throw new PatchRefusal(pattern + " is ambiguous; name one of " + String.join(", ", Key.texts(keys)));
        }
        return points;
    }

    private static List<Choosable> matching(List<Choosable> all, KeyPattern pattern) {
        List<Choosable> points =
                all.stream().filter(point -> pattern.matches(point.key())).toList();
        if (points.isEmpty()) {
            List<String> nearest =
                    Nearest.to(pattern.text(), all.stream().map(Choosable::key).toList(), SIMILAR);
            throw new PatchRefusal("no patchable that was called or read yet matches '" + pattern + "'"
                    + (nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?"));
        }
        return points;
    }
}
