# A bazaar in Scala, which runs, and answers each line.
. "$REPOINT/it/src/test/transcripts/shared/language.sh"
java -cp "$compilers" dotty.tools.dotc.Main -classpath "$compilers:$runtime" -d classes "$REPOINT/examples/languages/scala/Bazaar.scala" > compiler.log 2>&1
start -cp "classes:$compilers:$runtime" bazaar.run
