package dev.repoint.weaver.archive;

/// Receives the progress of the work on a file, once for each entry, in the working thread.
public interface WorkListener {

    /// A listener that does nothing.
    WorkListener NONE = (step, done, all) -> {};

    /// Reports that a part of a step is done. The steps follow one after the other, and a step may come again.
    ///
    /// @param step `reading`, `weaving` or `writing`
    /// @param done the number of finished entries
    /// @param all the number of all entries
    void done(String step, int done, int all);
}
