/// Overrides of patchables that last as long as a test of JUnit.
@org.jspecify.annotations.NullMarked
module dev.repoint.junit {
    requires static org.jspecify;
    requires transitive dev.repoint;
    requires transitive org.junit.jupiter.api;

    exports dev.repoint.junit;
}
