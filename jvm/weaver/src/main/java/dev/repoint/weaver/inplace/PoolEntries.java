package dev.repoint.weaver.inplace;

import dev.repoint.shape.Shape;
import dev.repoint.weaver.splice.DynamicCall;
import dev.repoint.weaver.splice.UseOrder;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.classfile.constantpool.InterfaceMethodRefEntry;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.ArrayList;
import java.util.List;

/// Constants of woven code as the class-file library has them.
public final class PoolEntries {

    private PoolEntries() {}

    /// An `invokedynamic` of woven code.
    public static InvokeDynamicEntry dynamic(ConstantPoolBuilder pool, DynamicCall call) {
        MethodHandleEntry method = pool.methodHandleEntry(
                DirectMethodHandleDesc.Kind.STATIC.refKind,
                method(pool, call.owner(), call.bootstrap(), call.bootstrapType()));
        List<LoadableConstantEntry> arguments = new ArrayList<>();
        for (String argument : call.arguments()) {
            arguments.add(pool.stringEntry(argument));
        }
        return pool.invokeDynamicEntry(
                pool.bsmEntry(method, arguments),
                pool.nameAndTypeEntry(pool.utf8Entry(call.name()), pool.utf8Entry(call.type())));
    }

    /// The call that reports an assignment by reflection.
    public static MethodRefEntry report(ConstantPoolBuilder pool, UseOrder.Reflect order) {
        return method(pool, order.owner(), order.name(), order.type());
    }

    /// The call of a target.
    public static InterfaceMethodRefEntry call(ConstantPoolBuilder pool, MethodShape shape) {
        return pool.interfaceMethodRefEntry(
                type(pool, shape.interfaceName()),
                pool.nameAndTypeEntry(pool.utf8Entry(Shape.METHOD), pool.utf8Entry(shape.callDescriptor())));
    }

    /// A class constant, of a class or an array.
    public static ClassEntry type(ConstantPoolBuilder pool, String constantName) {
        return pool.classEntry(pool.utf8Entry(constantName));
    }

    public static MethodRefEntry method(ConstantPoolBuilder pool, String owner, String name, String type) {
        return pool.methodRefEntry(
                type(pool, owner), pool.nameAndTypeEntry(pool.utf8Entry(name), pool.utf8Entry(type)));
    }
}
