package shop

import kotlin.coroutines.Continuation
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.startCoroutine

@JvmInline value class Cents(val amount: Int)

class Till(private val rate: Int = 2) {
    fun due(price: Int): Int = price * rate

    fun due(price: Cents): Int = price.amount * rate

    companion object {
        @JvmStatic fun open(drawer: Int): Int = drawer
    }
}

object Clock {
    lateinit var zone: String

    @field:dev.repoint.Patchable var hour: Int = 9

    fun isLate(): Boolean = hour > 17
}

fun greeting(name: String, mark: String = "!"): String = "Hello $name$mark"

fun String.shout(): String = uppercase()

suspend fun stock(item: Int): Int = item * 10

suspend fun noStock(item: Int): Int = 0

inline fun twice(x: Int): Int = x * 2

fun now(block: suspend () -> Int): Int {
    var result = 0
    block.startCoroutine(Continuation(EmptyCoroutineContext) { result = it.getOrThrow() })
    return result
}

fun main() {
    Clock.zone = "UTC"
    println("ready")
    while (readLine() != null) {
        println(
            "${greeting("Ann")} ${"hi".shout()} open=${Till.open(1)} due=${Till().due(Cents(5))} " +
                "stock=${now { stock(4) }} ${Clock.zone} late=${Clock.isLate()} ${twice(3)}",
        )
    }
}
