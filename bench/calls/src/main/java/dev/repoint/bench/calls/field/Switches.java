package dev.repoint.bench.calls.field;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.providers.memory.Flag;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import dev.repoint.Patchable;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.togglz.core.Feature;
import org.togglz.core.manager.FeatureManager;
import org.togglz.core.manager.FeatureManagerBuilder;
import org.togglz.core.repository.mem.InMemoryStateRepository;
import org.togglz.core.user.NoOpUserProvider;

/// One switch that is off, in every form in which it is kept.
final class Switches {

    static final boolean FIXED = Boolean.getBoolean("repoint.bench.never");
    static final Map<String, Boolean> MAP = new ConcurrentHashMap<>(Map.of("tracing", false, "other", true));
    static final Client OPEN_FEATURE = openFeature();
    static final FeatureManager TOGGLZ = new FeatureManagerBuilder()
            .featureEnum(Toggles.class)
            .stateRepository(new InMemoryStateRepository())
            .userProvider(new NoOpUserProvider())
            .build();

    @Patchable
    static boolean patchable;

    static boolean plain;
    static volatile boolean isVolatile;

    private Switches() {}

    /// The feature for Togglz, which is off.
    enum Toggles implements Feature {
        TRACING
    }

    static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    /// What is done where the switch is on.
    static int traced(int x) {
        return x * 31;
    }

    private static Client openFeature() {
        Flag<Boolean> off = Flag.<Boolean>builder()
                .variant("on", true)
                .variant("off", false)
                .defaultVariant("off")
                .build();
        OpenFeatureAPI.getInstance().setProviderAndWait(new InMemoryProvider(Map.of("tracing", off)));
        return OpenFeatureAPI.getInstance().getClient();
    }
}
