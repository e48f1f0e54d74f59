# A kiosk in Groovy, which runs, and answers each line.
. "$REPOINT/it/src/test/transcripts/shared/language.sh"
java -cp "$compilers" org.codehaus.groovy.tools.FileSystemCompiler --classpath "$compilers:$runtime" -d classes "$REPOINT/examples/languages/groovy/Kiosk.groovy" > compiler.log 2>&1
start -cp "classes:$compilers:$runtime" kiosk.Kiosk
