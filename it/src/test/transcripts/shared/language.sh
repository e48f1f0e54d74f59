# What the pages of languages share: a program that runs, and answers each line.
jdk=$(repoint doctor --java-home)
compilers=$(cat "$REPOINT/it/languages/target/compilers")
runtime=$REPOINT/jvm/runtime/target/repoint-runtime-0.1.0.jar
java() { "$jdk/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$@"; }
mkdir classes
mkfifo in out
# Starts the program, and ends the one before.
pid=
start() {
    [ -z "$pid" ] || { kill $pid; wait $pid 2> /dev/null || true; }
    "$jdk/bin/java" -XX:TieredStopAtLevel=1 -XX:+EnableDynamicAgentLoading "$@" < in > out 2> program.log & pid=$!
    exec 3> in 4< out
    read -r ready <&4
}
ask() { echo >&3; read -r answer <&4; echo "$answer"; }
trap 'kill $pid 2> /dev/null || true' EXIT
