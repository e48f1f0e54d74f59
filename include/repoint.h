/*
 * repoint.h: calls that can be pointed elsewhere.
 *
 * A hook is a function that callers call and that leads to its default. Repoint finds its calls in the built file by
 * their relocation entries, and points them elsewhere.
 *
 *     int price_default(int count);                      in a header
 *     REPOINT_DECLARE(price, price_default);             price has the type of price_default
 *
 *     int price_default(int count) { return 30; }        in one source file
 *     REPOINT_DEFINE(price, price_default);
 *
 *     price(2)                                           anywhere
 *
 * To the compiler a hook is an undefined function of some other file, so nothing that it knows of the default reaches
 * a caller: no inlining, no clones, no merging, no registers known to be left alone. To the linker it is a second
 * name of the default. A call costs what a direct call costs.
 *
 * For gcc and clang, C from C89 and C++ from C++98, ELF on x86-64 and AArch64, LTO included. In C++ a hook and its
 * default are extern "C". Build flags, and why: docs/native-build.md.
 *
 * What may be defined before this header is included, and alike in the whole executable or library:
 *
 *     REPOINT_POINTERS   hooks are plain pointers to the default; the source stays the same
 *     REPOINT_HIDDEN     what is declared here is of this executable or library only, and reached directly, also
 *                        with -fno-plt, and in a library without -Bsymbolic; else it is visible to all, whatever
 *                        -fvisibility says
 */
#ifndef REPOINT_H
#define REPOINT_H

#if !defined(__GNUC__)
#error "repoint.h is for gcc and clang"
#elif !defined(__ELF__) && !defined(REPOINT_POINTERS)
#error "hooks need ELF: define REPOINT_POINTERS to have plain pointers"
#endif

/* Declares a hook, or its pointer. The default is a function that was declared before; its name may be a macro. */
#ifdef REPOINT_POINTERS
#define REPOINT_DECLARE(hook, default_) REPOINT_DECLARE_POINTER(hook, default_)
#else
#define REPOINT_DECLARE(hook, default_) REPOINT_C_ __typeof__(default_) hook REPOINT_VISIBILITY_
#endif

/* Defines a hook, or its pointer, in the file that has the body of the default; in C the default may be static. */
#ifdef REPOINT_POINTERS
#define REPOINT_DEFINE(hook, default_) REPOINT_DEFINE_POINTER(hook, default_)
#else
#define REPOINT_DEFINE(hook, default_) \
    REPOINT_ONCE_(REPOINT_TEXT_(hook) ".record") \
    REPOINT_NOTE_(1, REPOINT_TEXT_(hook), REPOINT_TEXT_(default_)) \
    REPOINT_ALIAS_(hook, default_)
#endif

/*
 * Records a hook that the linker defines (-Wl,--defsym,hook=default), so that reports know it as one. Takes symbols,
 * as strings: for names that C++ mangles, and for defaults in files that are not to be changed.
 */
#define REPOINT_RECORD(hook, default_) REPOINT_NOTE_(1, hook, default_) struct repoint_recorded_

/* Declare, then define, a patchable pointer to functions of the default's type. */
#define REPOINT_DECLARE_POINTER(pointer, default_) REPOINT_C_ __typeof__(default_) *pointer REPOINT_VISIBILITY_
#define REPOINT_DEFINE_POINTER(pointer, default_) \
    REPOINT_NOTE_(3, REPOINT_TEXT_(pointer), REPOINT_TEXT_(default_)) \
    __typeof__(default_) *pointer __attribute__((__used__)) REPOINT_VISIBILITY_ = default_

/*
 * Declare, then define, a variable whose members are patchable pointers: a table of operations. Repoint switches one
 * member, or all of them to those of another variable of the type.
 *
 *     REPOINT_DEFINE_OPERATIONS(struct clock, timer) = { system_now, system_sleep };
 *     REPOINT_TARGET const struct clock stopped = { stopped_now, stopped_sleep };
 */
#define REPOINT_DECLARE_OPERATIONS(type, variable) REPOINT_C_ type variable REPOINT_VISIBILITY_
#define REPOINT_DEFINE_OPERATIONS(type, variable) \
    REPOINT_NOTE_(3, REPOINT_TEXT_(variable), "") \
    type variable __attribute__((__used__)) REPOINT_VISIBILITY_

/*
 * Makes a function safe to patch under its own name, without a hook: after a declaration of it and before its body.
 * gcc from 8 on; clang has nothing like it.
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

/* Stands before the definition of a function or variable that nothing uses yet, and keeps it: a target. */
#define REPOINT_TARGET __attribute__((__used__ REPOINT_RETAIN_))

/* ---- What the macros above are made of, and nothing else uses. ---- */

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

/* The linker removes what nothing refers to (--gc-sections), unless it is told to retain it. */
#define REPOINT_RETAIN_
#ifdef __has_attribute
#if __has_attribute(__retain__)
#undef REPOINT_RETAIN_
#define REPOINT_RETAIN_ , __retain__
#endif
#endif

/*
 * The second name of the default. The compiler must emit it together with the default, wherever link-time
 * optimisation puts that, and must not take it for the function that callers declare.
 *
 * gcc: an alias whose name is spelled "hook", with the quotes. The assembler reads that as hook, the compiler does not.
 * A .set in a top-level asm would do, if it were not put into the first partition of a link-time optimisation, where
 * the default need not be.
 *
 * clang: an alias hook.default, and the hook as a .set of it in a top-level asm, which clang keeps in the same module.
 * The alias keeps the default alive and under a known name, also if it is static and gets renamed.
 *
 * The hook is weak, because the assembler of GNU leaves no relocation at a jump to a function of the same section that
 * is not (its manual, "i386-Options", -mshared). That no two files define it is then seen to by a symbol beside it:
 * hook.default of clang, hook.record of gcc.
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

/* The alias has the attributes of the default, or gcc warns. */
#if __GNUC__ >= 9
#define REPOINT_COPY_(default_) , __copy__(default_)
#else
#define REPOINT_COPY_(default_)
#endif

/*
 * One record of the section .note.repoint: a note of ELF (System V gABI, "Note Section") with 4-byte alignment, whose
 * owner is "Repoint". Type 1 is a hook, 2 a noipa function, 3 a pointer or a table of them; the description is two
 * strings that end with zero: the name, and the default. Linkers keep notes, strip does too.
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
