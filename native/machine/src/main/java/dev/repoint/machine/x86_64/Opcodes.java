package dev.repoint.machine.x86_64;

/// What follows the opcodes of 64-bit mode: the opcode maps of the Intel SDM (volume 2, appendix A). What
/// follows is the same in all maps behind `0f 38`, `0f 3a`, VEX and EVEX, so they are in [PrefixMaps].
///
/// A row is the first digit of the opcode, a column the second:
///
/// | letter | what follows the opcode |
/// | --- | --- |
/// | `.` | not an instruction, or one that is not known here |
/// | `p` | a prefix, or the way to another map |
/// | `n` | nothing |
/// | `m`, `g` | ModRM with its SIB and displacement; `g`: only some values of it are instructions |
/// | `i`, `w` | an immediate value of 1, 2 bytes |
/// | `z` | an immediate value of 4 bytes, 2 with the prefix 66 |
/// | `v` | the same, 8 bytes with REX.W |
/// | `e` | immediate values of 2 and 1 bytes |
/// | `I`, `Z` | ModRM, then as `i`, `z` |
/// | `G` | ModRM as `g`, and perhaps an immediate value |
/// | `a` | an address of 8 bytes, 4 with the prefix 67 |
/// | `s`, `l` | a distance of 1, 4 bytes |
final class Opcodes {

    static final byte[] ONE_BYTE = parse("""
        mmmmiz..mmmmiz.p
        mmmmiz..mmmmiz..
        mmmmizp.mmmmizp.
        mmmmizp.mmmmizp.
        pppppppppppppppp
        nnnnnnnnnnnnnnnn
        ...mppppzZiInnnn
        ssssssssssssssss
        IZ.Immmmmmmmgggg
        nnnnnnnnnn.nnnnn
        aaaannnniznnnnnn
        iiiiiiiivvvvvvvv
        IIwn..GGenwnni.n
        mmmm...ngggggggg
        ssssiiiill.snnnn
        pnppnnGGnnnnnngg
        """);

    /// After `0f`.
    static final byte[] TWO_BYTE = parse("""
        ggmm.nnnnn.n.gn.
        mmmgmmmgmmmmmmmm
        gggg....mmmgmmmm
        nnnnnn.np.p.....
        mmmmmmmmmmmmmmmm
        gmmmmmmmmmmmmmmm
        mmmmmmmmmmmmmmmm
        IGGGmmmngg..mmmm
        llllllllllllllll
        mmmmmmmmmmmmmmmm
        nnnmImggnnnmImgm
        mmgmggmmmmGmmmmm
        mmIgIGIgnnnnnnnn
        mmmmmmmgmmmmmmmm
        mmmmmmmgmmmmmmmm
        gmmmmmmgmmmmmmmm
        """);

    private Opcodes() {}

    static byte[] parse(String grid) {
        byte[] letters = new byte[256];
        int count = 0;
        for (int i = 0; i < grid.length(); i++) {
            if (grid.charAt(i) != '\n') {
                letters[count++] = (byte) grid.charAt(i);
            }
        }
        if (count != letters.length) {
            throw new IllegalStateException("a map of " + count + " opcodes");
        }
        return letters;
    }
}
