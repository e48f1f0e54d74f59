# zlib: a shared library, and a program that uses it.

build_zlib() {
    source_of zlib target/zlib/source
    cp zlib/counted.c target/zlib/source/
    (
        cd target/zlib/source
        CFLAGS="${compile_flags[*]}" LDFLAGS="${library_flags[*]}" ./configure
        gcc "${compile_flags[@]}" -fPIC -c counted.c -o counted.lo
        make -j2 libz.so.1.2.13 PIC_OBJA=counted.lo
        cp libz.so.1.2.13 ../libz.so.1
        gcc "${compile_flags[@]}" -I. ../../../zlib/checksums.c "${link_flags[@]}" ../libz.so.1 -o ../checksums
        gcc -O2 -I. ../../../zlib/checksums.c ../libz.so.1 -o ../stock-checksums
    )
}

# checksums PROGRAM LIBRARY NAME: runs it on that library; what it prints is in NAME.out, and the counts in NAME.err.
checksums() {
    local folder=target/zlib/$3
    rm -rf "$folder" && mkdir -p "$folder"
    cp "$2" "$folder/libz.so.1"
    LD_LIBRARY_PATH=$PWD/$folder "$1" > "$folder.out" 2> "$folder.err" || fail "$1 on $2: $(tail -n 1 "$folder.out")"
}

counts_of() { # NAME
    sed 's/.*: //' "target/zlib/$1.err" | paste -sd ' '
}

check_zlib() {
    local library=target/zlib/libz.so.1 program=target/zlib/checksums stock=target/zlib/stock-checksums calls
    # Two branches of start-up code are always missed, which is much in a small file.
    count "$library" 990
    count "$program" 900
    retarget "$library" adler32=counted_adler32
    moved "$library" adler32=counted_adler32
    retarget "$program" crc32=own_crc32
    moved "$program" crc32=own_crc32
    checksums "$program" "$library" plain
    checksums "$program" "$library.patched" library
    checksums "$program.patched" "$library" program
    same target/zlib/plain.out target/zlib/library.out
    same target/zlib/plain.out target/zlib/program.out
    # A program that was built without any of the flags: what it imports can be retargeted all the same.
    retarget "$stock" crc32=own_crc32
    checksums "$stock.patched" "$library" stock
    same target/zlib/plain.out target/zlib/stock.out
    is "calls in the patched stock program" "0 6" "$(counts_of stock)"
    refused "$stock" --emit-relocs own_crc32=zero
    grep -q '^crc32 of the check text cbf43926$' target/zlib/plain.out || fail "zlib computes a wrong CRC-32"
    is "calls that were counted unpatched" "0 0" "$(counts_of plain)"
    calls=$(counts_of library)
    [ "${calls% *}" -gt 0 ] || fail "the library never called its target"
    is "calls in the unpatched program" 0 "${calls#* }"
    # Four levels, the plain bytes, the check text.
    is "calls in the patched program, on the unpatched library" "0 6" "$(counts_of program)"
    echo "libz.so.1.patched, checksums.patched, stock-checksums.patched: the same checksums;" \
        "${calls% *} calls of adler32 in the library and 6 of crc32 in each program went through the targets"
}
