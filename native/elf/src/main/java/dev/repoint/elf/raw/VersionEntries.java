package dev.repoint.elf.raw;

/// The fields of the entries that name symbol versions: `Elf64_Verneed`, `Elf64_Vernaux`, `Elf64_Verdef` and
/// `Elf64_Verdaux`, LSB Core, "Symbol Versioning". Distances to other entries count from the start of the
/// entry.
public final class VersionEntries {

    /// The size of `Elf64_Verneed` and of `Elf64_Vernaux`, in bytes.
    public static final int NEED_SIZE = 16;
    /// The size of `Elf64_Verdef`, in bytes.
    public static final int DEF_SIZE = 20;
    /// The size of `Elf64_Verdaux`, in bytes.
    public static final int DEF_AUX_SIZE = 8;

    private static final int VER_FLG_BASE = 1;

    private VersionEntries() {}

    /// `vn_cnt`: how many versions one file is to have.
    public static int needCount(Bytes bytes, long at) {
        return bytes.u16(at + 2);
    }

    /// `vn_aux`: the distance to the first of them.
    public static long needAux(Bytes bytes, long at) {
        return bytes.u32(at + 8);
    }

    /// `vn_next`: the distance to the next file.
    public static long needNext(Bytes bytes, long at) {
        return bytes.u32(at + 12);
    }

    /// `vna_other`: the number of the version.
    public static int auxOther(Bytes bytes, long at) {
        return bytes.u16(at + 6);
    }

    /// `vna_name`: the name of the version.
    public static long needAuxName(Bytes bytes, long at) {
        return bytes.u32(at + 8);
    }

    /// `vna_next`: the distance to the next version.
    public static long needAuxNext(Bytes bytes, long at) {
        return bytes.u32(at + 12);
    }

    /// Whether `vd_flags` says that it stands for the whole file.
    public static boolean isBase(Bytes bytes, long at) {
        return (bytes.u16(at + 2) & VER_FLG_BASE) != 0;
    }

    /// `vd_ndx`: the number of the version.
    public static int defIndex(Bytes bytes, long at) {
        return bytes.u16(at + 4);
    }

    /// `vd_aux`: the distance to its name.
    public static long defAux(Bytes bytes, long at) {
        return bytes.u32(at + 12);
    }

    /// `vd_next`: the distance to the next version.
    public static long defNext(Bytes bytes, long at) {
        return bytes.u32(at + 16);
    }

    /// `vda_name`: the name.
    public static long defAuxName(Bytes bytes, long at) {
        return bytes.u32(at);
    }
}
