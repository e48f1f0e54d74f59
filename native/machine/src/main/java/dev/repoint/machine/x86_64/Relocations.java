package dev.repoint.machine.x86_64;

import dev.repoint.machine.instruction.RelocationUse;

/// The relocation types of the x86-64 psABI (table 4.9, "Relocation Types"; those of APX by their registration
/// in binutils).
final class Relocations {

    /// Numbers from here on are not known, but for those of GNU's virtual tables.
    private static final int COUNT = 52;
    private static final int GNU_VTINHERIT = 250;
    private static final int GNU_VTENTRY = 251;

    private static final String[] NAMES = {
        "NONE",
        "64",
        "PC32",
        "GOT32",
        "PLT32",
        "COPY",
        "GLOB_DAT",
        "JUMP_SLOT", // 0
        "RELATIVE",
        "GOTPCREL",
        "32",
        "32S",
        "16",
        "PC16",
        "8",
        "PC8", // 8
        "DTPMOD64",
        "DTPOFF64",
        "TPOFF64",
        "TLSGD",
        "TLSLD",
        "DTPOFF32",
        "GOTTPOFF",
        "TPOFF32", // 16
        "PC64",
        "GOTOFF64",
        "GOTPC32",
        "GOT64",
        "GOTPCREL64",
        "GOTPC64",
        "GOTPLT64",
        "PLTOFF64", // 24
        "SIZE32",
        "SIZE64",
        "GOTPC32_TLSDESC",
        "TLSDESC_CALL",
        "TLSDESC",
        "IRELATIVE",
        "RELATIVE64",
        "PC32_BND", // 32
        "PLT32_BND",
        "GOTPCRELX",
        "REX_GOTPCRELX",
        "CODE_4_GOTPCRELX", // 40
        "CODE_4_GOTTPOFF",
        "CODE_4_GOTPC32_TLSDESC",
        "CODE_5_GOTPCRELX",
        "CODE_5_GOTTPOFF", // 44
        "CODE_5_GOTPC32_TLSDESC",
        "CODE_6_GOTPCRELX",
        "CODE_6_GOTTPOFF",
        "CODE_6_GOTPC32_TLSDESC" // 48
    };

    private Relocations() {}

    static RelocationUse use(int type) {
        return switch (type) {
            case 0 -> RelocationUse.NONE;
            case 1 -> RelocationUse.POINTER;
            case 2, 10, 11, 24, 39 -> RelocationUse.ADDRESS;
            case 3, 9, 41, 42, 43, 46, 49 -> RelocationUse.SLOT;
            case 4, 40 -> RelocationUse.BRANCH;
            case 31 -> RelocationUse.FAR_BRANCH;
            case 25 -> RelocationUse.FAR_ADDRESS;
            case 27, 28, 30 -> RelocationUse.FAR_SLOT;
            case 5 -> RelocationUse.COPY;
            case 6 -> RelocationUse.GLOB_DAT;
            case 7 -> RelocationUse.JUMP_SLOT;
            case 8, 38 -> RelocationUse.RELATIVE;
            case 37 -> RelocationUse.IRELATIVE;
            case 16, 17, 18, 19, 20, 21, 22, 23, 34, 35, 36, 44, 45, 47, 48, 50, 51 -> RelocationUse.TLS;
            default -> RelocationUse.OTHER;
        };
    }

    static String name(int type) {
        if (type >= 0 && type < COUNT) {
            return "R_X86_64_" + NAMES[type];
        }
        return switch (type) {
            case GNU_VTINHERIT -> "R_X86_64_GNU_VTINHERIT";
            case GNU_VTENTRY -> "R_X86_64_GNU_VTENTRY";
            default -> "type " + Integer.toUnsignedString(type);
        };
    }
}
