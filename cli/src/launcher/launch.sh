# What all launchers of Repoint share: the environment, a JDK 25, and the start of the command line. To be sourced by sh.
# Prints only to stderr, so $(repoint agent) contains only the output of the command.
#
#   find_jdk     sets jdk to the folder of a JDK 25, or ends with one line
#   is_trained   whether the cache belongs to the jars
#   train        makes the cache
#   launch       becomes the command line
#
# The launcher sets before: home, cli (the jar of the command line), libraries (the folder of the others), agent, cache.

say() { printf 'repoint: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# --- the environment ---

# If standard output or error is closed, the next opened file would get its descriptor, and its output.
{ true 9>&0; } 2> /dev/null || exec < /dev/null
true 9>&2 || exec 2> /dev/null # its own complaint has no reader
{ true 9>&1; } 2> /dev/null || fail "standard output is closed; nothing was done"

# The JVM encodes file names with the locale of its start. In the C locale (cron, containers), and if the locale is not
# installed, this is ASCII, and the JVM could not open many files.
charmap() { locale charmap 2> /dev/null; }
case $(charmap) in
    UTF-8) ;;
    ANSI_X3.4-1968 | US-ASCII | ASCII | 646 | '')
        for name in C.UTF-8 C.utf8 en_US.UTF-8; do
            [ "$(LC_ALL=$name charmap)" = UTF-8 ] || ! command -v locale > /dev/null || continue
            # LC_ALL overrides LC_CTYPE. If LC_ALL is not set, LC_CTYPE is enough, and messages keep their language.
            if [ -n "${LC_ALL:-}" ]; then LC_ALL=$name; export LC_ALL; else LC_CTYPE=$name; export LC_CTYPE; fi
            break
        done
        ;;
esac

# Whether longer work shows its progress.
terminal=false
[ -t 2 ] && [ "${TERM:-dumb}" != dumb ] && terminal=true

# --- a JDK 25 ---

# Sets major to the feature version of the JDK in folder $1. Fails if the folder has no JDK, or a JDK without attach.
is_jdk() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    major='' attach=''
    while IFS= read -r line; do
        case $line in
            JAVA_VERSION=*)
                major=${line#*=\"}
                major=${major%%[!0-9]*}
                ;;
            MODULES=*jdk.attach*) attach=yes ;;
        esac
    done < "$1/release"
    [ -n "$attach" ] && [ -n "$major" ]
}

java_on_path() {
    java=$(command -v java) || return 0
    java=$(readlink -f "$java" 2> /dev/null || printf '%s' "$java")
    dirname "$(dirname "$java")"
}

seen=''
look_for_jdk() {
    for jdk in "${JAVA_HOME:-}" "${JAVA25_HOME:-}" "$(java_on_path)" \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /usr/local/*jdk* /opt/* /opt/java/* /opt/jdk/* \
        "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.asdf/installs/java/* \
        "${HOME:-}"/.local/share/mise/installs/java/* "${HOME:-}"/.gradle/jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        [ -n "$jdk" ] && is_jdk "$jdk" || continue
        [ "$major" -ge 25 ] && return 0
        case $seen in *" $jdk "*) ;; *) seen="$seen${seen:+,} $jdk (Java $major)" ;; esac
    done
    return 1
}

find_jdk() {
    look_for_jdk || fail "needs a JDK 25 or later, and found ${seen:+only}${seen:-none}.
  Install one (for example Eclipse Temurin 25, https://adoptium.net), or set JAVA_HOME to its folder."
}

# --- the command line ---

# Becomes the command line, or a training run of it. The process is short-lived, so it uses the simplest collector and the
# quick compiler. The AOT cache of the JVM (JEP 514) halves the start; without a valid cache, the JVM must print nothing.
# The JVM compiles loops after 2,000 rounds and not 60,000, because most end earlier. The stress calls native code.
# The class path has an order of its own, because a cache is valid only for the order that it was made with.
launch() { # OPTION-OF-THE-CACHE CLASS ARGUMENT...
    option=$1
    shift
    class_path=$cli
    for jar in "$libraries"/*.jar; do class_path=$class_path:$jar; done
    exec "$jdk/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:Tier3BackEdgeThreshold=2000 -XX:-UsePerfData \
        -Xlog:disable --enable-native-access=ALL-UNNAMED "$option" -Drepoint.home="$home" -Drepoint.terminal=$terminal \
        -cp "$class_path" "$@"
}

# Makes the AOT cache, all at once. An empty one, which the JVM ignores, says that this JVM can make none.
train() {
    (launch "-XX:AOTCacheOutput=$cache.$$" dev.repoint.cli.AotTraining) < /dev/null 9>&- || : > "$cache.$$"
    mv -f "$cache.$$" "$cache"
}

# Whether the cache belongs to the jars. After a build that the launcher did not start, it does not.
is_trained() {
    [ -f "$cache" ] && [ -z "$(find "$cli" "$libraries" "$agent" -newer "$cache" -print 2> /dev/null | head -n 1)" ]
}
