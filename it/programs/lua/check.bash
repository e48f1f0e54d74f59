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

counted() { # WHAT: the counts of all scripts in the patched interpreter
    sed -n "s/^counted $1: //p" target/lua/patched.err | paste -sd ' '
}

check_lua() {
    local lua=target/lua/lua number what
    count "$lua" 998
    # A called function, one whose address is taken, and one in a table of functions.
    retarget "$lua" luaL_tolstring=counted_luaL_tolstring l_alloc=counted_l_alloc str_upper=str_lower
    scripts "$lua" plain
    scripts "$lua.patched" patched
    same target/lua/plain.out target/lua/patched.out
    is "what is counted in the unpatched interpreter" "0 0 0 0" \
        "$(sed 's/.*: //' target/lua/plain.err | paste -sd ' ')"
    for what in strings allocations; do
        for number in $(counted $what); do
            [ "$number" -gt 20 ] || fail "only $number $what went through the target"
        done
    done
    is "string.upper unpatched" AB "$("$lua" -e 'print(("Ab"):upper())' 2> /dev/null)"
    is "string.upper with the target str_lower" ab "$("$lua.patched" -e 'print(("Ab"):upper())' 2> /dev/null)"
    echo "lua.patched: the same output of $(find lua/scripts -name '*.lua' | wc -l) scripts;" \
        "strings $(counted strings) and allocations $(counted allocations) went through the targets"
}
