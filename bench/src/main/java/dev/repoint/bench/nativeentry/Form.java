package dev.repoint.bench.nativeentry;

import dev.repoint.machine.entry.EntryMeans;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A form of a call in a loop. Each has a function and a loop of its own.
enum Form {
    /// What all others are compared with.
    DIRECT("direct call", Body.IMMEDIATE, State.AS_BUILT, 1),
    /// The same once more: how far two things that are equal come apart here.
    AGAIN("direct call, the same once more", Body.IMMEDIATE, State.AS_BUILT, 1),
    /// A function of another library, through the procedure linkage table.
    PLT("PLT", Body.IMPORTED, State.AS_BUILT, 1),
    /// The call itself is patched.
    SITE("site-patched", Body.IMMEDIATE, State.SITES, 2),
    /// A function whose first instructions can stand anywhere.
    ENTRY_AS_IS("entry-patched, moved as it is", Body.IMMEDIATE, State.ENTRY, 2),
    /// A function with an instruction that is rewritten in the copy.
    ENTRY_REWRITTEN("entry-patched, rewritten", Body.RELATIVE, State.ENTRY, 2),
    /// A function that is shorter than the jump.
    ENTRY_PADDING("entry-patched, with padding", Body.SHORT, State.ENTRY, 2),
    /// A function that the compiler left room in.
    ENTRY_PAD("entry-patched, in a pad", Body.PAD, State.ENTRY, 2),
    /// One of another library.
    ENTRY_PLT("PLT, entry-patched", Body.IMPORTED, State.ENTRY, 2),
    /// One that led elsewhere.
    ENTRY_RESET("entry-patched and reset", Body.IMMEDIATE, State.RESET, 1),
    /// What a target that calls the default is compared with: two direct calls.
    NESTED("direct call of a function that calls another", Body.NESTED, State.AS_BUILT, 2),
    /// The target calls the default, through a pointer to the copy.
    WRAPPED_AS_IS("wrapped: the target calls the copy, as it is", Body.IMMEDIATE, State.WRAPPED, 2),
    /// The same with an instruction that was rewritten.
    WRAPPED_REWRITTEN("wrapped: the target calls the copy, rewritten", Body.RELATIVE, State.WRAPPED, 2);

    /// How a function adds one.
    enum Body {
        /// Two instructions that fill the place of a jump.
        IMMEDIATE(EntryMeans.AS_IT_IS),
        /// With a number that stands at a distance.
        RELATIVE(EntryMeans.REWRITTEN),
        /// In four bytes.
        SHORT(EntryMeans.PADDING),
        /// Behind nops of the compiler.
        PAD(EntryMeans.PAD),
        /// In another library.
        IMPORTED(null),
        /// By calling another one, and adding one more.
        NESTED(null);

        /// How its entry is patched; null if that does not matter.
        final @Nullable EntryMeans means;

        Body(@Nullable EntryMeans means) {
            this.means = means;
        }
    }

    /// What was done to it before it is measured.
    enum State {
        AS_BUILT,
        SITES,
        ENTRY,
        RESET,
        WRAPPED
    }

    final String label;
    final Body body;
    final State state;
    /// What it adds when it is measured.
    final int adds;

    Form(String label, Body body, State state, int adds) {
        this.label = label;
        this.body = body;
        this.state = state;
        this.adds = adds;
    }

    /// The function, in C.
    String symbol() {
        return "add_" + name().toLowerCase(Locale.ROOT);
    }

    /// The function with the loop, in C.
    String hot() {
        return "hot_" + symbol();
    }

    /// What it leads to if it is wrapped, in C.
    String wrapper() {
        return "wrap_" + symbol();
    }

    /// The function that tells that of the copy, in C.
    String setter() {
        return "tell_" + symbol();
    }

    /// Whether it is called and led elsewhere at its entry.
    boolean isAtEntry() {
        return state == State.ENTRY || state == State.RESET || state == State.WRAPPED;
    }
}
