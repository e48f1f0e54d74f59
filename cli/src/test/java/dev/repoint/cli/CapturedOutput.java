package dev.repoint.cli;

import java.io.Writer;

/// What a command in another thread has written so far.
final class CapturedOutput extends Writer {

    private static final long LIMIT_MILLIS = 60_000;

    private final StringBuilder text = new StringBuilder();

    @Override
    public synchronized void write(char[] characters, int from, int length) {
        text.append(characters, from, length);
        notifyAll();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    /// All of it.
    synchronized String text() {
        return text.toString();
    }

    /// Waits until it has some text.
    synchronized void await(String wanted) {
        long end = System.nanoTime() + LIMIT_MILLIS * 1_000_000;
        while (text.indexOf(wanted) < 0) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("'" + wanted + "' never came: " + text);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
