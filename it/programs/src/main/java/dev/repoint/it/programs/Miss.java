package dev.repoint.it.programs;

import java.util.Set;

/// Why a branch to the entry of a function is not among the sites.
enum Miss {
    /// A jump within one function to its own entry: a loop, not a use of the function. Not counted as missed.
    LOOP("loops to the entry of their own function"),
    /// A jump to the part of the same function that is seldom run. Not counted as missed.
    COLD("jumps to the cold part of their own function"),
    /// A call of a function from within itself that the assembler resolved.
    SELF_RECURSION("self-recursion without a relocation"),
    /// Code of the C library's and the compiler's start-up objects.
    START_UP("start-up code without relocations"),
    /// A branch of two bytes.
    SHORT("short branches without a relocation"),
    /// Anything else that has no relocation.
    NO_RELOCATION("without a relocation"),
    /// A relocation stands in the branch: it should have been collected.
    RELOCATED("with a relocation");

    private static final Set<String> START_UP_FUNCTIONS = Set.of(
            "_start",
            "_init",
            "_fini",
            "deregister_tm_clones",
            "register_tm_clones",
            "__do_global_dtors_aux",
            "frame_dummy");

    private final String text;

    Miss(String text) {
        this.text = text;
    }

    /// Whether these are counted as branches to function entries.
    boolean isCounted() {
        return this != LOOP && this != COLD;
    }

    /// What these are, in words.
    String text() {
        return text;
    }

    /// The reason of one of them.
    static Miss of(Branch branch, boolean relocated, Functions functions) {
        if (branch.isWithin(functions)) {
            return branch.isLoop(functions) ? LOOP : COLD;
        }
        if (relocated) {
            return RELOCATED;
        }
        if (START_UP_FUNCTIONS.contains(functions.nameAt(branch.address()))) {
            return START_UP;
        }
        if (functions.containing(branch.address()) == branch.destination()) {
            return SELF_RECURSION;
        }
        return branch.length() < 5 ? SHORT : NO_RELOCATION;
    }
}
