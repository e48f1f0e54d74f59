# The programs of the recipes, compiled.
export PATH=$(repoint doctor --java-home)/bin:$PATH
cp "$REPOINT"/examples/recipes/* .
runtime=$REPOINT/jvm/runtime/target/repoint-runtime-0.1.0.jar
javac -cp "$runtime" -d classes Probe.java Fixed.java Orders.java Timed.java
javac -cp "$runtime:classes" -d fast Fast.java
agent=-javaagent:$(repoint agent)
cc -O2 -o alloc alloc.c
strip alloc
cc -O2 -fPIC -shared -o libscarce.so scarce.c
trap 'kill $(jobs -p) 2> /dev/null || true' EXIT
