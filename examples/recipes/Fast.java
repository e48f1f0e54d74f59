import dev.repoint.Offer;

/// Offers another implementation of `Orders.total`, for processors with AVX2.
public class Fast {

    @Offer(key = "Orders.total", cpu = "avx2")
    static int total(int count) {
        System.out.println("chosen for avx2");
        return count * (count + 1) / 2;
    }
}
