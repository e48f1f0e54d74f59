package kiosk

class Kiosk {
    int rate = 2

    int due(int price) { price * rate }

    def label(item) { "item $item" }

    int "price of one"(int item) { item }

    int many(int item, int times = 2) { item * times }

    static int open(int drawer) { drawer }

    static void main(String[] args) {
        def kiosk = new Kiosk()
        def name = "due"
        kiosk.metaClass.extra = { int x -> x + 1 }
        println "ready"
        System.in.eachLine {
            println "due=${kiosk.due(5)} by name=${kiosk."$name"(5)} all=${[1, 2].collect(kiosk.&due)} " +
                "${kiosk.label(3)} one=${kiosk.'price of one'(4)} many=${kiosk.many(3)} open=${open(1)} extra=${kiosk.extra(1)}"
        }
    }
}
