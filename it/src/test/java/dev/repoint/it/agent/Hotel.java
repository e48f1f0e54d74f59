package dev.repoint.it.agent;

/// The sources of a program whose plugins come and go: a hotel, and guests in class loaders of their own, each
/// of which brings patchables, fields, targets and offers.
final class Hotel {

    /// Guests arrive one after another. Each says whether what it did led where it should. Every other one
    /// withdraws its offers and stays a while, with four others. The rest is dropped with its offers, half of
    /// them with targets and overrides of their own besides: the hotel's patchables have to be at their
    /// defaults once such a guest is collected.
    static final String HOTEL = """
        // acme/Hotel.java
        package acme;

        import dev.repoint.OfferScope;
        import dev.repoint.Patchable;
        import dev.repoint.PatchableMethod;
        import dev.repoint.PatchableState;
        import dev.repoint.Repoint;
        import dev.repoint.Target;
        import java.io.BufferedReader;
        import java.io.InputStreamReader;
        import java.lang.invoke.MethodHandles;
        import java.lang.ref.PhantomReference;
        import java.lang.ref.ReferenceQueue;
        import java.net.URL;
        import java.net.URLClassLoader;
        import java.nio.file.Path;
        import java.util.ArrayDeque;
        import java.util.Deque;
        import java.util.HashSet;
        import java.util.Set;
        import java.util.function.IntUnaryOperator;

        public class Hotel {

            static final long PATIENCE_NANOS = 60_000_000_000L;
            static final ReferenceQueue<ClassLoader> left = new ReferenceQueue<>();
            static final Set<PhantomReference<ClassLoader>> expected = new HashSet<>();
            static final Deque<URLClassLoader> house = new ArrayDeque<>();
            static int guests;
            static int collected;

            @Patchable
            public static int rate(int nights) {
                return 10 * nights;
            }

            @Patchable
            public static int breakfast(int guests) {
                return 5 * guests;
            }

            @Patchable
            public static String greeting(String guest) {
                return "hello " + guest;
            }

            static void expect(Object wanted, Object found) {
                if (!wanted.equals(found)) {
                    throw new IllegalStateException("guest " + guests + ": found " + found + ", not " + wanted);
                }
            }

            static PatchableMethod patchable(String name) {
                return Repoint.find(MethodHandles.lookup(), Hotel.class, name);
            }

            static void arrive(URL jar) throws Exception {
                int manner = guests++ % 4;
                URLClassLoader loader = new URLClassLoader(new URL[] {jar});
                expected.add(new PhantomReference<>(loader, left));
                OfferScope offers = Repoint.offers(loader);
                Class<?> guest = loader.loadClass("guest.Guest");
                expect("well", guest.getMethod("stay", boolean.class).invoke(null, manner == 3));
                expect(18, rate(2));
                expect("welcome 7", greeting("7"));
                if (manner == 2) {
                    patchable("breakfast").set(Target.method(guest, "free"));
                    expect(0, breakfast(3));
                    patchable("breakfast").set(Target.of(IntUnaryOperator.class,
                            (IntUnaryOperator) guest.getMethod("lambda").invoke(null)));
                    expect(1, breakfast(3));
                    patchable("breakfast").reset();
                }
                expect(15, breakfast(3));
                if (manner % 2 == 0) {
                    offers.close();
                    house.add(loader);
                    if (house.size() > 5) {
                        house.remove().close();
                    }
                }
            }

            /// One that is not in the house has been dropped with its offers.
            static void stay(URL jar) throws Exception {
                arrive(jar);
                if (guests % 2 == 0) {
                    awaitAllBut(house.size());
                } else {
                    count();
                }
                expect("20 15 hello 7", hotel());
            }

            static String hotel() {
                return rate(2) + " " + breakfast(3) + " " + greeting("7");
            }

            static void count() {
                for (Object seen = left.poll(); seen != null; seen = left.poll()) {
                    expected.remove(seen);
                    collected++;
                }
            }

            static void awaitAllBut(int few) {
                long deadline = System.nanoTime() + PATIENCE_NANOS;
                for (count(); expected.size() > few && System.nanoTime() < deadline; count()) {
                    System.gc();
                    Thread.onSpinWait();
                }
            }

            static String gone() {
                house.clear();
                awaitAllBut(0);
                return collected + " of " + guests;
            }

            static String keys() {
                return String.join(" ", Repoint.states().stream().map(each -> each.key().name()).sorted().toList());
            }

            static String note(String name) {
                PatchableState state = patchable(name).state();
                return state.target() + "; " + state.note();
            }

            public static void main(String[] args) throws Exception {
                URL jar = Path.of(args[0]).toUri().toURL();
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    String[] words = line.split(" ");
                    System.out.println(switch (words[0]) {
                        case "stay" -> {
                            for (int i = Integer.parseInt(words[1]); i > 0; i--) {
                                stay(jar);
                            }
                            yield guests + " were here";
                        }
                        case "tip" -> "" + house.getLast().loadClass("guest.Guest").getMethod("tip").invoke(null);
                        case "gone" -> gone();
                        case "keys" -> keys();
                        case "hotel" -> hotel();
                        case "note" -> note(words[1]);
                        default -> "what?";
                    });
                }
            }
        }
        """;

    /// Has a megabyte of luggage, so that a JVM with little memory ends when guests are kept.
    static final String GUEST = """
        // guest/Guest.java
        package guest;

        import acme.Hotel;
        import dev.repoint.Mode;
        import dev.repoint.Offer;
        import dev.repoint.OverrideScope;
        import dev.repoint.Patch;
        import dev.repoint.Patchable;
        import dev.repoint.PatchableField;
        import dev.repoint.PatchableMethod;
        import dev.repoint.Repoint;
        import dev.repoint.Target;
        import java.lang.invoke.MethodHandles;
        import java.util.function.IntUnaryOperator;

        public class Guest {

            static final byte[] LUGGAGE = new byte[1 << 20];

            @Patchable
            static boolean sleeping;

            @Patchable
            static Object bed = "soft";

            @Patchable
            static int bill(int nights) {
                return Hotel.rate(nights) + 1;
            }

            @Patchable
            static int drink(int glasses) {
                return 2 * glasses;
            }

            @Patchable
            static String name() {
                return "nobody";
            }

            public static int tip() {
                return 1;
            }

            static int half(int nights) {
                return Hotel.rate(nights) / 2;
            }

            public static int free(int guests) {
                return 0;
            }

            public static IntUnaryOperator lambda() {
                byte[] luggage = LUGGAGE;
                return guests -> luggage.length >> 20;
            }

            @Offer(key = "acme.Hotel.rate")
            public static int reduced(int nights) {
                return 9 * nights;
            }

            @Offer(key = "guest.Guest.name")
            static String ownName() {
                return "guest";
            }

            static void expect(Object wanted, Object found) {
                if (!wanted.equals(found)) {
                    throw new IllegalStateException("found " + found + ", not " + wanted);
                }
            }

            static PatchableMethod patchable(String name) {
                return Repoint.find(MethodHandles.lookup(), Guest.class, name);
            }

            /// Uses all there is. Leaves targets, an override and pointer mode behind if it is to be
            /// untidy.
            public static String stay(boolean untidy) throws Throwable {
                expect(19, bill(2));
                expect("guest", name());
                PatchableMethod bill = patchable("bill");
                bill.set(Target.method(Guest.class, "half"));
                expect(9, bill(2));
                PatchableMethod drink = patchable("drink");
                drink.set(Target.of(IntUnaryOperator.class, glasses -> glasses + LUGGAGE.length));
                expect(1 + LUGGAGE.length, drink(1));
                drink.mode(Mode.POINTER);
                expect(6, (int) drink.defaultHandle().invoke(3));
                new Patch()
                        .set(bill, Target.method(Guest.class, "reduced"))
                        .set(drink, Target.method(Guest.class, "free"))
                        .apply();
                expect(18, bill(2) + drink(7));

                PatchableField field = Repoint.findField(MethodHandles.lookup(), Guest.class, "bed");
                expect("soft", bed);
                field.setValue(Guest.class);
                expect(Guest.class, bed);
                sleeping = true;
                expect(true, sleeping);
                OverrideScope override = patchable("name").override(
                        Target.of(MethodHandles.constant(String.class, Guest.class.getSimpleName())));
                expect("Guest", name());
                if (!untidy) {
                    override.close();
                    expect("guest", name());
                    field.reset();
                    new Patch().set(bill, Target.DEFAULT).set(drink, Target.DEFAULT).apply();
                    expect(23, bill(2) + drink(2));
                }
                return "well";
            }
        }
        """;

    /// Offers by a handle.
    static final String WELCOME = """
        // guest/Welcome.java
        package guest;

        import dev.repoint.Target;
        import dev.repoint.TargetOffer;
        import dev.repoint.TargetProvider;
        import java.lang.invoke.MethodHandles;
        import java.lang.invoke.MethodType;
        import java.util.List;

        public class Welcome implements TargetProvider {

            @Override
            public List<TargetOffer> offers() {
                return List.of(TargetOffer.of("acme.Hotel.greeting", "a welcome", () -> {
                    try {
                        return Target.of(MethodHandles.lookup().findStatic(Welcome.class, "welcome",
                                MethodType.methodType(String.class, String.class)));
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                }));
            }

            private static String welcome(String guest) {
                return "welcome " + guest;
            }
        }
        """;

    private Hotel() {}
}
