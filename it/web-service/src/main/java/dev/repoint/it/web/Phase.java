package dev.repoint.it.web;

/// What the policy file says at a time. One follows the other, and the first follows the last.
enum Phase {
    RESET(1, 1, "# nothing is retargeted\n"),
    REPLACED(2, 2, """
        dev.repoint.it.web.Audit.record = dev.repoint.it.web.Fixed.record
        dev.repoint.it.web.Quote.amount = dev.repoint.it.web.Fixed.amount
        dev.repoint.it.web.Quote.unit   = dev.repoint.it.web.Fixed.unit
        """),
    DISABLED(0, 3, """
        dev.repoint.it.web.Audit.record = nothing
        dev.repoint.it.web.Quote.amount = constant:3
        dev.repoint.it.web.Quote.unit   = constant:3
        """);

    private final int audited;
    private final int quoted;
    private final String policy;

    Phase(int audited, int quoted, String policy) {
        this.audited = audited;
        this.quoted = quoted;
        this.policy = policy;
    }

    String policy() {
        return policy;
    }

    Phase next() {
        return values()[(ordinal() + 1) % values().length];
    }

    /// Which of them an answer comes from.
    ///
    /// @param text what the service answered: its thread, and five numbers in the order of their calls
    /// @return how many of the five are of this phase, the others being of the next one; -1 if they are
    ///     anything else
    int share(String text) {
        String[] numbers = text.split(" ");
        if (numbers.length != 6) {
            return -1;
        }
        int own = 0;
        for (int i = 1; i < numbers.length; i++) {
            int found = Integer.parseInt(numbers[i]);
            boolean isOwn = found == (i == 1 ? audited : quoted);
            if (isOwn && own == i - 1) {
                own++;
            } else if (found != (i == 1 ? next().audited : next().quoted)) {
                return -1;
            }
        }
        return own;
    }
}
