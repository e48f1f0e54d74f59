/* Counts calls of the functions of NativesProgram.java, and passes them on. */
#include <jni.h>

static __thread long calls[16];

/* How often this thread has called one of them. */
long counted_calls(int which) { return calls[which]; }

#define PASSED_ON(number, type, name, parameters, ...) \
    type name parameters; \
    type counted_##name parameters { \
        calls[number]++; \
        return name(__VA_ARGS__); \
    }

PASSED_ON(0, jlong, Java_java_util_zip_Deflater_deflateBytesBytes,
          (JNIEnv * env, jobject self, jlong stream, jbyteArray in, jint in_offset, jint in_length, jbyteArray out, jint out_offset,
           jint out_length, jint flush, jint parameters),
          env, self, stream, in, in_offset, in_length, out, out_offset, out_length, flush, parameters)
PASSED_ON(1, jlong, Java_java_util_zip_Inflater_inflateBytesBytes,
          (JNIEnv * env, jobject self, jlong stream, jbyteArray in, jint in_offset, jint in_length, jbyteArray out, jint out_offset,
           jint out_length),
          env, self, stream, in, in_offset, in_length, out, out_offset, out_length)
PASSED_ON(2, jint, Java_java_util_zip_Deflater_getAdler, (JNIEnv * env, jclass type, jlong stream), env, type, stream)
PASSED_ON(3, jstring, Java_java_lang_System_mapLibraryName, (JNIEnv * env, jclass type, jstring name), env, type, name)
PASSED_ON(4, jint, Java_java_io_UnixFileSystem_getBooleanAttributes0, (JNIEnv * env, jobject self, jobject file), env, self, file)
PASSED_ON(5, jint, Java_sun_nio_ch_UnixFileDispatcherImpl_pread0,
          (JNIEnv * env, jclass type, jobject file, jlong bytes, jint length, jlong offset), env, type, file, bytes, length, offset)
PASSED_ON(6, jstring, JVM_InternString, (JNIEnv * env, jstring text), env, text)
PASSED_ON(7, jboolean, JVM_HoldsLock, (JNIEnv * env, jclass type, jobject lock), env, type, lock)
PASSED_ON(8, jint, JVM_ActiveProcessorCount, (void))
PASSED_ON(9, jlong, JVM_MaxMemory, (void))
PASSED_ON(10, jlong, Unsafe_AllocateMemory0, (JNIEnv * env, jobject unsafe, jlong size), env, unsafe, size)
PASSED_ON(11, void, Unsafe_FreeMemory0, (JNIEnv * env, jobject unsafe, jlong address), env, unsafe, address)
PASSED_ON(12, void, Unsafe_Park, (JNIEnv * env, jobject unsafe, jboolean is_absolute, jlong time), env, unsafe, is_absolute, time)
