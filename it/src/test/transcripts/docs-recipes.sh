# The programs of the recipes, compiled. They live too short for the better compiler to pay.
jdk=$(repoint doctor --java-home)
mkdir quick
printf '#!/bin/sh\nexec "%s/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$@"\n' "$jdk" > quick/java
chmod +x quick/java
export JAVA_HOME=$jdk PATH=$PWD/quick:$jdk/bin:$PATH
cp "$REPOINT"/examples/recipes/* .
runtime=$REPOINT/jvm/runtime/target/repoint-runtime-0.1.0.jar
javac -cp "$runtime" -d classes Probe.java Fixed.java Orders.java Timed.java
javac -cp "$runtime:classes" -d fast Fast.java
agent=-javaagent:$(repoint agent)
cc -O2 -o alloc alloc.c
strip alloc
cc -O2 -fPIC -shared -o libscarce.so scarce.c
trap 'kill $(jobs -p) 2> /dev/null || true' EXIT
