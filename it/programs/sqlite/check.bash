# sqlite: its shell runs a script of queries.

build_sqlite() {
    source_of sqlite3 target/sqlite/source
    cp sqlite/counted.c target/sqlite/
    (
        cd target/sqlite
        # Only the generators of its makefile: they make two files of all of it, which is what its authors ship.
        make -f source/main.mk TOP="$PWD/source" BCC=gcc TCC=gcc NAWK=awk sqlite3.c shell.c
        gcc "${compile_flags[@]}" -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_RTREE -c sqlite3.c &
        gcc "${compile_flags[@]}" -c shell.c counted.c
        wait $!
        gcc "${link_flags[@]}" -Wl,--defsym,default_sqlite3_step=sqlite3_step shell.o sqlite3.o counted.o -lm -lpthread -ldl \
            -o sqlite3
    )
}

# queries SHELL NAME: runs them in a database of its own; answers in NAME.out.
queries() {
    rm -f "target/sqlite/$2.db"*
    "$1" -batch "target/sqlite/$2.db" < sqlite/queries.sql > "target/sqlite/$2.out" 2> "target/sqlite/$2.err" ||
        fail "$1 failed: $(cat "target/sqlite/$2.err")"
}

ask() { # SHELL QUERY
    "$1" -batch :memory: "$2" 2> /dev/null
}

check_sqlite() {
    local shell=target/sqlite/sqlite3 steps
    count "$shell" 998
    retarget "$shell" sqlite3_step=counted_sqlite3_step upperFunc=lowerFunc
    moved "$shell" sqlite3_step=counted_sqlite3_step
    queries "$shell" plain
    queries "$shell.patched" patched
    same target/sqlite/plain.out target/sqlite/patched.out
    is "steps counted in the unpatched shell" "counted steps: 0" "$(cat target/sqlite/plain.err)"
    steps=$(sed -n 's/^counted steps: //p' target/sqlite/patched.err)
    # One step for each row that was printed, at least.
    [ "$steps" -ge "$(wc -l < target/sqlite/plain.out)" ] || fail "only $steps steps went through the target"
    is "upper('Ab') unpatched" AB "$(ask "$shell" "SELECT upper('Ab')")"
    is "upper('Ab') with the target lowerFunc" ab "$(ask "$shell.patched" "SELECT upper('Ab')")"
    echo "sqlite3.patched: the same answers to $(grep -c ';$' sqlite/queries.sql) queries; $steps steps went through the target"
}
