import dev.repoint.Original;
import java.util.function.IntUnaryOperator;

/// Wraps `Orders.total`: prints how long the default took.
public class Timed {

    static int total(@Original IntUnaryOperator original, int count) {
        long began = System.nanoTime();
        int total = original.applyAsInt(count);
        System.out.println("total(" + count + ") took " + (System.nanoTime() - began) + " ns");
        return total;
    }
}
