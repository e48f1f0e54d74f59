package dev.repoint.weaver.archive;

/// Is told how far the work on a file is, once for each entry; called by the thread that works.
public interface WorkListener {

    /// One that does not listen.
    WorkListener NONE = (step, done, all) -> {};

    /// Some of a step is done. The steps come one after the other, and one may come again.
    ///
    /// @param step what is done: `reading`, `weaving` or `writing`
    /// @param done how many entries
    /// @param all of how many
    void done(String step, int done, int all);
}
