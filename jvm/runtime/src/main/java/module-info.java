/// The runtime of Repoint: what applications compile against, and what woven code calls.
///
/// It needs `java.base` alone. Where `jdk.jfr` is there too, patches and links are recorded; where
/// `java.management` is, there may be a bean. Package `dev.repoint` is the interface for applications. Package
/// `dev.repoint.link` is called by woven code, by the weaver and by the agent; applications do not use it.
@org.jspecify.annotations.NullMarked
module dev.repoint {
    requires static java.management;
    requires static jdk.jfr;
    // Not transitive: whoever requires this module would have to have JSpecify to compile.
    requires static org.jspecify;

    exports dev.repoint;
    exports dev.repoint.link;

    uses dev.repoint.TargetProvider;
}
