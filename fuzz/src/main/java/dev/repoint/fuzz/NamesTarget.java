package dev.repoint.fuzz;

import dev.repoint.machine.mangling.Demangled;
import dev.repoint.machine.mangling.Demangler;
import java.nio.charset.StandardCharsets;

/// Reads bytes as mangled names, one a line.
public final class NamesTarget {

    /// Names with a little of everything.
    static final String SEED = """
        _ZZN4shop4CartINS_4ItemELi3EE3sumIJidEEEDTcl3addspfp_EEDpOT_ENKUlT_iE0_clIcEEDaS8_i
        _Z1fIXadL_ZNK1A3barEvEEEvPFRA3_KPFvvENSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEEM1AKFivEDv4_f
        _ZGVZN12_GLOBAL__N_11fB5cxx11EvE1x.part.0.cold
        _ZN71_$LT$alloc..string..String$u20$as$u20$core..ops..arith..Add$LT$$RF$str$GT$$GT$3add17h5a1b2c3d4e5f6789E
        _RINvMs2_NtCsgEmfK2I1SDS_4core3fmtNtB6_9ArgumentsFG_RL0_ReEuDNtB4_5Traitp4ItemjEL_3newKj2_Kc78_Kan3_KB5_EB2_
        """;
    /// A name is longer than its symbol by what substitutions stand for, up to this.
    private static final int LONGEST = 1 << 18;

    private NamesTarget() {}

    /// Reads them.
    public static void fuzzerTestOneInput(byte[] bytes) {
        new String(bytes, StandardCharsets.UTF_8).lines().forEach(NamesTarget::read);
    }

    private static void read(String symbol) {
        Demangled name = Demangler.demangle(symbol);
        if (name == null) {
            return;
        }
        Expect.that(!name.whole().isEmpty() && name.whole().length() < LONGEST, "a name of some length");
        Expect.that(name.equals(Demangler.demangle(symbol)), "the same name each time");
    }
}
