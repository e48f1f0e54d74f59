package dev.repoint.linux.poke;

import static dev.repoint.linux.poke.Sites.check;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.call.SignalAction;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/// A program: one thing that goes wrong. Arguments: a folder, and which one. Prints `ok`, or what the test has
/// to read.
final class Faults {

    private final Sites sites;

    private Faults(Sites sites) {
        this.sites = sites;
    }

    static void main(String[] arguments) throws Exception {
        Faults faults = new Faults(Sites.load(Path.of(arguments[0])));
        switch (arguments[1]) {
            case "changed" -> faults.changed();
            case "replaced" -> faults.replaced();
            case "blocked" -> faults.blocked();
            case "blocked-for-a-moment" -> faults.blockedForAMoment();
            case "fork" -> faults.fork();
            case "taken-back" -> faults.takenBack();
            case "chained" -> faults.chained();
            case "ignored" -> faults.ignored();
            case "default-breakpoint" -> faults.defaultAction("breakpoint");
            case "default-signal" -> faults.defaultAction("send_trap");
            case "unmapped" -> faults.unmapped();
            case "pointer" -> faults.pointer();
            case "exact" -> faults.exact();
            case "changed-meanwhile" -> faults.changedMeanwhile();
            case "replaced-meanwhile" -> faults.replacedMeanwhile();
            case "pointer-meanwhile" -> faults.pointerMeanwhile();
            case "changed-after-flip" -> faults.changedAfterFlip();
            case "pointer-after-flip" -> faults.pointerAfterFlip();
            case "completed" -> faults.completed();
            case "in-effect" -> faults.inEffect();
            default -> throw new IllegalArgumentException(arguments[1]);
        }
        System.out.println("ok");
    }

    private void changed() {
        byte[] before = sites.code();
        Batch batch = Batch.builder()
                .code(sites.site(0), 5, sites.call(0, 0), sites.call(0, 1))
                .code(sites.site(7), 5, sites.call(7, 3), sites.call(7, 1))
                .build();
        PokeException refused = refused(batch);
        check(refused.address() == sites.site(7), "the place is named");
        check(refused.getMessage().contains("e8"), "the bytes are: " + refused.getMessage());
        check(Arrays.equals(before, sites.code()), "nothing has changed");
        check(sites.run("version_of_all") == 0, "all lead where they led");
    }

    private void replaced() {
        Poker.instance().apply(sites.batch(0, 1));
        SignalAction ours = SignalAction.of(SignalAction.SIGTRAP);
        sites.run("install_handler");
        byte[] before = sites.code();
        PokeException refused = refused(sites.batch(1, 2));
        check(refused.getMessage().contains("libsites.so"), "who did it is named: " + refused.getMessage());
        check(Arrays.equals(before, sites.code()), "nothing has changed");
        check(sites.run("version_of_all") == 1, "all lead where they led");
        ours.install(SignalAction.SIGTRAP);
        Poker.instance().apply(sites.batch(1, 2));
        check(sites.run("version_of_all") == 2, "it goes on when the handler is back");
    }

    private void blocked() {
        check(sites.run("start_blocker") == 0, "the thread starts");
        byte[] before = sites.code();
        PokeException refused = refused(sites.batch(0, 1));
        check(refused.getMessage().contains("deaf"), "the thread is named: " + refused.getMessage());
        check(Arrays.equals(before, sites.code()), "nothing has changed");
        sites.run("stop_blocker");
        Poker.instance().apply(sites.batch(0, 1));
        check(sites.run("version_of_all") == 1, "it goes on when the thread has ended");
    }

    /// As a thread does that is being started, and waits for a CPU.
    private void blockedForAMoment() throws InterruptedException {
        check(sites.run("start_blocker") == 0, "the thread starts");
        Thread other = Thread.ofPlatform().start(() -> {
            LockSupport.parkNanos(100_000_000);
            sites.run("stop_blocker");
        });
        Poker.instance().apply(sites.batch(0, 1));
        check(sites.run("version_of_all") == 1, "the patch waits for the thread");
        other.join();
    }

    private void fork() {
        int[] seen = new int[Step.values().length];
        Poker.instance().steps = step -> seen[step.ordinal()] = sites.run("version_in_child");
        Poker.instance().apply(sites.batch(0, 1));
        int[] expected = {0, 1, 1, 1};
        check(Arrays.equals(seen, expected), "children saw " + Arrays.toString(seen));
        check(sites.run("version_of_all") == 1, "the parent as well");
    }

    private void takenBack() {
        byte[] before = sites.code();
        Poker.instance().steps = step -> {
            if (step == Step.STOPPED) {
                check(sites.run("version_of_all") == 0, "breakpoints lead where the calls led");
                throw new IllegalStateException("out of luck");
            }
        };
        PokeException refused = refused(sites.batch(0, 1));
        check(!refused.isInEffect() && refused.getMessage().contains("out of luck"), refused.getMessage());
        check(Arrays.equals(before, sites.code()), "the old bytes are back");
        check(sites.run("version_of_all") == 0, "all lead where they led");
        Poker.instance().steps = Poke.Steps.NONE;
        Poker.instance().apply(sites.batch(0, 2));
        check(sites.run("version_of_all") == 2, "the next patch works");
    }

    /// What fails after the flip is tried once more.
    private void completed() {
        for (Step last : new Step[] {Step.FLIPPED, Step.TAILS, Step.DONE}) {
            failAt(last);
            PokeException failed = refused(sites.batch(0, 1));
            check(failed.isInEffect() && failed.getMessage().contains("complete"), failed.getMessage());
            check(sites.run("version_of_all") == 1, "all lead to the new targets");
            Poker.instance().steps = Poke.Steps.NONE;
            long traps = Poker.instance().traps();
            check(sites.run("version_of_all") == 1 && Poker.instance().traps() == traps, "no breakpoint is left");
            Poker.instance().apply(sites.batch(1, 0)); // every byte is what it is to be
        }
    }

    /// Where that fails again, breakpoints are left, and emulated for ever.
    private void inEffect() {
        long page = Memory.map(Memory.PAGE, Memory.READ | Memory.WRITE);
        long jump = 0xe9L; // to the instruction behind it
        Memory.wordAsBytes(page, jump, 5);
        Memory.protect(page, Memory.PAGE, Memory.READ | Memory.EXECUTE);
        Poker.instance().steps = step -> {
            if (step == Step.FLIPPED) {
                Memory.unmap(page, Memory.PAGE);
            }
        };
        PokeException failed = refused(Batch.builder()
                .code(page, 5, jump, jump | 0x100)
                .code(sites.site(0), 5, sites.call(0, 0), sites.call(0, 1))
                .build());
        check(failed.isInEffect() && failed.getMessage().contains("breakpoints may be left"), failed.getMessage());
        check(sites.callSite(0) == 16, "it leads to the new target");
        long traps = Poker.instance().traps();
        check(sites.callSite(0) == 16 && Poker.instance().traps() == traps + 1, "by its breakpoint");
        Poker.instance().steps = Poke.Steps.NONE;
        Poker.instance()
                .apply(Batch.builder()
                        .code(sites.site(1), 5, sites.call(1, 0), sites.call(1, 2))
                        .build());
        check(sites.callSite(0) == 16 && sites.callSite(1) == 33, "after another patch too");
    }

    /// Somebody else changes bytes behind a breakpoint, or the breakpoint itself.
    private void changedMeanwhile() {
        for (int offset : new int[] {0, 4}) {
            long place = sites.site(700) + offset;
            byte[] expected = sites.code();
            Poker.instance().steps = step -> {
                if (step == Step.STOPPED) {
                    Memory.u8(place, 0x90);
                }
            };
            PokeException refused = refused(sites.batch(0, 1));
            check(!refused.isInEffect() && refused.address() == sites.site(700), refused.getMessage());
            check(
                    refused.getMessage().contains("other code")
                            && refused.getMessage().contains("90"),
                    refused.getMessage());
            expected[(int) (place - sites.address("callers"))] = (byte) 0x90;
            check(Arrays.equals(expected, sites.code()), "our bytes are back, and theirs are as they left them");
            Poker.instance().steps = Poke.Steps.NONE;
            check(refused(sites.batch(0, 1)).address() == sites.site(700), "it is refused again");
            sites.writable(() -> Memory.wordAsBytes(sites.site(700), sites.call(700, 0), 5));
        }
        check(sites.run("version_of_all") == 0, "all lead where they led");
        Poker.instance().apply(sites.batch(0, 1));
        check(sites.run("version_of_all") == 1, "it goes on when the bytes are back");
    }

    private void replacedMeanwhile() {
        byte[] before = sites.code();
        SignalAction[] ours = new SignalAction[1];
        Poker.instance().steps = step -> {
            if (step == Step.STOPPED) {
                ours[0] = SignalAction.of(SignalAction.SIGTRAP);
                sites.run("install_handler");
            }
        };
        PokeException refused = refused(sites.batch(0, 1));
        check(!refused.isInEffect() && refused.getMessage().contains("libsites.so"), refused.getMessage());
        check(Arrays.equals(before, sites.code()), "the old bytes are back");
        check(sites.run("version_of_all") == 0, "all lead where they led");
        Poker.instance().steps = Poke.Steps.NONE;
        ours[0].install(SignalAction.SIGTRAP);
        Poker.instance().apply(sites.batch(0, 1));
        check(sites.run("version_of_all") == 1, "it goes on when the handler is back");
    }

    private void pointerMeanwhile() {
        long pointer = sites.address("pointer");
        Memory.word(pointer, sites.target(0, 3));
        byte[] before = sites.code();
        storeAt(Step.STOPPED, pointer, sites.target(2, 3));
        PokeException refused = refused(withPointer(pointer));
        check(!refused.isInEffect() && refused.address() == pointer, refused.getMessage());
        check(Memory.word(pointer) == sites.target(2, 3), "it holds what was stored");
        check(Arrays.equals(before, sites.code()), "the old bytes are back");
        check(sites.callSite(0) == 0, "the site leads where it led");
    }

    private void pointerAfterFlip() {
        long pointer = sites.address("pointer");
        Memory.word(pointer, sites.target(0, 3));
        storeAt(Step.FLIPPED, pointer, sites.target(2, 3));
        PokeException failed = refused(withPointer(pointer));
        check(failed.isInEffect() && failed.address() == pointer, failed.getMessage());
        check(sites.run("call_pointer") == 2 * 16 + 3, "it holds what was stored");
        check(sites.callSite(0) == 16, "the site leads to the new target");
    }

    /// Whatever somebody else writes after the flip stays, and everything else is as it is to be.
    private void changedAfterFlip() {
        long place = sites.site(700) + 4;
        Poker.instance().steps = step -> {
            if (step == Step.TAILS) {
                Memory.u8(place, 0x90);
            }
        };
        PokeException failed = refused(sites.batch(0, 1));
        check(failed.isInEffect() && failed.address() == sites.site(700), failed.getMessage());
        check(failed.getMessage().contains("cc ") && failed.getMessage().contains("other code"), failed.getMessage());
        check(Memory.u8(place) == 0x90, "it is left as it was found");
        check(sites.run("version_of_all") == 1, "all lead to the new targets, that one by its breakpoint");
        check(Memory.u8(sites.site(699)) == 0xe8 && Memory.u8(sites.site(701)) == 0xe8, "no other has one");
    }

    private void storeAt(Step when, long pointer, long value) {
        Poker.instance().steps = step -> {
            if (step == when) {
                Memory.word(pointer, value);
            }
        };
    }

    private Batch withPointer(long pointer) {
        return Batch.builder()
                .code(sites.site(0), 5, sites.call(0, 0), sites.call(0, 1))
                .word(pointer, sites.target(0, 3), sites.target(1, 3))
                .build();
    }

    private static void failAt(Step last) {
        Poker.instance().steps = step -> {
            if (step == last) {
                throw new IllegalStateException("out of luck");
            }
        };
    }

    private void chained() {
        sites.run("install_handler");
        Poker.instance().apply(sites.batch(0, 1));
        run("breakpoint");
        check(sites.run("send_trap") == 0, "the signal is sent");
        check(sites.number("foreign_traps") == 2, "the other handler got " + sites.number("foreign_traps"));
        check(Poker.instance().foreignTraps() == 2, "and both were counted");
        check(sites.run("version_of_all") == 1, "the patch is in effect");
    }

    private void ignored() {
        sites.run("install_ignore");
        Poker.instance().apply(sites.batch(0, 1));
        check(sites.run("send_trap") == 0, "a signal that is sent is ignored");
        check(Poker.instance().foreignTraps() == 1, "it was counted");
    }

    private void defaultAction(String what) {
        Poker.instance().apply(sites.batch(0, 1));
        check(sites.run("version_of_all") == 1, "the patch is in effect");
        run(what);
        throw new AssertionError("the process lives");
    }

    private void unmapped() {
        byte[] before = sites.code();
        long nowhere = 0x1000_0000_0000L;
        PokeException few = refused(Batch.builder()
                .code(sites.site(0), 5, sites.call(0, 0), sites.call(0, 1))
                .code(nowhere, 5, 0x0000441f0fL, 0xccccccccc3L)
                .build());
        check(few.getMessage().contains(Long.toHexString(nowhere)), few.getMessage());
        Batch.Builder many = Batch.builder().code(nowhere, 5, 0x0000441f0fL, 0xccccccccc3L);
        for (int i = 0; i < Sites.COUNT; i++) {
            many.code(sites.site(i), 5, sites.call(i, 0), sites.call(i, 1));
        }
        PokeException much = refused(many.build());
        check(much.getMessage().contains(Long.toHexString(nowhere)), much.getMessage());
        check(Arrays.equals(before, sites.code()), "nothing has changed");
    }

    /// A pointer changes at the moment at which sites do, and leads somewhere all the time.
    private void pointer() {
        long pointer = sites.address("pointer");
        Memory.word(pointer, sites.target(0, 3));
        int[] seen = new int[Step.values().length];
        boolean[] together = new boolean[Step.values().length];
        Poker.instance().steps = step -> {
            seen[step.ordinal()] = sites.run("call_pointer");
            together[step.ordinal()] = sites.callSite(0) / 16 == seen[step.ordinal()] / 16;
        };
        Poker.instance()
                .apply(Batch.builder()
                        .code(sites.site(0), 5, sites.call(0, 0), sites.call(0, 1))
                        .word(pointer, sites.target(0, 3), sites.target(1, 3))
                        .build());
        check(Arrays.equals(seen, new int[] {3, 19, 19, 19}), "through the pointer " + Arrays.toString(seen));
        check(Arrays.equals(together, new boolean[] {true, true, true, true}), "the site " + Arrays.toString(together));
        check(Memory.word(pointer) == sites.target(1, 3), "it holds the target itself in the end");
        Poker.instance().steps = Poke.Steps.NONE;
        PokeException refused =
                refused(Batch.builder().word(pointer, sites.target(0, 3), 0).build());
        check(refused.address() == pointer, "a pointer that somebody else changed is named");
        Poker.instance()
                .apply(Batch.builder()
                        .word(pointer, sites.target(1, 3), sites.target(0, 3))
                        .build());
        check(sites.run("call_pointer") == 3, "one pointer alone");
    }

    private void exact() {
        byte[] before = sites.code();
        Poker.instance().apply(sites.batch(0, 1));
        check(!Arrays.equals(before, sites.code()), "the code has changed");
        Poker.instance().apply(sites.batch(1, 0));
        check(Arrays.equals(before, sites.code()), "every byte is back");
        Batch one = Batch.builder()
                .code(sites.site(5), 5, sites.call(5, 0), sites.call(5, 9))
                .build();
        Poker.instance().apply(one);
        check(sites.callSite(5) == 16 * 9 + 5, "one site alone");
    }

    private void run(String function) {
        sites.run(function);
    }

    private static PokeException refused(Batch batch) {
        try {
            Poker.instance().apply(batch);
        } catch (PokeException e) {
            return e;
        }
        throw new AssertionError("it was applied");
    }
}
