package dev.repoint.internal.policy;

import dev.repoint.Key;
import dev.repoint.PatchException;
import dev.repoint.SyntaxException;
import dev.repoint.TargetOffer;
import dev.repoint.TargetProvider;
import dev.repoint.internal.report.Reported;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The offers that a class loader finds: the lines of indexes, and the classes of providers.
///
/// It holds no class and no loader: of a provider there is a weak reference, and what it has offered is kept by
/// its own class.
///
/// Immutable.
///
/// @param indexed the lines of `META-INF/repoint/offers`
/// @param providers the classes of providers, which have been asked
record LoaderOffers(List<IndexedOffer> indexed, List<WeakReference<Class<?>>> providers) {

    /// `false` turns the search for offers off.
    static final String PROPERTY = "repoint.offers";

    private static final LoaderOffers NONE = new LoaderOffers(List.of(), List.of());

    /// Guarded by itself.
    private static final Map<ClassLoader, LoaderOffers> KNOWN = new WeakHashMap<>();

    private static final ClassValue<AtomicReference<@Nullable List<TargetOffer>>> ASKED = new ClassValue<>() {
        @Override
        protected AtomicReference<@Nullable List<TargetOffer>> computeValue(Class<?> provider) {
            return new AtomicReference<>();
        }
    };

    /// What a loader finds, in itself and in those that it delegates to. It is looked for once.
    static LoaderOffers of(ClassLoader loader) {
        synchronized (KNOWN) {
            LoaderOffers known = KNOWN.get(loader);
            if (known != null) {
                return known;
            }
        }
        LoaderOffers found = "false".equals(System.getProperty(PROPERTY)) ? NONE : search(loader, false);
        synchronized (KNOWN) {
            LoaderOffers earlier = KNOWN.putIfAbsent(loader, found);
            return earlier == null ? found : earlier;
        }
    }

    /// What a loader has that those before it have not.
    static LoaderOffers ofItself(ClassLoader loader) {
        return search(loader, true);
    }

    private static LoaderOffers search(ClassLoader loader, boolean itself) {
        Search search = new Search(loader, itself);
        Discovery.run(search);
        return search.found;
    }

    /// The search in a loader. It is a class, because it runs while the program starts, and the first lambda costs a
    /// start some milliseconds.
    private static final class Search implements Runnable {

        private final ClassLoader loader;
        private final boolean itself;
        private LoaderOffers found = NONE;

        private Search(ClassLoader loader, boolean itself) {
            this.loader = loader;
            this.itself = itself;
        }

        @Override
        public void run() {
            found = new LoaderOffers(indexed(loader, itself), providers(loader, itself));
        }
    }

    /// Whether there is an offer for a key.
    boolean concern(Key key) {
        for (IndexedOffer offer : indexed) {
            if (offer.key().matches(key)) {
                return true;
            }
        }
        for (WeakReference<Class<?>> provider : providers) {
            Class<?> type = provider.get();
            List<TargetOffer> offers = type == null ? List.of() : ofProvider(type);
            if (offers.stream().anyMatch(offer -> offer.key().matches(key))) {
                return true;
            }
        }
        return false;
    }

    /// What a provider has offered.
    static List<TargetOffer> ofProvider(Class<?> provider) {
        List<TargetOffer> offers = ASKED.get(provider).get();
        return offers == null ? List.of() : offers;
    }

    private static List<IndexedOffer> indexed(ClassLoader loader, boolean itself) {
        List<IndexedOffer> offers = new ArrayList<>();
        if (Unchosen.isWithout(loader, IndexedOffer.ENTRY)) {
            return List.of();
        }
        Set<String> others = new HashSet<>();
        try {
            if (itself && loader.getParent() != null) {
                for (URL url : Collections.list(loader.getParent().getResources(IndexedOffer.ENTRY))) {
                    others.add(url.toString());
                }
            }
            for (URL url : Collections.list(loader.getResources(IndexedOffer.ENTRY))) {
                if (others.add(url.toString())) {
                    read(url, offers);
                }
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            Reported.once("the offers of a class loader are not known: " + e); // it may do as it likes
        }
        return List.copyOf(offers);
    }

    private static void read(URL url, List<IndexedOffer> offers) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false); // else its jar would stay open
        String text;
        try (InputStream in = connection.getInputStream()) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (IndexedOffer.isOffer(line)) {
                try {
                    offers.add(IndexedOffer.parse(line));
                } catch (PatchException | SyntaxException e) {
                    Reported.once(url + " line " + number + ": " + e.getMessage() + "; weave its jar again");
                }
            }
        }
    }

    private static List<WeakReference<Class<?>>> providers(ClassLoader loader, boolean itself) {
        if (Unchosen.isWithout(loader, Unchosen.SERVICES)) {
            return List.of();
        }
        List<WeakReference<Class<?>>> found = new ArrayList<>();
        Iterator<ServiceLoader.Provider<TargetProvider>> providers;
        try {
            providers =
                    ServiceLoader.load(TargetProvider.class, loader).stream().iterator();
        } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
            Reported.once("providers of offers are not known: " + e);
            return List.of();
        }
        String last = "";
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return List.copyOf(found);
                }
                ServiceLoader.Provider<TargetProvider> provider = providers.next();
                Class<? extends TargetProvider> type = provider.type();
                if (!itself || type.getClassLoader() == loader) {
                    ask(type, provider);
                    found.add(new WeakReference<>(type));
                }
            } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
                String reason = "a provider of offers is passed over: " + e;
                if (reason.equals(last)) {
                    return List.copyOf(found); // it comes again and again
                }
                last = reason;
                Reported.once(reason);
            }
        }
    }

    @SuppressWarnings("CatchingThrowable") // nothing that goes wrong in a provider may reach the caller of a patchable
    private static void ask(Class<?> type, Supplier<TargetProvider> provider) {
        AtomicReference<@Nullable List<TargetOffer>> asked = ASKED.get(type);
        if (asked.get() != null) {
            return;
        }
        List<TargetOffer> offers = List.of();
        try {
            offers = List.copyOf(provider.get().offers());
        } catch (Throwable e) {
            Throwable cause = e instanceof ServiceConfigurationError && e.getCause() != null ? e.getCause() : e;
            Reported.once("the provider " + type.getName() + " offers nothing: " + cause);
        }
        asked.compareAndSet(null, offers);
    }
}
