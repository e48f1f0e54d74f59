package dev.repoint.linux.process;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.NativeTarget;
import dev.repoint.linux.patcher.ProcessPatcher;
import dev.repoint.linux.refusal.ProcessRefusal;
import java.nio.file.Path;
import java.util.List;

/// A library that a process loads for a patch, because it has targets. It is checked as far as that is possible
/// before it is loaded.
final class TargetLibrary {

    private final ProcessModules modules;
    private final ProcessTargetResolver targets;
    private final Signatures signatures;
    private final Path path;

    /// @param path of the library
    TargetLibrary(ProcessModules modules, ProcessTargetResolver targets, Signatures signatures, Path path) {
        this.modules = modules;
        this.targets = targets;
        this.signatures = signatures;
        this.path = path;
    }

    /// Loads it into the process.
    ///
    /// @param found the rows of the changes, in their order
    /// @param force whether a target may be of another type than the default
    /// @throws NativePatchException if it cannot be loaded, has no target, or a target is not there
    ProcessModule load(
            ProcessPatcher patcher, List<ProcessChange> changes, List<ProcessKeyResolver.Found> found, boolean force) {
        Library checked = Library.read(path, modules.program().file().machine());
        boolean hasAny = false;
        for (int i = 0; i < changes.size(); i++) {
            hasAny |= check(checked, changes.get(i).target(), found.get(i), force);
        }
        if (!hasAny) {
            throw ProcessRefusal.of(
                    "", "--load " + path + ": none of the targets is a function of it; it has " + checked.summary());
        }
        patcher.load(path.toAbsolutePath());
        modules.refresh();
        return modules.all().stream()
                .filter(each -> checked.is(each.file(), each.source()))
                .findFirst()
                .orElseThrow(() -> ProcessRefusal.of(
                        "",
                        "--load " + path + ": process " + modules.pid()
                                + " has loaded it, but the file has changed since"));
    }

    /// Not all targets of a patch need be in the library.
    ///
    /// @return whether the library has the target
    private boolean check(Library library, NativeTarget target, ProcessKeyResolver.Found key, boolean force) {
        if (target instanceof NativeTarget.Symbol(String name) && library.has(name)) {
            if (!force) {
                signatures.require(modules, key, library.file(), name);
            }
            return true;
        }
        try {
            targets.of(target, key, null);
            return false;
        } catch (NativePatchException e) {
            NativePatchException missing = library.missing(key.text(), target.text());
            missing.addSuppressed(e);
            throw missing;
        }
    }
}
