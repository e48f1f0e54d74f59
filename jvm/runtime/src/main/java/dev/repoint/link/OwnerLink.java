package dev.repoint.link;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// The bootstrap methods of copied bodies: the default of a patchable, in a hidden nestmate of its class. They do with
/// the right of the class itself what a nestmate may not do.
///
/// The class data of the hidden class is the look-up of the class itself.
public final class OwnerLink {

    private static final int GETSTATIC = 0xb2;
    private static final int PUTSTATIC = 0xb3;
    private static final int GETFIELD = 0xb4;
    private static final int PUTFIELD = 0xb5;
    private static final int INVOKEVIRTUAL = 0xb6;
    private static final int INVOKESPECIAL = 0xb7;

    private OwnerLink() {}

    /// Links the use of a member, as an instruction of the class itself would.
    ///
    /// @param caller the hidden class
    /// @param name the member's name
    /// @param type what the instruction takes and gives
    /// @param declaring the class in the constant of the instruction
    /// @param opcode the instruction
    /// @return a call site that does what the instruction does
    /// @throws LinkageError if the instruction would fail
    public static CallSite member(
            MethodHandles.Lookup caller, String name, MethodType type, Class<?> declaring, int opcode) {
        try {
            MethodHandles.Lookup owner = owner(caller);
            return new ConstantCallSite(
                    find(owner, name, type, declaring, opcode).asType(type));
        } catch (NoSuchMethodException e) {
            throw because(new NoSuchMethodError(e.getMessage()), e);
        } catch (NoSuchFieldException e) {
            throw because(new NoSuchFieldError(e.getMessage()), e);
        } catch (IllegalAccessException e) {
            throw because(new IllegalAccessError(e.getMessage()), e);
        }
    }

    /// Links a dynamic call whose bootstrap method may depend on the class.
    ///
    /// @param caller the hidden class
    /// @param name the name in the call
    /// @param type the type of the call
    /// @param bootstrap its bootstrap method
    /// @param arguments the arguments after the first three
    /// @return what the bootstrap method gives the class itself
    /// @throws Throwable what it throws
    public static CallSite call(
            MethodHandles.Lookup caller, String name, MethodType type, MethodHandle bootstrap, Object... arguments)
            throws Throwable {
        return (CallSite) bootstrap.invokeWithArguments(prepended(owner(caller), name, type, arguments));
    }

    /// Gives a dynamic constant whose bootstrap method may depend on the class.
    ///
    /// @param caller the hidden class
    /// @param name the name of the constant
    /// @param type its type
    /// @param bootstrap its bootstrap method
    /// @param arguments the arguments after the first three
    /// @return what the bootstrap method gives the class itself
    /// @throws Throwable what it throws
    public static Object constant(
            MethodHandles.Lookup caller, String name, Class<?> type, MethodHandle bootstrap, Object... arguments)
            throws Throwable {
        return bootstrap.invokeWithArguments(prepended(owner(caller), name, type, arguments));
    }

    private static MethodHandle find(
            MethodHandles.Lookup owner, String name, MethodType type, Class<?> declaring, int opcode)
            throws NoSuchMethodException, NoSuchFieldException, IllegalAccessException {
        if (declaring == MethodHandles.class && name.equals("lookup")) {
            return MethodHandles.constant(MethodHandles.Lookup.class, owner);
        }
        return switch (opcode) {
            case GETSTATIC -> owner.findStaticGetter(declaring, name, type.returnType());
            case PUTSTATIC -> owner.findStaticSetter(declaring, name, type.parameterType(0));
            case GETFIELD -> owner.findGetter(declaring, name, type.returnType());
            case PUTFIELD -> owner.findSetter(declaring, name, type.parameterType(1));
            case INVOKEVIRTUAL -> owner.findVirtual(declaring, name, type.dropParameterTypes(0, 1));
            case INVOKESPECIAL ->
                owner.findSpecial(declaring, name, type.dropParameterTypes(0, 1), owner.lookupClass());
            default -> owner.findStatic(declaring, name, type);
        };
    }

    private static MethodHandles.Lookup owner(MethodHandles.Lookup caller) throws IllegalAccessException {
        return MethodHandles.classData(caller, "_", MethodHandles.Lookup.class);
    }

    private static Object[] prepended(Object first, Object second, Object third, Object[] arguments) {
        Object[] all = new Object[3 + arguments.length];
        all[0] = first;
        all[1] = second;
        all[2] = third;
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return all;
    }

    private static LinkageError because(LinkageError error, Exception cause) {
        error.initCause(cause);
        return error;
    }
}
