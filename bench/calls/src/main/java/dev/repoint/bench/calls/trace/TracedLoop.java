package dev.repoint.bench.calls.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// Calls one method all the time. For each line that it reads, it tells how often it called, and how many sums were wrong.
public final class TracedLoop {

    /// How many amounts there are; one in a hundred is less than [#FEW].
    public static final int AMOUNTS = 1_000;
    /// Below this are one in a hundred of the amounts.
    public static final int FEW = AMOUNTS / 100;
    /// What each answer begins with.
    public static final String ANSWER = "calls ";

    private static volatile long calls;
    private static volatile long wrong;

    private TracedLoop() {}

    /// Runs until the standard input ends.
    ///
    /// @param args the rounds of each call
    /// @throws IOException if the input cannot be read
    public static void main(String[] args) throws IOException {
        int rounds = Integer.parseInt(args[0]);
        int expected = sum(rounds);
        Thread caller = new Thread(() -> call(rounds, expected), "caller");
        caller.setDaemon(true);
        caller.start();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            System.out.println(ANSWER + calls + " " + System.nanoTime() + " " + wrong);
        }
    }

    private static void call(int rounds, int expected) {
        while (true) {
            if (sum(rounds) != expected) {
                wrong = wrong + 1; // this thread alone writes it
            }
            calls = calls + AMOUNTS;
        }
    }

    private static int sum(int rounds) {
        int sum = 0;
        for (int amount = 0; amount < AMOUNTS; amount++) {
            sum += Price.price(amount, rounds);
        }
        return sum;
    }
}
