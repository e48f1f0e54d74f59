package dev.repoint.internal.report;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// A place that linked to a patchable. Its fields are for the recorder to read.
@Name("dev.repoint.Link")
@Label("Link")
@Category("Repoint")
@Description("A place linked to a patchable, for the first and only time")
@StackTrace(false)
final class LinkEvent extends Event {

    @Label("Key")
    private @Nullable String key;

    @Label("Kind")
    @Description("entry: the first instructions of the method; site: the calls, or reads, that one class makes")
    private @Nullable String kind;

    @Label("Caller")
    @Description("The class whose code linked")
    private @Nullable Class<?> caller;

    @Label("Target")
    @Description("What it leads to; other than the default if a policy or an offer decided before the first call")
    private @Nullable String target;

    @Label("Mode")
    private @Nullable String mode;

    @Label("Sites")
    @Description("How many places have linked to the patchable by now")
    private int sites;

    void commit(LinkKind linked, Class<?> by, String text, String leads, String kept, int links) {
        key = text;
        kind = linked.toString();
        caller = by;
        target = leads;
        mode = kept;
        sites = links;
        commit();
    }
}
