package dev.repoint.linux;

import dev.repoint.linux.module.LoadedModule;
import dev.repoint.linux.row.LiveRow;
import java.util.ArrayList;
import java.util.List;

/// Redirects the sites of modules that were loaded after a patch. Serves one refresh, under the lock of
/// [NativeRegistry].
final class NativeRefresh {

    private final LoadedFiles files;
    private final NativePoints points;
    private final LivePlan plan;
    private final List<Runnable> inEffect = new ArrayList<>();

    NativeRefresh(LoadedFiles files, NativePoints points, Veneers veneers, OwnCalls ownCalls) {
        this.files = files;
        this.points = points;
        this.plan = new LivePlan(veneers, ownCalls);
    }

    /// Looks for new modules that import a function that is set, and redirects what they import of it.
    ///
    /// @return the number of changed places
    /// @throws NativePatchException if one of them cannot be changed; nothing has changed then
    int run() {
        points.active().forEach(this::add);
        int size = plan.size();
        if (size > 0) {
            plan.apply(() -> inEffect.forEach(Runnable::run));
        } else {
            inEffect.forEach(Runnable::run);
        }
        return size;
    }

    private void add(NativePoint point) {
        if (point.entry() != null) {
            return; // every caller is redirected, be it old or new
        }
        Importers importers = new Importers(files, points, point.row());
        List<LiveRow<LoadedModule>> found = points.importing(importers.find());
        for (LiveRow<LoadedModule> each : found) {
            NativePoint own = points.known(each);
            boolean isNew = !point.importers().contains(each);
            if (isNew && !point.isDefault() && (own == null || own.isDefault())) {
                files.pin(each.module(), each.key());
                plan.add(each, point.top().resolved());
            }
        }
        inEffect.add(() -> point.importedBy(found, importers.unknown()));
    }
}
