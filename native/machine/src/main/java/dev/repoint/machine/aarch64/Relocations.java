package dev.repoint.machine.aarch64;

import dev.repoint.machine.instruction.RelocationUse;

/// The relocation types of the AArch64 psABI (aaelf64, section 5.7; ELF64 numbers).
final class Relocations {

    /// Types from [#STATIC] on.
    private static final int STATIC = 257;
    private static final String[] STATIC_NAMES = {
        "ABS64",
        "ABS32",
        "ABS16",
        "PREL64",
        "PREL32",
        "PREL16", // 257
        "MOVW_UABS_G0",
        "MOVW_UABS_G0_NC",
        "MOVW_UABS_G1",
        "MOVW_UABS_G1_NC", // 263
        "MOVW_UABS_G2",
        "MOVW_UABS_G2_NC",
        "MOVW_UABS_G3", // 267
        "MOVW_SABS_G0",
        "MOVW_SABS_G1",
        "MOVW_SABS_G2", // 270
        "LD_PREL_LO19",
        "ADR_PREL_LO21",
        "ADR_PREL_PG_HI21",
        "ADR_PREL_PG_HI21_NC", // 273
        "ADD_ABS_LO12_NC",
        "LDST8_ABS_LO12_NC",
        "TSTBR14",
        "CONDBR19",
        "",
        "JUMP26",
        "CALL26", // 277
        "LDST16_ABS_LO12_NC",
        "LDST32_ABS_LO12_NC",
        "LDST64_ABS_LO12_NC", // 284
        "MOVW_PREL_G0",
        "MOVW_PREL_G0_NC",
        "MOVW_PREL_G1",
        "MOVW_PREL_G1_NC", // 287
        "MOVW_PREL_G2",
        "MOVW_PREL_G2_NC",
        "MOVW_PREL_G3",
        "",
        "",
        "",
        "",
        "", // 291
        "LDST128_ABS_LO12_NC", // 299
        "MOVW_GOTOFF_G0",
        "MOVW_GOTOFF_G0_NC",
        "MOVW_GOTOFF_G1",
        "MOVW_GOTOFF_G1_NC", // 300
        "MOVW_GOTOFF_G2",
        "MOVW_GOTOFF_G2_NC",
        "MOVW_GOTOFF_G3", // 304
        "GOTREL64",
        "GOTREL32",
        "GOT_LD_PREL19",
        "LD64_GOTOFF_LO15",
        "ADR_GOT_PAGE",
        "LD64_GOT_LO12_NC", // 307
        "LD64_GOTPAGE_LO15",
        "PLT32",
        "GOTPCREL32" // 313
    };

    /// Types from [#THREAD_LOCAL] on.
    private static final int THREAD_LOCAL = 512;
    private static final String[] THREAD_LOCAL_NAMES = {
        "TLSGD_ADR_PREL21",
        "TLSGD_ADR_PAGE21",
        "TLSGD_ADD_LO12_NC",
        "TLSGD_MOVW_G1",
        "TLSGD_MOVW_G0_NC", // 512
        "TLSLD_ADR_PREL21",
        "TLSLD_ADR_PAGE21",
        "TLSLD_ADD_LO12_NC",
        "TLSLD_MOVW_G1",
        "TLSLD_MOVW_G0_NC", // 517
        "TLSLD_LD_PREL19",
        "TLSLD_MOVW_DTPREL_G2",
        "TLSLD_MOVW_DTPREL_G1",
        "TLSLD_MOVW_DTPREL_G1_NC", // 522
        "TLSLD_MOVW_DTPREL_G0",
        "TLSLD_MOVW_DTPREL_G0_NC",
        "TLSLD_ADD_DTPREL_HI12", // 526
        "TLSLD_ADD_DTPREL_LO12",
        "TLSLD_ADD_DTPREL_LO12_NC",
        "TLSLD_LDST8_DTPREL_LO12", // 529
        "TLSLD_LDST8_DTPREL_LO12_NC",
        "TLSLD_LDST16_DTPREL_LO12",
        "TLSLD_LDST16_DTPREL_LO12_NC", // 532
        "TLSLD_LDST32_DTPREL_LO12",
        "TLSLD_LDST32_DTPREL_LO12_NC",
        "TLSLD_LDST64_DTPREL_LO12", // 535
        "TLSLD_LDST64_DTPREL_LO12_NC",
        "TLSIE_MOVW_GOTTPREL_G1",
        "TLSIE_MOVW_GOTTPREL_G0_NC", // 538
        "TLSIE_ADR_GOTTPREL_PAGE21",
        "TLSIE_LD64_GOTTPREL_LO12_NC",
        "TLSIE_LD_GOTTPREL_PREL19", // 541
        "TLSLE_MOVW_TPREL_G2",
        "TLSLE_MOVW_TPREL_G1",
        "TLSLE_MOVW_TPREL_G1_NC",
        "TLSLE_MOVW_TPREL_G0", // 544
        "TLSLE_MOVW_TPREL_G0_NC",
        "TLSLE_ADD_TPREL_HI12",
        "TLSLE_ADD_TPREL_LO12",
        "TLSLE_ADD_TPREL_LO12_NC", // 548
        "TLSLE_LDST8_TPREL_LO12",
        "TLSLE_LDST8_TPREL_LO12_NC",
        "TLSLE_LDST16_TPREL_LO12", // 552
        "TLSLE_LDST16_TPREL_LO12_NC",
        "TLSLE_LDST32_TPREL_LO12",
        "TLSLE_LDST32_TPREL_LO12_NC", // 555
        "TLSLE_LDST64_TPREL_LO12",
        "TLSLE_LDST64_TPREL_LO12_NC",
        "TLSDESC_LD_PREL19",
        "TLSDESC_ADR_PREL21", // 558
        "TLSDESC_ADR_PAGE21",
        "TLSDESC_LD64_LO12",
        "TLSDESC_ADD_LO12",
        "TLSDESC_OFF_G1", // 562
        "TLSDESC_OFF_G0_NC",
        "TLSDESC_LDR",
        "TLSDESC_ADD",
        "TLSDESC_CALL",
        "TLSLE_LDST128_TPREL_LO12", // 566
        "TLSLE_LDST128_TPREL_LO12_NC",
        "TLSLD_LDST128_DTPREL_LO12",
        "TLSLD_LDST128_DTPREL_LO12_NC" // 571
    };

    /// Types from [#DYNAMIC] on.
    private static final int DYNAMIC = 1024;
    private static final String[] DYNAMIC_NAMES = {
        "COPY", "GLOB_DAT", "JUMP_SLOT", "RELATIVE", "TLS_DTPMOD", "TLS_DTPREL", "TLS_TPREL", "TLSDESC", "IRELATIVE"
    };

    private Relocations() {}

    static RelocationUse use(int type) {
        return switch (type) {
            // NONE; the page of an address or slot, which the relocation of its place in the page speaks for
            case 0, 256, 275, 276, 311 -> RelocationUse.NONE;
            case 257 -> RelocationUse.POINTER;
            // distances; ldr, adr, add, and loads and stores of 1, 2, 4, 8 and 16 bytes
            case 260, 261, 273, 274, 277, 278, 284, 285, 286, 299 -> RelocationUse.ADDRESS;
            case 279, 280, 282, 283, 314 -> RelocationUse.BRANCH; // tbz, b.cond and cbz, b, bl; a distance to the entry
            case 309, 310, 312, 313, 315 -> RelocationUse.SLOT;
            case 1024 -> RelocationUse.COPY;
            case 1025 -> RelocationUse.GLOB_DAT;
            case 1026 -> RelocationUse.JUMP_SLOT;
            case 1027 -> RelocationUse.RELATIVE;
            case 1028, 1029, 1030, 1031 -> RelocationUse.TLS;
            case 1032 -> RelocationUse.IRELATIVE;
            default ->
                type >= THREAD_LOCAL && type < THREAD_LOCAL + THREAD_LOCAL_NAMES.length
                        ? RelocationUse.TLS
                        : RelocationUse.OTHER;
        };
    }

    static String name(int type) {
        String name = type == 0 || type == 256
                ? "NONE"
                : name(type, STATIC, STATIC_NAMES)
                        + name(type, THREAD_LOCAL, THREAD_LOCAL_NAMES)
                        + name(type, DYNAMIC, DYNAMIC_NAMES);
        return name.isEmpty() ? "type " + Integer.toUnsignedString(type) : "R_AARCH64_" + name;
    }

    private static String name(int type, int first, String[] names) {
        return type >= first && type < first + names.length ? names[type - first] : "";
    }
}
