/*
 * repoint.h: calls that Repoint can redirect.
 *
 * A hook is a function without a body of its own: a call of the hook calls its default. Repoint finds the calls of the
 * hook in the built file by their relocation entries, and redirects them.
 *
 *     int price_default(int count);                      in a header
 *     REPOINT_DECLARE(price, price_default);             price has the type of price_default
 *
 *     int price_default(int count) { return 30; }        in one source file
 *     REPOINT_DEFINE(price, price_default);
 *
 *     price(2)                                           anywhere
 *
 * To the compiler a hook is an undefined function of another file, so the compiler cannot use its knowledge of the
 * default in a caller: it does not inline, clone or merge the function, and does not assume that registers keep their
 * values. To the linker a hook is a second name of the default. A call costs the same as a direct call.
 *
 * This header supports gcc and clang, C from C89 and C++ from C++98, ELF on x86-64 and AArch64, and LTO. In C++ a hook
 * and its default are extern "C". For the build flags and the reasons, see docs/native-build.md.
 *
 * You can define these macros before you include this header. Do so in all files of an executable or library, or in none:
 *
 *     REPOINT_POINTERS   Hooks are plain pointers to the default. The source stays the same.
 *     REPOINT_HIDDEN     Only this executable or library sees the declared hooks and pointers. Calls are direct, also
 *                        with -fno-plt, and in a library without -Bsymbolic. Without this macro all modules see them,
 *                        regardless of -fvisibility.
 */
#ifndef REPOINT_H
#define REPOINT_H

#if !defined(__GNUC__)
#error "repoint.h is for gcc and clang"
#elif !defined(__ELF__) && !defined(REPOINT_POINTERS)
#error "hooks need ELF: define REPOINT_POINTERS to have plain pointers"
#endif

/* Declares a hook, or its pointer. Declare the default first. Its name may be a macro. */
#ifdef REPOINT_POINTERS
#define REPOINT_DECLARE(hook, default_) REPOINT_DECLARE_POINTER(hook, default_)
#else
#define REPOINT_DECLARE(hook, default_) REPOINT_C_ __typeof__(default_) hook REPOINT_VISIBILITY_
#endif

/* Defines a hook, or its pointer. Write it in the file of the default's body. In C the default may be static. */
#ifdef REPOINT_POINTERS
#define REPOINT_DEFINE(hook, default_) REPOINT_DEFINE_POINTER(hook, default_)
#else
#define REPOINT_DEFINE(hook, default_) \
    REPOINT_ONCE_(REPOINT_TEXT_(hook) ".record") \
    REPOINT_NOTE_(1, REPOINT_TEXT_(hook), REPOINT_TEXT_(default_)) \
    REPOINT_ALIAS_(hook, default_)
#endif

/*
 * Records a hook that the linker defines (-Wl,--defsym,hook=default), so that reports show it as a hook. The arguments
 * are symbols, as strings. Use it for mangled names of C++, and for defaults in files that you cannot change.
 */
#define REPOINT_RECORD(hook, default_) REPOINT_NOTE_(1, hook, default_) struct repoint_recorded_

/* These macros declare and define a patchable pointer to functions of the default's type. */
#define REPOINT_DECLARE_POINTER(pointer, default_) REPOINT_C_ __typeof__(default_) *pointer REPOINT_VISIBILITY_
#define REPOINT_DEFINE_POINTER(pointer, default_) \
    REPOINT_NOTE_(3, REPOINT_TEXT_(pointer), REPOINT_TEXT_(default_)) \
    __typeof__(default_) *pointer __attribute__((__used__)) REPOINT_VISIBILITY_ = default_

/*
 * These macros declare and define a table of operations: a variable whose members are patchable pointers. Repoint
 * switches one member, or all members to those of another variable of the type.
 *
 *     REPOINT_DEFINE_OPERATIONS(struct clock, timer) = { system_now, system_sleep };
 *     REPOINT_TARGET const struct clock stopped = { stopped_now, stopped_sleep };
 */
#define REPOINT_DECLARE_OPERATIONS(type, variable) REPOINT_C_ type variable REPOINT_VISIBILITY_
#define REPOINT_DEFINE_OPERATIONS(type, variable) \
    REPOINT_NOTE_(3, REPOINT_TEXT_(variable), "") \
    type variable __attribute__((__used__)) REPOINT_VISIBILITY_

/*
 * Makes a function safe to patch under its own name, without a hook. Write it after a declaration of the function and
 * before its body. It needs gcc 8 or later; clang has no such attribute.
 */
#if defined(__clang__) || __GNUC__ < 8
#define REPOINT_NOIPA(function) _Pragma("GCC error \"REPOINT_NOIPA needs gcc 8 or later: use REPOINT_DEFINE\"")
#else
#define REPOINT_NOIPA(function) \
    REPOINT_NOTE_(2, REPOINT_TEXT_(function), REPOINT_TEXT_(function)) \
    _Pragma("GCC diagnostic push") \
    _Pragma("GCC diagnostic ignored \"-Wredundant-decls\"") \
    extern __typeof__(function) function __attribute__((__noipa__, __used__)); \
    _Pragma("GCC diagnostic pop") \
    struct repoint_recorded_
#endif

/* Keeps a function or variable that nothing uses yet, so that it can be a target. Write it before the definition. */
#define REPOINT_TARGET __attribute__((__used__ REPOINT_RETAIN_))

/* ---- Only for the macros above. ---- */

#ifdef __cplusplus
#define REPOINT_C_ extern "C"
#else
#define REPOINT_C_ extern
#endif

#ifdef REPOINT_HIDDEN
#define REPOINT_VISIBILITY_ __attribute__((__visibility__("hidden")))
#define REPOINT_VISIBILITY_DIRECTIVE_(symbol) "\n\t.hidden " symbol
#else
#define REPOINT_VISIBILITY_ __attribute__((__visibility__("default")))
#define REPOINT_VISIBILITY_DIRECTIVE_(symbol)
#endif

#define REPOINT_TEXT_(token) REPOINT_LITERAL_(token)
#define REPOINT_LITERAL_(token) #token
#define REPOINT_JOIN_(left, right) REPOINT_PASTE_(left, right)
#define REPOINT_PASTE_(left, right) left##right

/* With --gc-sections the linker removes unused sections, unless this attribute retains them. */
#define REPOINT_RETAIN_
#ifdef __has_attribute
#if __has_attribute(__retain__)
#undef REPOINT_RETAIN_
#define REPOINT_RETAIN_ , __retain__
#endif
#endif

/*
 * The second name of the default. The compiler must emit it together with the default, also if link-time optimisation
 * moves the default. The compiler must not know that it is the function that callers declare.
 *
 * gcc: an alias with the name "hook", including the quotes. To the assembler this is the name hook, to the compiler it is
 * another name. A .set in a top-level asm does not work: link-time optimisation puts it into the first partition, and the
 * default may be in another one.
 *
 * clang: an alias hook.default, and a .set of the hook to this alias in a top-level asm. clang keeps both in one module.
 * The alias keeps the default and gives it a known name, also if the default is static and clang renames it.
 *
 * The hook is weak: otherwise the GNU assembler leaves no relocation for a jump to it in the same section (its manual,
 * "i386-Options", -mshared). A symbol beside the hook makes sure that no two files define it: hook.default with clang,
 * hook.record with gcc.
 */
#ifdef __clang__
#define REPOINT_ONCE_(symbol)
#define REPOINT_ALIAS_(hook, default_) \
    __asm__("\t.weak " REPOINT_TEXT_(hook) REPOINT_VISIBILITY_DIRECTIVE_(REPOINT_TEXT_(hook)) "\n" \
            "\t.type " REPOINT_TEXT_(hook) ", %function\n" \
            "\t.set " REPOINT_TEXT_(hook) ", " REPOINT_TEXT_(hook) ".default\n"); \
    REPOINT_C_ __typeof__(default_) REPOINT_JOIN_(repoint_default_, hook) \
        __asm__(REPOINT_TEXT_(hook) ".default") \
        __attribute__((__alias__(REPOINT_TEXT_(default_)), __used__, __visibility__("hidden")))
#else
#define REPOINT_ONCE_(symbol) \
    __asm__("\t.globl " symbol "\n" \
            "\t.hidden " symbol "\n" \
            "\t.pushsection .note.repoint,\"a\",%note\n" \
            "\t.balign 4\n" \
            symbol ":\n" \
            "\t.popsection\n");
#define REPOINT_ALIAS_(hook, default_) \
    REPOINT_C_ __typeof__(default_) REPOINT_JOIN_(repoint_default_, hook) \
        __asm__("\"" REPOINT_TEXT_(hook) "\"") REPOINT_VISIBILITY_ \
        __attribute__((__weak__, __used__, __externally_visible__, __alias__(REPOINT_TEXT_(default_)) \
                       REPOINT_COPY_(default_)))
#endif

/* Without the attributes of the default on the alias, gcc prints a warning. */
#if __GNUC__ >= 9
#define REPOINT_COPY_(default_) , __copy__(default_)
#else
#define REPOINT_COPY_(default_)
#endif

/*
 * One record of the section .note.repoint: an ELF note (System V gABI, "Note Section") with 4-byte alignment and the
 * owner "Repoint". Type 1 is a hook, type 2 a noipa function, type 3 a pointer or a table of pointers. The description is
 * two strings that end with zero: the name and the default. Linkers and strip keep notes.
 */
#ifdef __ELF__
#define REPOINT_NOTE_(type, name, default_) \
    __asm__("\t.pushsection .note.repoint,\"a\",%note\n" \
            "\t.balign 4\n" \
            "\t.long 8, 9f - 8f, " #type "\n" \
            "\t.asciz \"Repoint\"\n" \
            "8:\t.asciz \"" name "\"\n" \
            "\t.asciz \"" default_ "\"\n" \
            "9:\t.balign 4\n" \
            "\t.popsection\n");
#else
#define REPOINT_NOTE_(type, name, default_)
#endif

#endif
