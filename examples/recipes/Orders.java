import java.util.logging.Logger;

/// A program that logs, and adds numbers.
public class Orders {

    private static final Logger LOG = Logger.getLogger("orders");

    static int total(int count) {
        LOG.info("adding " + count + " orders");
        int total = 0;
        for (int order = 1; order <= count; order++) {
            total += order;
        }
        return total;
    }

    public static void main(String[] args) throws InterruptedException {
        int rounds = args.length == 0 ? Integer.MAX_VALUE : Integer.parseInt(args[0]);
        for (int i = 0; i < rounds; i++) {
            System.out.println("total " + total(100));
            Thread.sleep(100);
        }
    }
}
