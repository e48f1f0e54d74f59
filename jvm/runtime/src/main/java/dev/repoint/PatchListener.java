package dev.repoint;

import java.util.List;

/// Is told of the patches of this JVM: for metrics, logs and traces of a program's own.
///
/// {@snippet :
/// ListenerScope scope = Repoint.listen(changes -> changes.forEach(System.out::println));
/// }
///
/// It is called by the thread that patches, after the patch and with no lock held, so it has to be quick. What it patches
/// itself is not told, and what it throws is ignored. Calls may come from several threads at the same time.
@FunctionalInterface
public interface PatchListener {

    /// A patch was made.
    ///
    /// @param changes one for each patchable that leads elsewhere now; not empty, immutable
    void patched(List<PatchChange> changes);

    /// A patch of the program, the bean, or a policy was refused. Nothing has changed.
    ///
    /// @param reason what the caller is told, too
    default void refused(PatchException reason) {}
}
