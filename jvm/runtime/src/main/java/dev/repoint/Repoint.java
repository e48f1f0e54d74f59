package dev.repoint;

import dev.repoint.internal.agent.OwnClasses;
import dev.repoint.internal.policy.KnownPoints;
import dev.repoint.internal.policy.PolicySettings;
import dev.repoint.internal.policy.SourceUpdate;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.internal.report.Reports;
import dev.repoint.internal.targets.FieldCapability;
import dev.repoint.internal.targets.MethodCapability;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Where patchables are looked up.
///
/// A look-up object is the capability: it must have full access to the class that declares the method, as
/// [MethodHandles#privateLookupIn] gives it. For a method that is patched at its calls only, such as one of the
/// JDK, it is enough that the look-up may call it. The class is not initialised.
///
/// {@snippet :
/// PatchableMethod update = Repoint.find(MethodHandles.lookup(), Crc.class, "update");
/// update.set(Target.method(FastCrc.class, "update"));
/// }
///
/// Thread-safe.
public final class Repoint {

    /// A constant of the class file: an agent reads it where it must not run code.
    private static final String VERSION = OwnClasses.VERSION;

    private Repoint() {}

    /// The version of this runtime.
    ///
    /// @return such as `1.2.3`
    public static String version() {
        return VERSION;
    }

    /// The patchable of that name, where the class declares one method of it.
    ///
    /// @param lookup the capability
    /// @param owner the class that declares the method
    /// @param name the method's name
    /// @return the patchable
    /// @throws PatchException if there is no such method or more than one, it is not woven, or access is denied
    public static PatchableMethod find(MethodHandles.Lookup lookup, Class<?> owner, String name) {
        Objects.requireNonNull(lookup, "lookup");
        requireMember(owner, name);
        return new PatchableMethod(MethodCapability.find(lookup, owner, name, null));
    }

    /// The patchable of that name and type.
    ///
    /// @param lookup the capability
    /// @param owner the class that declares the method
    /// @param name the method's name
    /// @param type the method's type without a receiver, as for [MethodHandles.Lookup#findVirtual]
    /// @return the patchable
    /// @throws PatchException if there is no such method, it is not woven, or access is denied
    public static PatchableMethod find(MethodHandles.Lookup lookup, Class<?> owner, String name, MethodType type) {
        Objects.requireNonNull(lookup, "lookup");
        requireMember(owner, name);
        return new PatchableMethod(MethodCapability.find(lookup, owner, name, Objects.requireNonNull(type, "type")));
    }

    /// The patchable that a key names.
    ///
    /// @param lookup the capability; its class loader finds the owner
    /// @param key such as `com.acme.Crc.update(int,byte[])`; the parameters may be left out where the name is
    ///     enough
    /// @return the patchable
    /// @throws PatchException if the text is no key, names no method or more than one, the method is not woven,
    ///     or access is denied
    public static PatchableMethod find(MethodHandles.Lookup lookup, String key) {
        Objects.requireNonNull(lookup, "lookup");
        KeyPattern pattern = exact(key, "method");
        Class<?> owner = owner(lookup, pattern);
        List<Method> matching = Arrays.stream(owner.getDeclaredMethods())
                .filter(method -> pattern.matches(Key.of(method)))
                .filter(method -> !method.isBridge() || pattern.hasType())
                .toList();
        List<Key> named = Arrays.stream(owner.getDeclaredMethods())
                .filter(method -> method.getName().equals(pattern.name()) && !method.isBridge())
                .map(Key::of)
                .sorted()
                .toList();
        if (matching.isEmpty() && !named.isEmpty()) {
            throw new PatchRefusal(
                    "there is no method " + key + "; there is " + String.join(" and ", Key.texts(named)));
        }
        if (matching.size() != 1) {
            // None or several: the look-up by name says so, and names the candidates.
            return find(lookup, owner, pattern.name());
        }
        Method method = matching.get(0);
        MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        return find(lookup, owner, pattern.name(), type);
    }

    /// The patchable field of that name.
    ///
    /// {@snippet :
    /// PatchableField tracing = Repoint.findField(MethodHandles.lookup(), Flags.class, "tracing");
    /// tracing.setValue(true);
    /// }
    ///
    /// @param lookup the capability: it may assign the field, or has full access to the owner
    /// @param owner the class that declares the field
    /// @param name the field's name
    /// @return the patchable
    /// @throws PatchException if there is no such field, it is not static or is final, no use of it is woven
    ///     and it carries no [Patchable], or access is denied
    public static PatchableField findField(MethodHandles.Lookup lookup, Class<?> owner, String name) {
        Objects.requireNonNull(lookup, "lookup");
        requireMember(owner, name);
        return new PatchableField(FieldCapability.find(lookup, owner, name));
    }

    /// The patchable field that a key names.
    ///
    /// @param lookup the capability; its class loader finds the owner
    /// @param key such as `com.acme.Flags.tracing`
    /// @throws PatchException if the text is no key of a field, or as [#findField(MethodHandles.Lookup, Class, String)]
    public static PatchableField findField(MethodHandles.Lookup lookup, String key) {
        Objects.requireNonNull(lookup, "lookup");
        KeyPattern pattern = exact(key, "field");
        if (pattern.hasParameters()) {
            throw new PatchRefusal("key '" + key + "' has parameters; name a field");
        }
        return findField(lookup, owner(lookup, pattern), pattern.name());
    }

    /// Registers the offers of a class loader that the class loaders of the patchables do not find: one of
    /// plugins.
    ///
    /// Its own offers count, and not those of the loaders that it delegates to. Patchables that were linked
    /// already are chosen for anew, at one moment, except those that the program has set or a policy names. The
    /// loader is not kept: as long as it is the better offer a target of it costs about what it does in pointer
    /// mode.
    ///
    /// @param loader any class loader
    /// @return what withdraws the offers
    public static OfferScope offers(ClassLoader loader) {
        return new OfferScope(
                SourceUpdate.register(PolicySettings.HERE, Set.of(Objects.requireNonNull(loader, "loader"))));
    }

    /// Registers the offers of the modules of a layer, as [#offers(ClassLoader)] does.
    ///
    /// @param layer any layer; not those above it
    /// @return what withdraws the offers
    public static OfferScope offers(ModuleLayer layer) {
        return new OfferScope(SourceUpdate.register(
                PolicySettings.HERE,
                Objects.requireNonNull(layer, "layer").modules().stream()
                        .map(Module::getClassLoader)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toUnmodifiableSet())));
    }

    /// Tells a listener of patches, until the scope is closed.
    ///
    /// @param listener is kept until then
    /// @return what ends it
    public static ListenerScope listen(PatchListener listener) {
        return new ListenerScope(Reports.listen(Objects.requireNonNull(listener, "listener")));
    }

    /// Applies an operator's policy that the program brings, as one patch: from its own configuration, or from a server.
    /// It replaces the one that the program brought before under this name. A patchable of which both say the same stays,
    /// whatever it leads to now; what the new one does not name any more gets the best offer, or its default. Classes that
    /// load later choose by it, too.
    ///
    /// @param name what messages call it, such as `application.yml`; they add the line
    /// @param text the lines of a policy file; empty to have no policy
    /// @return how many linked patchables were chosen for
    /// @throws PatchException if a line is wrong or cannot be applied, or a policy of another name, such as that of the
    ///     policy file, is in force; then nothing has changed
    public static int policy(String name, String text) {
        return PolicySettings.bring(Objects.requireNonNull(name, "name"), Objects.requireNonNull(text, "text"));
    }

    /// The patchables of this JVM, methods and fields, that were linked, or looked up, so far.
    ///
    /// @return snapshots, ordered by key
    public static List<PatchableState> states() {
        return new KnownPoints(PolicySettings.HERE).states();
    }

    private static KeyPattern exact(String key, String kind) {
        KeyPattern pattern = KeyPattern.parse(Objects.requireNonNull(key, "key"));
        if (!pattern.isExact()) {
            throw new PatchRefusal("key '" + key + "' has a wildcard; name one " + kind);
        }
        return pattern;
    }

    private static Class<?> owner(MethodHandles.Lookup lookup, KeyPattern key) {
        try {
            return Class.forName(key.owner(), false, lookup.lookupClass().getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new PatchRefusal(
                    "key '" + key + "': there is no class " + key.owner() + " (" + e + "); is it on the class path?",
                    e);
        }
    }

    private static void requireMember(Class<?> owner, String name) {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(name, "name");
    }
}
