package dev.repoint.machine.trap;

/// Where native code asks HotSpot for the state of a thread.
///
/// @param vm     the address of the `JavaVM`
/// @param getEnv the address of its function `GetEnv`
/// @param state  how far behind the `JNIEnv` of a thread its state stands: 4 while it is in native code
/// @param type   how far behind it the word stands that tells what kind of thread it is
/// @param java   that word of a thread that may run Java: one that compiles, say, has another one
public record JavaMachine(long vm, long getEnv, int state, int type, long java) {}
