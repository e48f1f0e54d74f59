package dev.repoint.it.jdks;

import java.time.Clock;
import java.util.Scanner;
import java.util.function.IntUnaryOperator;

/// The program that is patched. It answers each line of its input with one line.
final class Shop {

    static boolean discount = false;

    private Shop() {}

    public static void main(String[] args) {
        System.out.println("up");
        Scanner in = new Scanner(System.in);
        while (in.hasNextLine()) {
            System.out.println(answer(in.nextLine()));
        }
    }

    private static String answer(String question) {
        return switch (question) {
            case "price" -> String.valueOf(price(3, 4));
            case "virtual" -> String.valueOf(new Till().count(5));
            case "lambda" -> String.valueOf(apply(Shop::twice, 21));
            case "discount" -> String.valueOf(discount);
            case "clock" -> Clock.systemUTC().toString();
            default -> "what is " + question + "?";
        };
    }

    static int price(int pieces, int each) {
        return pieces * each;
    }

    static int sum(int pieces, int each) {
        return pieces + each;
    }

    static int twice(int value) {
        return 2 * value;
    }

    static int thrice(int value) {
        return 3 * value;
    }

    static int apply(IntUnaryOperator operator, int value) {
        return operator.applyAsInt(value);
    }

    static Clock stopped() {
        return Clock.fixed(java.time.Instant.EPOCH, java.time.ZoneOffset.UTC);
    }

    /// Has an instance method that is patched.
    static final class Till {

        int count(int coins) {
            return coins;
        }

        int more(int coins) {
            return coins + 100;
        }
    }
}
