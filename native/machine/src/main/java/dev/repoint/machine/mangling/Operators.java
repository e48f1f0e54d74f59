package dev.repoint.machine.mangling;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The operators of C++ (Itanium C++ ABI, "Operator Encodings"): what they are called, and how many operands
/// they have.
final class Operators {

    private static final Map<String, Operator> BY_CODE = new HashMap<>();

    /// @param operands 1 to 3; 0 for a form of its own
    record Operator(String code, String text, int operands) {

        /// As the name of a function.
        String name() {
            char first = text.charAt(0);
            return "operator" + (first >= 'a' && first <= 'z' ? " " : "") + text.strip();
        }
    }

    static {
        one(
                "ad &",
                "aw co_await_",
                "co ~",
                "de *",
                "ng -",
                "nt !",
                "pp ++",
                "mm --",
                "ps +",
                "gs ::",
                "sz sizeof_",
                "st sizeof_",
                "az alignof_",
                "at alignof_",
                "nx noexcept",
                "te typeid_",
                "ti typeid_",
                "tw throw_",
                "da delete[]_",
                "dl delete_");
        two(
                "aN &=", "aS =", "aa &&", "an &", "cm ,", "dV /=", "ds .*", "dt .", "dv /", "eO ^=", "eo ^", "eq ==",
                "ge >=", "gt >", "ix []", "lS <<=", "le <=", "ls <<", "lt <", "mI -=", "mL *=", "mi -", "ml *", "ne !=",
                "oR |=", "oo ||", "or |", "pL +=", "pl +", "pm ->*", "pt ->", "rM %=", "rS >>=", "rm %", "rs >>",
                "ss <=>");
        add(3, "qu ?");
        add(
                0,
                "cl ()",
                "nw new",
                "na new[]",
                "cc const_cast",
                "dc dynamic_cast",
                "rc reinterpret_cast",
                "sc static_cast",
                "li operator\"\"_",
                "sZ sizeof...",
                "sP sizeof...",
                "tr throw");
    }

    private Operators() {}

    static @Nullable Operator of(char first, char second) {
        return BY_CODE.get("" + first + second);
    }

    private static void one(String... all) {
        add(1, all);
    }

    private static void two(String... all) {
        add(2, all);
    }

    private static void add(int operands, String... all) {
        for (String each : all) {
            String code = each.substring(0, 2);
            String text = each.substring(3);
            boolean isWord = text.endsWith("_"); // a blank follows it
            BY_CODE.put(code, new Operator(code, isWord ? text.substring(0, text.length() - 1) + " " : text, operands));
        }
    }
}
