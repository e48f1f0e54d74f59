package bazaar

object Till:
  def open(drawer: Int): Int = drawer

trait Greets:
  def greeting(name: String): String = s"Hello $name"

class Seller extends Greets

class Money(val cents: Int):
  def +(other: Money): Money = Money(cents + other.cents)
  def less(other: Money): Money = Money(cents - other.cents)

def price(item: Int, times: Int = 1): Int = item * times

extension (text: String) def shout: String = text.toUpperCase

@main def run(): Unit =
  println("ready")
  while scala.io.StdIn.readLine() != null do
    println(
      s"${Seller().greeting("Ann")} ${"hi".shout} open=${Till.open(1)} " +
        s"sum=${(Money(3) + Money(2)).cents} price=${price(7)}"
    )
