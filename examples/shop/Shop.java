/// A program without Repoint code.
public class Shop {

    static int price(String item) {
        return 10 * item.length();
    }

    public static void main(String[] args) throws InterruptedException {
        int rounds = args.length == 0 ? Integer.MAX_VALUE : Integer.parseInt(args[0]);
        for (int i = 0; i < rounds; i++) {
            System.out.println("tea costs " + price("tea"));
            Thread.sleep(100);
        }
    }
}
