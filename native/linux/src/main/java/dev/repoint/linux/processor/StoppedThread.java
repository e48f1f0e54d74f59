package dev.repoint.linux.processor;

/// A stopped thread of another process, asked for what its registers alone do not tell.
public interface StoppedThread {

    /// Eight bytes of its memory, the first one lowest; 0 if they cannot be read.
    long word(long address);

    /// The system call that it was in shortly before it was stopped, with its arguments: `/proc/PID/syscall`
    /// (`proc(5)`).
    String systemCallBefore();

    /// The descriptor of the only `epoll` instance of the process; negative if it has none or several.
    int onlyEpoll();
}
