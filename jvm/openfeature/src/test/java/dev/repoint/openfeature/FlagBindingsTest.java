package dev.repoint.openfeature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.openfeature.contrib.providers.flagd.Config;
import dev.openfeature.contrib.providers.flagd.FlagdOptions;
import dev.openfeature.contrib.providers.flagd.FlagdProvider;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Reason;
import dev.openfeature.sdk.providers.memory.Flag;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import dev.repoint.PatchChange;
import dev.repoint.PatchableField;
import dev.repoint.PatchableMethod;
import dev.repoint.Repoint;
import dev.repoint.Target;
import dev.repoint.openfeature.sample.Checkout;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fields and a method that follow the flags of several providers.
class FlagBindingsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PLAIN = "false 10 0.5 plain";
    private static final String HALF = Checkout.class.getName() + ".half";
    private static final AtomicInteger DOMAINS = new AtomicInteger();

    private final OpenFeatureAPI api = OpenFeatureAPI.getInstance();
    private final String domain = "domain" + DOMAINS.incrementAndGet();
    private final Client client = api.getClient(domain);
    private final MethodHandles.Lookup lookup = lookup();
    private final PatchableField express = Repoint.findField(lookup, Checkout.class, "express");
    private final PatchableField limit = Repoint.findField(lookup, Checkout.class, "limit");
    private final PatchableField rate = Repoint.findField(lookup, Checkout.class, "rate");
    private final PatchableField label = Repoint.findField(lookup, Checkout.class, "label");
    private final PatchableMethod price = Repoint.find(lookup, Checkout.class, "price");
    private final Misbehaving misbehaving = new Misbehaving();
    private final List<List<PatchChange>> patches = Collections.synchronizedList(new ArrayList<>());
    private final AutoCloseable listening = Repoint.listen(patches::add);

    @TempDir
    private Path folder;

    private FlagBindings flags;

    private static MethodHandles.Lookup lookup() {
        try {
            return MethodHandles.privateLookupIn(Checkout.class, MethodHandles.lookup());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void end() throws Exception {
        if (flags != null) {
            flags.close();
        }
        listening.close();
        List.of(express, limit, rate, label).forEach(PatchableField::reset);
        price.reset();
        api.setProviderAndWait(domain, new InMemoryProvider(Map.of()));
    }

    private FlagBindings.Builder all() {
        return FlagBindings.with(client)
                .field(express, "express")
                .field(limit, "limit")
                .field(rate, "rate")
                .field(label, "label")
                .method(price, "price");
    }

    private void follow(FeatureProvider provider) throws InterruptedException {
        follow(provider, Duration.ofSeconds(30));
    }

    private void follow(FeatureProvider provider, Duration period) throws InterruptedException {
        api.setProviderAndWait(domain, provider);
        flags = all().period(period).bind();
        assertThat(flags.await(PATIENCE)).isTrue();
    }

    private static void await(BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.onSpinWait();
        }
    }

    private static Flag<Object> flag(Object value) {
        return Flag.builder().variant("now", value).defaultVariant("now").build();
    }

    private static Map<String, Flag<?>> values(boolean express, int limit, double rate, String label, String price) {
        return Map.of(
                "express", flag(express),
                "limit", flag(limit),
                "rate", flag(rate),
                "label", flag(label),
                "price", flag(price));
    }

    @Test
    void theProviderInMemoryIsFollowedAsOnePatch() throws Exception {
        InMemoryProvider provider = new InMemoryProvider(values(true, 20, 0.25, "new", HALF));
        follow(provider);
        assertThat(Checkout.fields()).isEqualTo("true 20 0.25 new");
        assertThat(Checkout.price(8)).isEqualTo(4);
        assertThat(patches)
                .hasSize(1)
                .first()
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(5);

        provider.updateFlags(values(false, 20, 0.25, "new", "default"));
        await(() -> Checkout.price(8) == 8);
        assertThat(Checkout.fields()).isEqualTo("false 20 0.25 new");
        await(() -> "default".equals(flags.states().get(4).value())); // noted after the patch
        assertThat(flags.states())
                .extracting(FlagState::value)
                .containsExactly("false", "20", "0.25", "new", "default");
    }

    @Test
    void aFileOfFlagdIsFollowed() throws Exception {
        Path file = folder.resolve("flags.json");
        write(file, "on", HALF);
        // No event comes when it has read its file again.
        follow(
                new FlagdProvider(FlagdOptions.builder()
                        .resolverType(Config.Resolver.FILE)
                        .offlineFlagSourcePath(file.toString())
                        .offlinePollIntervalMs(100)
                        .deadline(60_000)
                        .build()),
                Duration.ofMillis(100));
        assertThat(Checkout.fields()).isEqualTo("true 20 0.25 new");
        assertThat(Checkout.price(8)).isEqualTo(4);

        write(file, "off", "constant:9");
        await(() -> Checkout.price(8) == 9);
        assertThat(Checkout.fields()).startsWith("false ");
    }

    private static void write(Path file, String express, String price) throws IOException {
        Files.writeString(file, """
            {"flags": {
              "express": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "%s"},
              "limit": {"state": "ENABLED", "variants": {"now": 20}, "defaultVariant": "now"},
              "rate": {"state": "ENABLED", "variants": {"now": 0.25}, "defaultVariant": "now"},
              "label": {"state": "ENABLED", "variants": {"now": "new"}, "defaultVariant": "now"},
              "price": {"state": "ENABLED", "variants": {"now": "%s"}, "defaultVariant": "now"}
            }}
            """.formatted(express, price));
    }

    private void misbehave() throws InterruptedException {
        misbehaving.answers.putAll(Map.of("express", true, "limit", 20, "rate", 0.25, "label", "new", "price", HALF));
        follow(misbehaving);
        assertThat(Checkout.fields()).isEqualTo("true 20 0.25 new");
    }

    /// Has all evaluated once more, and waits for it.
    private void again() {
        misbehaving.answers.put("label", "round" + DOMAINS.incrementAndGet());
        String expected = misbehaving.answers.get("label").toString();
        misbehaving.changed();
        await(() -> Checkout.fields().endsWith(expected));
    }

    @Test
    void whatCannotBeEvaluatedStays() throws Exception {
        misbehave();
        misbehaving.answers.put("express", new IllegalStateException("down"));
        misbehaving.answers.put("limit", 1L << 40);
        again();
        assertThat(Checkout.fields()).startsWith("true 20 0.25 ");
        await(() -> flags.states().get(3).value().startsWith("round")); // noted after the patch
        assertThat(flags.states().get(0).problem()).contains("down");
        assertThat(flags.states().get(1).problem()).isEqualTo("the provider gave a java.lang.Long in place of Integer");
        assertThat(flags.states().get(2).problem()).isEmpty();
    }

    @Test
    void anErrorOfAllChangesNothing() throws Exception {
        misbehave();
        misbehaving.answers.put("express", false);
        misbehaving.error = ErrorCode.PROVIDER_NOT_READY;
        misbehaving.changed();
        await(() -> flags.states().get(4).problem().contains("PROVIDER_NOT_READY"));
        assertThat(Checkout.fields()).isEqualTo("true 20 0.25 new");
        assertThat(Checkout.price(8)).isEqualTo(4);
    }

    @Test
    void aValueThatDependsOnWhoAsksIsRefusedByName() throws Exception {
        misbehave();
        misbehaving.answers.put("express", false);
        misbehaving.reason = Reason.SPLIT.name();
        misbehaving.changed();
        await(() -> flags.states().get(0).problem().contains("SPLIT"));
        assertThat(Checkout.fields()).startsWith("true ");
    }

    @Test
    void withAContextOfTheProcessItIsTaken() throws Exception {
        misbehaving.answers.putAll(Map.of("express", true, "limit", 20, "rate", 0.25, "label", "new", "price", HALF));
        misbehaving.reason = Reason.TARGETING_MATCH.name();
        api.setProviderAndWait(domain, misbehaving);
        flags = all().context(new ImmutableContext("instance-7")).bind();
        assertThat(flags.await(PATIENCE)).isTrue();
        assertThat(Checkout.fields()).isEqualTo("true 20 0.25 new");
    }

    @Test
    void aDisabledFlagLeadsToTheDefault() throws Exception {
        misbehave();
        misbehaving.reason = Reason.DISABLED.name();
        misbehaving.changed();
        await(() -> Checkout.fields().equals(PLAIN));
        assertThat(Checkout.price(8)).isEqualTo(8);
    }

    @Test
    void aTargetThatDoesNotExistRefusesTheWholePatch() throws Exception {
        misbehave();
        misbehaving.answers.put("express", false);
        misbehaving.answers.put("price", Checkout.class.getName() + ".missing");
        misbehaving.changed();
        await(() -> flags.states().get(4).problem().contains("missing"));
        assertThat(Checkout.fields()).isEqualTo("true 20 0.25 new");
        assertThat(Checkout.price(8)).isEqualTo(4);

        misbehaving.answers.put("price", "nothing = ");
        again();
        await(() -> flags.states().get(4).problem().contains("nothing ="));
        assertThat(Checkout.fields()).startsWith("false ");
    }

    @Test
    void whatSomebodySetByHandStaysUntilTheFlagChanges() throws Exception {
        misbehave();
        price.set(Target.constant(1));
        again();
        assertThat(Checkout.price(8)).isEqualTo(1);
        misbehaving.answers.put("price", "constant:2");
        again();
        assertThat(Checkout.price(8)).isEqualTo(2);
    }

    @Test
    void aLostEventIsMadeUpForByThePeriod() throws Exception {
        misbehaving.answers.putAll(Map.of("express", true, "limit", 20, "rate", 0.25, "label", "new", "price", HALF));
        api.setProviderAndWait(domain, misbehaving);
        flags = all().period(Duration.ofMillis(20)).bind();
        misbehaving.answers.put("price", "constant:3");
        await(() -> Checkout.price(8) == 3);
    }

    @Test
    void nothingOrTheSameTwiceIsNotBound() {
        assertThatIllegalStateException()
                .isThrownBy(() -> FlagBindings.with(client).bind());
        assertThatIllegalStateException()
                .isThrownBy(() -> FlagBindings.with(client)
                        .field(express, "a")
                        .field(express, "b")
                        .bind())
                .withMessage("a patchable is bound twice");
    }
}
