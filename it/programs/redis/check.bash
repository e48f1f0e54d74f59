# redis: a server is retargeted while clients of it look on.

build_redis() {
    source_of redis target/redis
    cp redis/retargets.c redis/server.mk target/redis/src/
    CFLAGS="${compile_flags[*]:1}" LDFLAGS="${link_flags[*]}" make -C target/redis/src -f server.mk -j2 V=1 \
        MALLOC=libc USE_SYSTEMD=no BUILD_TLS=no OPTIMIZATION="${compile_flags[0]}" \
        redis-cli redis-benchmark server server-without-relocations
    cp target/redis/src/redis-cli target/redis/src/redis-benchmark target/redis/
    cp target/redis/src/server target/redis/redis-server
    cp target/redis/src/server-without-relocations target/redis/redis-server-without-relocations
}

servers=()
trap '[ ${#servers[@]} -eq 0 ] || kill "${servers[@]}"' EXIT

# start NAME: starts target/redis/NAME in a folder of its own, and waits until it answers.
start() {
    local folder=target/redis/run/$1
    rm -rf "$folder" && mkdir -p "$folder"
    (cd "$folder" && exec ../../"$1" --port 0 --unixsocket s --save '' --enable-debug-command yes \
        --slowlog-log-slower-than 0 --notify-keyspace-events '' > log 2>&1) &
    servers+=($!)
    until answers "$1"; do
        kill -0 $! 2> /dev/null || fail "$1 ended: $(tail -n 3 "$folder/log")"
        sleep 0.05
    done
}

answers() {
    [ "$(client "$1" PING 2> /dev/null)" == PONG ]
}

client() { # SERVER ARGUMENT...
    local server=$1
    shift
    (cd "target/redis/run/$server" && ../../redis-cli -s s "$@")
}

stop() { # SERVER
    client "$1" SHUTDOWN NOSAVE
    wait "${servers[-1]}" || fail "$1 ended with exit status $?: $(tail -n 3 "target/redis/run/$1/log")"
    unset 'servers[-1]'
}

# What a client sees of a server: the answers to the commands.
answers_of() {
    client "$1" --no-raw < redis/commands > "target/redis/run/$1/answers" 2>&1
}

# field SERVER NAME: what INFO says of a field.
field() {
    client "$1" INFO everything | tr -d '\r' | sed -n "s/^$2://p"
}

benchmark() { # SERVER ARGUMENT...
    local server=$1
    shift
    (cd "target/redis/run/$server" && ../../redis-benchmark -s s -q "$@") | tr '\r' '\n' | grep 'requests per second' \
        > "target/redis/run/$server/benchmark" || fail "$server: redis-benchmark failed"
}

# load SERVER: the whole benchmark, and what it left behind.
load() {
    client "$1" FLUSHALL > /dev/null
    client "$1" CONFIG RESETSTAT > /dev/null
    benchmark "$1" -n 10000 -c 20
    client "$1" --no-raw > "target/redis/run/$1/loaded" 2>&1 <<- 'COMMANDS'
		DBSIZE
		LLEN mylist
		SCARD myset
		GET counter:__rand_int__
		HGETALL myhash
		STRLEN key:__rand_int__
	COMMANDS
    client "$1" INFO errorstats | grep '^errorstat' && fail "$1: redis-benchmark got errors"
    wc -l < "target/redis/run/$1/benchmark" >> "target/redis/run/$1/loaded"
}

# The unpatched server: what the others are compared with.
check_plain_server() {
    start redis-server
    is "ECHO" "hello" "$(client redis-server ECHO hello)"
    client redis-server SET key value > /dev/null
    payload=$(client redis-server --no-raw DUMP key)
    is "RESTORE of DUMP" OK "$(client redis-server --quoted-input RESTORE other 0 "$payload")"
    [ "$(client redis-server SLOWLOG LEN)" -gt 0 ] || fail "the slow log of the unpatched server is empty"
    is "the section Retargeted of INFO" "" "$(field redis-server integer_replies)"
    client redis-server FLUSHALL > /dev/null
    answers_of redis-server
    load redis-server
    stop redis-server
}

# check_patched_server NAME: answers as the unpatched one does, but for what was retargeted.
check_patched_server() {
    start "$1"
    is "ECHO" "retargeted hello" "$(client "$1" ECHO hello)"
    client "$1" SET key value > /dev/null
    is "the checksum in DUMP" '\x00\x00\x00\x00\x00\x00\x00\x00"' "$(client "$1" --no-raw DUMP key | tail -c 34 | head -c 33)"
    is "RESTORE of a payload with its right checksum" "ERR DUMP payload version or checksum are wrong" \
        "$(client "$1" --quoted-input RESTORE other 0 "$payload")"
    is "the length of the slow log" 0 "$(client "$1" SLOWLOG LEN)"
    client "$1" FLUSHALL > /dev/null
    answers_of "$1"
    same target/redis/run/redis-server/answers "target/redis/run/$1/answers"

    local before after
    before=$(field "$1" integer_replies)
    benchmark "$1" -t lpush,sadd -n 10000 -c 20 -P 4
    after=$(field "$1" integer_replies)
    is "integer replies to 20000 commands of redis-benchmark" 20000 "$((after - before))"
    load "$1"
    same target/redis/run/redis-server/loaded "target/redis/run/$1/loaded"
    echo "$1: $(grep -c . redis/commands) commands answered as unpatched; $after integer replies went through the target," \
        "$(field "$1" integer_replies) after redis-benchmark ($(wc -l < "target/redis/run/$1/benchmark") tests)"
    stop "$1"
}

# redis's own tests of these units, with the patched server in the place where they look for one.
redis_tests() {
    local units=(unit/type/incr unit/type/hash unit/type/set unit/protocol unit/keyspace) unit passed arguments=()
    for unit in "${units[@]}"; do
        arguments+=(--single "$unit")
    done
    retarget target/redis/redis-server addReplyLongLong=counted_addReplyLongLong genRedisInfoString=counted_genRedisInfoString
    cp target/redis/redis-server.patched target/redis/src/redis-server
    (cd target/redis && ./runtest --clients 2 "${arguments[@]}") > target/redis.tests 2>&1 ||
        fail "tests of redis failed: see it/programs/target/redis.tests"
    passed=$(grep -c '^\[.*ok.*\]: ' target/redis.tests) || fail "no test of redis ran: see it/programs/target/redis.tests"
    echo "redis-server.patched: $passed tests of redis passed"
}

check_redis() {
    local server=target/redis/redis-server
    local patch=(addReplyLongLong=counted_addReplyLongLong genRedisInfoString=counted_genRedisInfoString
        echoCommand=loud_echoCommand crc64=zero slowlogPushEntryIfNeeded=nothing)
    count "$server" 998
    check_plain_server

    retarget "$server" "${patch[@]}"
    moved "$server" "${patch[@]}"
    check_patched_server redis-server.patched

    # Stripped of everything, with the table that was kept: beside the file, and by its name.
    repoint table "$server" -o "$server.sites"
    strip -s -o "$server-stripped" "$server"
    refused "$server-stripped" "repoint table" "${patch[@]}"
    cp "$server.sites" "$server-stripped.sites"
    repoint sites "$server-stripped" --json | sed 's/redis-server-stripped/redis-server/' > target/redis-server-stripped.sites.json
    cmp target/redis-server.sites.json target/redis-server-stripped.sites.json ||
        fail "the stripped server has other sites than the table beside it"
    retarget "$server-stripped" "${patch[@]}"
    check_patched_server redis-server-stripped.patched
    rm "$server-stripped.sites"
    patched --table "$server.sites" "$server-stripped" "${patch[@]}" -o "$server-stripped.by-name"
    cmp "$server-stripped.patched" "$server-stripped.by-name" || fail "--table and the table beside the file differ"

    refused target/redis/redis-server-without-relocations --emit-relocs "${patch[@]}"
    [ -n "$short" ] || redis_tests
}
