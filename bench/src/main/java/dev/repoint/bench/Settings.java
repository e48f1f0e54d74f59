package dev.repoint.bench;

import java.nio.file.Path;

/// How thoroughly to measure, and where things lie.
///
/// @param brief whether a few minutes have to do for all suites
/// @param root the folder of the project
/// @param jdk what suites that run on [any JDK][Suite#runsOnAnyJdk] are measured on
/// @param suffix of the names of results; empty on the JDK of the benchmarks themselves
public record Settings(boolean brief, Path root, Jdk jdk, String suffix) {

    /// For a run on the JDK that this runs on.
    ///
    /// @param brief whether a few minutes have to do for all suites
    /// @param root the folder of the project
    public Settings(boolean brief, Path root) {
        this(brief, root, Jdk.own(), "");
    }

    /// For a run on another JDK.
    ///
    /// @param jdk which
    /// @return settings for results that are named for it
    public Settings on(Jdk jdk) {
        return new Settings(brief, root, jdk, "-on-" + jdk.release());
    }

    /// How many forks a case gets.
    ///
    /// @return 5, or 1 if brief
    public int forks() {
        return brief ? 1 : 5;
    }

    /// The folder that results are written to.
    ///
    /// @return a path that need not exist yet
    public Path results() {
        return root.resolve("bench/results");
    }

    /// A folder for what a suite makes on its way.
    ///
    /// @param suite its name
    /// @return a path that need not exist yet
    public Path scratch(String suite) {
        return root.resolve("bench/target").resolve(suite);
    }

    /// A jar that is read as data.
    ///
    /// @param name such as `guava`
    /// @return its path
    public Path corpus(String name) {
        return root.resolve("bench/target/corpus").resolve(name + ".jar");
    }

    /// The jar of another room.
    ///
    /// @param room such as `runtime` or `agent`
    /// @return its path
    public Path jar(String room) {
        return root.resolve("jvm")
                .resolve(room)
                .resolve("target")
                .resolve("repoint-" + room + "-" + dev.repoint.Repoint.version() + ".jar");
    }
}
