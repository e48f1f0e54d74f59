# lua: the interpreter runs scripts.

build_lua() {
    source_of lua5.4 target/lua/source
    cp lua/counted.c target/lua/source/src/
    (
        cd target/lua/source/src
        rm luac.c
        # As debian/rules does; it is part of the path of modules.
        echo "#define DEB_HOST_MULTIARCH \"$(gcc -print-multiarch)\"" > lua5.4-deb-multiarch.h
        printf '%s\n' *.c | xargs -P 2 -n 6 gcc "${compile_flags[@]}" -std=gnu99 -DLUA_COMPAT_5_3 -DLUA_USE_LINUX -c
        gcc "${link_flags[@]}" -Wl,-E -Wl,--defsym,default_luaL_tolstring=luaL_tolstring ./*.o -lm -ldl -o ../../lua
    )
}

# scripts INTERPRETER NAME: runs them; what they print is in NAME.out.
scripts() {
    local script
    : > "target/lua/$2.out"
    : > "target/lua/$2.err"
    for script in lua/scripts/*.lua; do
        "$1" "$script" >> "target/lua/$2.out" 2>> "target/lua/$2.err" || fail "$1 $script: $(cat "target/lua/$2.err")"
    done
}

check_lua() {
    local lua=target/lua/lua number counts
    count "$lua" 998
    # A called function, and one in a table of functions.
    retarget "$lua" luaL_tolstring=counted_luaL_tolstring str_upper=str_lower
    moved "$lua" luaL_tolstring=counted_luaL_tolstring
    scripts "$lua" plain
    scripts "$lua.patched" patched
    same target/lua/plain.out target/lua/patched.out
    is "strings counted in the unpatched interpreter" "0 0" "$(counts_in plain)"
    counts=$(counts_in patched)
    for number in $counts; do
        [ "$number" -gt 20 ] || fail "only $number strings went through the target"
    done
    is "string.upper unpatched" AB "$("$lua" -e 'print(("Ab"):upper())' 2> /dev/null)"
    is "string.upper with the target str_lower" ab "$("$lua.patched" -e 'print(("Ab"):upper())' 2> /dev/null)"
    # Its only use is that code takes its address.
    refused "$lua" luaL_newstate l_alloc=zero
    echo "lua.patched: the same output of $(find lua/scripts -name '*.lua' | wc -l) scripts;" \
        "$counts strings of theirs went through the target"
}

counts_in() { # NAME: the count of each script
    sed -n 's/^counted strings: //p' "target/lua/$1.err" | paste -sd ' '
}
