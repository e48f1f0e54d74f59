package dev.repoint.agent.weave;

import dev.repoint.internal.report.PatchRefusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Finds methods that do not return, in classes that will change in place. Such a frame continues in the old version
/// of its class, and HotSpot no longer compiles this version. So the frame runs at about half its speed until it
/// returns, also after a reset.
///
/// A stack does not show whether a frame is the same as before, or was called again. So a frame counts only if three
/// conditions hold:
///
/// 1. It is at the same place of the same stack, above the same frames, in several samples.
/// 2. Its thread was busy in most samples, so its speed matters.
/// 3. It is in a loop, and no frame below it is in one: so no frame below can have called it again.
///
/// It ignores virtual threads. Thread-safe.
public final class LongRunningFrames {

    private static final int LOOKS = 6;
    private static final long PAUSE_NANOS = 40_000_000;

    private LongRunningFrames() {}

    /// Refuses changes of classes with a method that does not return.
    ///
    /// @param classes the classes that will change
    /// @param forced whether to allow the changes nevertheless
    /// @return the methods that stay slow
    /// @throws PatchException if a method would stay slow, and `forced` is false; the message names the method
    public static List<String> require(Collection<Class<?>> classes, boolean forced) {
        List<String> found = classes.isEmpty() ? List.of() : in(classes);
        if (!forced && !found.isEmpty()) {
            throw new PatchRefusal(String.join(" and ", found)
                    + " would stay slow until it returns, also after a reset: its class must change, and the JVM no"
                    + " longer compiles the old version of a running method; use --force, start the program with"
                    + " -javaagent, or move the loop to a separate class");
        }
        return found;
    }

    /// The note about methods that stay slow.
    ///
    /// @param slow the methods that [#require] returned
    public static String note(List<String> slow) {
        return String.join(" and ", slow)
                + (slow.size() == 1 ? " stays slow until it returns" : " stay slow until they return");
    }

    private static List<String> in(Collection<Class<?>> classes) {
        Map<String, Class<?>> byName = new HashMap<>();
        classes.forEach(each -> byName.put(each.getName(), each));
        Map<Thread, Look> first = look(byName, null);
        Map<Thread, Look> last = first;
        for (int i = 1; i < LOOKS && !last.isEmpty(); i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            last = look(byName, last);
        }
        TreeSet<String> found = new TreeSet<>();
        last.forEach((thread, look) -> {
            StackTraceElement frame = look.loop(byName);
            if (frame != null && look.busy > LOOKS / 2) {
                found.add(frame.getClassName() + "." + frame.getMethodName() + " in thread " + thread.getName());
            }
        });
        return new ArrayList<>(found);
    }

    /// The common part of the stack of a thread in all samples.
    ///
    /// @param stack from its bottom
    /// @param busy  the number of samples in which the thread ran Java code
    private record Look(List<StackTraceElement> stack, int busy) {

        /// The lowest frame in a loop, if its class is one of these.
        @Nullable
        StackTraceElement loop(Map<String, Class<?>> byName) {
            for (StackTraceElement frame : stack) {
                Class<?> owner = byName.get(frame.getClassName());
                if (LoopDetector.isInLoop(frame, owner)) {
                    return owner == null ? null : frame;
                }
            }
            return null;
        }
    }

    private static Map<Thread, Look> look(Map<String, Class<?>> byName, @Nullable Map<Thread, Look> before) {
        Map<Thread, Look> seen = new HashMap<>();
        Thread.getAllStackTraces().forEach((thread, frames) -> {
            Look known = before == null ? null : before.get(thread);
            if (thread == Thread.currentThread() || frames.length == 0 || before != null && known == null) {
                return;
            }
            List<StackTraceElement> stack = new ArrayList<>(List.of(frames));
            Collections.reverse(stack);
            List<StackTraceElement> common = known == null ? stack : common(known.stack, stack);
            if (common.stream().anyMatch(frame -> byName.containsKey(frame.getClassName()))) {
                boolean busy = thread.getState() == Thread.State.RUNNABLE && !frames[0].isNativeMethod();
                seen.put(thread, new Look(common, (known == null ? 0 : known.busy) + (busy ? 1 : 0)));
            }
        });
        return seen;
    }

    /// The equal frames from the bottom. The last of them may have moved to another line.
    private static List<StackTraceElement> common(List<StackTraceElement> one, List<StackTraceElement> other) {
        int length = 0;
        while (length < Math.min(one.size(), other.size())) {
            StackTraceElement a = one.get(length);
            StackTraceElement b = other.get(length);
            if (!a.getClassName().equals(b.getClassName()) || !a.getMethodName().equals(b.getMethodName())) {
                break;
            }
            length++;
            if (a.getLineNumber() != b.getLineNumber()) {
                break; // what stood above it has returned
            }
        }
        return other.subList(0, length);
    }
}
