/// The runtime of Repoint: what applications compile against, and what woven code calls.
///
/// It needs `java.base` alone. Where `jdk.jfr` is there too, patches and links are recorded; where
/// `java.management` is, there may be a bean. Package `dev.repoint` is the interface for applications. Woven
/// code names `dev.repoint.link` and `dev.repoint.shape`; applications do not use them. What is internal the
/// weaver and the agent use, too.
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the weaver and the agent are compiled later
module dev.repoint {
    requires static java.management;
    requires static jdk.jfr;
    // Not transitive: whoever requires this module would have to have JSpecify to compile.
    requires static org.jspecify;

    exports dev.repoint;
    exports dev.repoint.jmx;
    exports dev.repoint.link;
    exports dev.repoint.shape;
    exports dev.repoint.internal.agent to
            dev.repoint.agent,
            dev.repoint.weaver;
    exports dev.repoint.internal.classfile to
            dev.repoint.agent,
            dev.repoint.weaver;
    exports dev.repoint.internal.point to
            dev.repoint.agent,
            dev.repoint.weaver;
    exports dev.repoint.internal.policy to
            dev.repoint.agent,
            dev.repoint.weaver;
    exports dev.repoint.internal.report to
            dev.repoint.agent,
            dev.repoint.cli,
            dev.repoint.weaver;
    exports dev.repoint.internal.targets to
            dev.repoint.agent,
            dev.repoint.weaver;

    uses dev.repoint.TargetProvider;
}
