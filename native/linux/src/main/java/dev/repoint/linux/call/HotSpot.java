package dev.repoint.linux.call;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.repoint.machine.trap.JavaMachine;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// This JVM, as native code sees it: its invocation interface (JNI specification, chapter 5), and the table of fields
/// that HotSpot exports for debuggers (`vmStructs.hpp`).
public final class HotSpot {

    private static final int GET_ENV = 6;
    private static final int VERSION = 0x0001_0008;
    private static final int IN_JAVA = 8; // _thread_in_Java
    private static final String ENTRY = "gHotSpotVMStructEntry";
    private static final String OFFSET = "OffsetOffset";
    private static final String ADDRESS_OF = "AddressOffset";
    private static final long LARGEST_THREAD = 1 << 14;
    private static final long LONGEST_NAME = 256;
    private static @Nullable JavaMachine known;

    private HotSpot() {}

    /// Where native code asks it for the state of a thread.
    ///
    /// @throws CallFailedException if it is none that is known
    public static synchronized JavaMachine machine() {
        JavaMachine found = known;
        if (found == null) {
            try (Arena arena = Arena.ofConfined()) {
                found = find(arena);
            } catch (Throwable e) {
                throw Libc.unexpected(e);
            }
            known = found;
        }
        return found;
    }

    private static JavaMachine find(Arena arena) throws Throwable {
        MemorySegment vms = arena.allocate(JAVA_LONG);
        MemorySegment count = arena.allocate(JAVA_INT);
        int failed = (int) function(
                        Loader.symbol(Loader.EVERYWHERE, "JNI_GetCreatedJavaVMs"),
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS))
                .invokeExact(vms, 1, count);
        long vm = vms.get(JAVA_LONG, 0);
        if (failed != 0 || vm == 0) {
            throw unknown("it has no JavaVM");
        }
        long getEnv = member(vm, GET_ENV);
        MemorySegment env = arena.allocate(JAVA_LONG);
        int none = (int) function(getEnv, FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, JAVA_INT))
                .invokeExact(vm, env, VERSION);
        if (none != 0) {
            throw unknown("this thread has no environment");
        }
        long environment = env.get(JAVA_LONG, 0);
        long thread = thread(environment);
        long state = thread + field("JavaThread", "_thread_state", OFFSET) - environment;
        if (environment - thread > LARGEST_THREAD
                || (int) Memory.bytesAsWord(environment + state, Integer.BYTES) != IN_JAVA) {
            throw unknown("the state of this thread is not where it should be");
        }
        return new JavaMachine(vm, getEnv, (int) state, (int) (thread - environment), Memory.word(thread));
    }

    /// The address of the thread that has an environment: of all threads, the last one before it.
    private static long thread(long environment) {
        long list = Memory.word(field("ThreadsSMRSupport", "_java_thread_list", ADDRESS_OF));
        long threads = Memory.word(list + field("ThreadsList", "_threads", OFFSET));
        int count = (int) Memory.bytesAsWord(list + field("ThreadsList", "_length", OFFSET), Integer.BYTES);
        long last = 0;
        for (int i = 0; i < count; i++) {
            long each = Memory.word(threads + (long) Long.BYTES * i);
            last = each <= environment ? Math.max(last, each) : last;
        }
        return last;
    }

    /// What the table says of a field of a structure.
    ///
    /// @param what names what is asked for: where the field stands in the structure, or its address if it is static
    private static long field(String type, String field, String what) {
        long typeName = variable(ENTRY + "TypeNameOffset");
        long fieldName = variable(ENTRY + "FieldNameOffset");
        long stride = variable(ENTRY + "ArrayStride");
        for (long each = variable("gHotSpotVMStructs"); Memory.word(each + typeName) != 0; each += stride) {
            if (text(Memory.word(each + typeName)).equals(type)
                    && text(Memory.word(each + fieldName)).equals(field)) {
                return Memory.word(each + variable(ENTRY + what));
            }
        }
        throw unknown("it tells of no field " + field + " of " + type);
    }

    private static long variable(String name) {
        long address = Loader.symbol(Loader.EVERYWHERE, name);
        if (address == 0) {
            throw unknown("it exports no " + name);
        }
        return Memory.word(address);
    }

    private static String text(long address) {
        return MemorySegment.ofAddress(address).reinterpret(LONGEST_NAME).getString(0);
    }

    /// The address of a function of an interface: the first word of an object is the table of its functions.
    private static long member(long object, int index) {
        return Memory.word(Memory.word(object) + (long) Long.BYTES * index);
    }

    private static MethodHandle function(long address, FunctionDescriptor type) {
        if (address == 0) {
            throw unknown("it lacks a function");
        }
        return Linker.nativeLinker().downcallHandle(MemorySegment.ofAddress(address), type);
    }

    private static CallFailedException unknown(String why) {
        return new CallFailedException(
                "asking this JVM for the states of its threads", 0, why + ", so it is not HotSpot as known here");
    }
}
