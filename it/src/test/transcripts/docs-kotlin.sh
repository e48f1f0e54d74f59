# A shop in Kotlin, which runs, and answers each line.
. "$REPOINT/it/src/test/transcripts/shared/language.sh"
java -cp "$compilers" org.jetbrains.kotlin.cli.jvm.K2JVMCompiler -no-stdlib -no-reflect -cp "$compilers:$runtime" -d classes "$REPOINT/examples/languages/kotlin/Shop.kt" > compiler.log 2>&1
start -cp "classes:$compilers:$runtime" shop.ShopKt
