package dev.repoint;

import dev.repoint.internal.report.SourceNames;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A pattern for keys, in the syntax that is the same everywhere in Repoint.
///
/// | written | matches |
/// | --- | --- |
/// | `com.acme.Crc.update(int,byte[])` | that method |
/// | `com.acme.Crc.update` | every method of that name, and the static field |
/// | `com.acme.Crc.get*` | `*` within a segment |
/// | `com.acme.*.update` | the methods of that name in the classes of that package |
/// | `com.acme.**` | every method of every class in that package and below |
/// | `**` | every method |
/// | `com.acme.Flags.fast:boolean` | that field, and no method of its name |
/// | `com.acme.**:boolean` | every `boolean` field of every class in that package and below |
/// | `com.acme.**:*` | every field |
/// | `acme.top`, `acme.Clock.due`, `acme.Money.+` | also what the sources of Kotlin and Scala call so |
///
/// A pattern without wildcards and without types is read as the source may have it, too: a function of a file by
/// its package, a member of an object or a companion by the class, an operator by its sign. `acme.top` so matches
/// `acme.ShopKt.top(int)` and `acme.Shop$package$.top(int)`. With types a pattern means the names of the class file
/// alone, and matches all that Repoint prints.
///
/// A field is meant where it is named without wildcards, or where a type follows the name. `com.acme.**` alone
/// means methods: a field whose users go another way than through its own memory is a thing to be asked for by
/// name.
///
/// A nested class is written with its dollar sign: `com.acme.Outer$Inner.m`. A parameter type is a binary name,
/// or its last part (`String`, `Map$Entry` or `Entry`); `Object...` means `Object[]`. A return type may follow
/// (`compareTo(Object):int`), to tell a method from its bridge, or from one that differs in nothing else. A
/// name that is none of Java's stands in backticks: ``com.acme.Shop.`price of (one)`(int)``, as [KeySyntax] has
/// it.
///
/// Immutable.
public final class KeyPattern {

    private final String text;
    private final String path;
    private final String owner;
    private final String name;
    private final @Nullable List<String> parameters;
    /// The return type of a method if there are parameters, else the type of a field.
    private final @Nullable String type;

    private KeyPattern(String text, KeyPatternText parsed) {
        String path = parsed.path();
        int dot = path.lastIndexOf('.');
        this.text = text;
        this.path = path;
        this.owner = dot < 0 ? path : path.substring(0, dot);
        this.name = path.substring(dot + 1);
        this.parameters = parsed.parameters();
        this.type = parsed.type();
    }

    /// Reads a pattern.
    ///
    /// @param text as in the table above; blanks around it and between parameters are dropped
    /// @return the pattern
    /// @throws SyntaxException if the text does not have that form; the message names the place
    public static KeyPattern parse(String text) {
        String whole = Objects.requireNonNull(text, "text").strip();
        return new KeyPattern(whole, KeyPatternText.parse(whole));
    }

    /// The pattern that one key matches, and no other.
    ///
    /// @param key any key
    /// @return a pattern with its types
    public static KeyPattern of(Key key) {
        return parse(Objects.requireNonNull(key, "key").fullText());
    }

    /// The same member of another class.
    ///
    /// @param otherOwner binary name of the class
    /// @return a pattern with this name, these parameters and this type
    public KeyPattern in(String otherOwner) {
        int end = KeySyntax.indexOf(text, '(', 0);
        end = end < 0 ? KeySyntax.indexOf(text, ':', 0) : end;
        int dot = text.lastIndexOf('.', end < 0 ? text.length() : end);
        return parse(KeySyntax.quotedClass(otherOwner) + text.substring(dot));
    }

    /// Whether a key matches.
    ///
    /// @param key any key
    /// @return whether its owner, name and, where the pattern has them, types match
    public boolean matches(Key key) {
        return (matchesName(key.owner(), key.name()) || matchesSource(key.owner(), key.name()))
                && (key.isField() ? matchesField(key) : matchesTypes(key.descriptor()));
    }

    /// Whether some method or field of a class could match.
    ///
    /// @param binaryName the class
    /// @return false if none can, whatever it is called
    public boolean matchesOwner(String binaryName) {
        return name.equals("**")
                ? Glob.matches(path, binaryName + ".")
                : Glob.matches(owner, binaryName) || mayBeOfSource() && SourceNames.isOwner(binaryName, owner());
    }

    /// Whether a method of that name could match, in some class.
    ///
    /// @param methodName the method's name
    /// @return false if none can, whatever its class
    public boolean matchesMethodName(String methodName) {
        return !isOfFields()
                && (name.equals("**")
                        || Glob.matches(name, methodName)
                        || mayBeOfSource() && SourceNames.isName(methodName, name()));
    }

    /// Whether a field of that name could match, in some class.
    ///
    /// @param fieldName the field's name
    /// @return false if none can, whatever its class
    public boolean matchesFieldName(String fieldName) {
        return mayMeanField() && (name.equals("**") || Glob.matches(name, fieldName));
    }

    /// Whether the pattern means fields alone: it has a type after a colon.
    ///
    /// @return true for `com.acme.Flags.fast:boolean`
    public boolean isOfFields() {
        return parameters == null && type != null;
    }

    /// Whether some field could match.
    ///
    /// @return false for a pattern with parameters, and for one that has wildcards and no type
    public boolean mayMeanField() {
        return isOfFields() || parameters == null && isExact();
    }

    /// Whether the pattern names one class and one member's name: it has no wildcard there.
    ///
    /// @return true for `com.acme.Crc.update`, with or without parameters, and for
    ///     `com.acme.Flags.fast:boolean`
    public boolean isExact() {
        return !Glob.isWild(path);
    }

    /// Whether the pattern may be written as the source of another language has it: without wildcards and types.
    ///
    /// @return true for `com.acme.Crc.update`
    public boolean mayBeOfSource() {
        return parameters == null && type == null && isExact();
    }

    /// Whether the pattern names the class and the member as the class file does, whatever their types.
    ///
    /// @param key any key
    /// @return true if owner and name are the same, without regard to wildcards and to names of a source
    public boolean isSpelledAs(Key key) {
        return name().equals(key.name()) && owner().equals(key.owner());
    }

    /// Whether the pattern gives the types of parameters.
    ///
    /// @return true for `com.acme.Crc.update(int,byte[])` and `com.acme.Crc.reset()`
    public boolean hasParameters() {
        return parameters != null;
    }

    /// Whether the pattern gives the type of a result, or of a field.
    ///
    /// @return true for `com.acme.Crc.update():int` and `com.acme.Flags.fast:boolean`
    public boolean hasType() {
        return type != null;
    }

    /// Whether the types of two patterns do not rule out that both mean one member.
    ///
    /// @param other another pattern
    /// @return false if both give parameters, or both a type, and these were not written the same
    public boolean mayHaveTypesOf(KeyPattern other) {
        return (parameters == null || other.parameters == null || parameters.equals(other.parameters))
                && (type == null || other.type == null || type.equals(other.type));
    }

    /// The part before the member's name.
    ///
    /// @return a binary name if the pattern [is exact][#isExact()], else a pattern of one
    public String owner() {
        return Glob.isWild(owner) ? owner : KeySyntax.name(owner);
    }

    /// The member's name.
    ///
    /// @return a name if the pattern [is exact][#isExact()], else a pattern of one
    public String name() {
        return Glob.isWild(name) ? name : KeySyntax.name(name);
    }

    /// The pattern as it was written.
    ///
    /// @return the text that was parsed, without surrounding blanks
    public String text() {
        return text;
    }

    /// As [#text()].
    @Override
    public String toString() {
        return text;
    }

    /// Two patterns are equal if they were written the same, but for blanks and backticks that change nothing.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyPattern that
                && path.equals(that.path)
                && Objects.equals(parameters, that.parameters)
                && Objects.equals(type, that.type);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, parameters, type);
    }

    private boolean matchesName(String keyOwner, String keyName) {
        return name.equals("**")
                ? path.equals("**") || Glob.matches(path, keyOwner + "." + keyName)
                : Glob.matches(name, keyName) && Glob.matches(owner, keyOwner);
    }

    /// Whether the source of another language may have the pattern for a member.
    private boolean matchesSource(String keyOwner, String keyName) {
        if (!mayBeOfSource()) {
            return false;
        }
        String writtenOwner = owner();
        String writtenName = name();
        return (keyOwner.equals(writtenOwner) || SourceNames.isOwner(keyOwner, writtenOwner))
                && (keyName.equals(writtenName) || SourceNames.isName(keyName, writtenName));
    }

    private boolean matchesField(Key key) {
        return type == null ? mayMeanField() : isOfFields() && matchesType(type, Descriptors.returns(key.descriptor()));
    }

    private boolean matchesTypes(String descriptor) {
        if (parameters == null) {
            return type == null;
        }
        List<String> actual = Descriptors.parameters(descriptor);
        if (actual.size() != parameters.size()) {
            return false;
        }
        for (int i = 0; i < actual.size(); i++) {
            if (!matchesType(parameters.get(i), actual.get(i))) {
                return false;
            }
        }
        return type == null || matchesType(type, Descriptors.returns(descriptor));
    }

    private static boolean matchesType(String pattern, String type) {
        if (Glob.matches(pattern, type)) {
            return true;
        }
        if (pattern.indexOf('.') >= 0) {
            return false;
        }
        String lastPart = type.substring(type.lastIndexOf('.') + 1);
        return Glob.matches(pattern, lastPart)
                || Glob.matches(pattern, lastPart.substring(lastPart.lastIndexOf('$') + 1));
    }
}
