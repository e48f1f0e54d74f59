# The shop of the quick starts, which runs.
export PATH=$(repoint doctor --java-home)/bin:$PATH
cp "$REPOINT"/examples/shop/*.java .
javac -d shop Shop.java Sale.java
java -cp shop Shop > shop.log 2>&1 & pid=$!
trap 'kill $pid 2> /dev/null || true' EXIT
until [ -s shop.log ]; do sleep 0.1; done
