package dev.repoint.linux.x86_64;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// Code of x86-64 that answers `_Unwind_Find_FDE` for code of ours, and asks another function about all else: what
/// [dev.repoint.linux.unwind.UnwindIndex] describes. It takes no lock, has nothing on the stack, and changes only
/// registers that a called function may change.
final class X86UnwindFinder {

    /// The argument of the first `movabs` is the address of the table: its counter, two heads, the other function.
    private static final String CODE = """
        f3 0f 1e fa                    | endbr64
        49 b8 00 00 00 00 00 00 00 00  | movabs $0,%r8
        41 0f b6 08                    | again: movzbl (%r8),%ecx
        89 ca                          | mov %ecx,%edx
        83 e2 01                       | and $1,%edx
        49 8b 44 d0 08                 | mov 8(%r8,%rdx,8),%rax
        41 3a 08                       | cmp (%r8),%cl
        75 ed                          | jne again
        48 85 c0                       | block: test %rax,%rax
        74 5d                          | je other
        48 3b 78 08                    | cmp 8(%rax),%rdi
        72 37                          | jb next
        48 3b 78 10                    | cmp 16(%rax),%rdi
        73 31                          | jae next
        31 c9                          | xor %ecx,%ecx
        48 8b 50 18                    | mov 24(%rax),%rdx
        48 39 d1                       | search: cmp %rdx,%rcx
        73 26                          | jae next
        4c 8d 0c 11                    | lea (%rcx,%rdx),%r9
        49 d1 e9                       | shr %r9
        4f 8d 14 49                    | lea (%r9,%r9,2),%r10
        4e 8d 54 d0 20                 | lea 32(%rax,%r10,8),%r10
        49 3b 3a                       | cmp (%r10),%rdi
        72 0c                          | jb below
        49 3b 7a 08                    | cmp 8(%r10),%rdi
        72 10                          | jb found
        49 8d 49 01                    | lea 1(%r9),%rcx
        eb da                          | jmp search
        4c 89 ca                       | below: mov %r9,%rdx
        eb d5                          | jmp search
        48 8b 00                       | next: mov (%rax),%rax
        eb b9                          | jmp block
        49 8b 0a                       | found: mov (%r10),%rcx
        49 8b 42 10                    | mov 16(%r10),%rax
        48 c7 06 00 00 00 00           | movq $0,(%rsi)
        48 c7 46 08 00 00 00 00        | movq $0,8(%rsi)
        48 89 4e 10                    | mov %rcx,16(%rsi)
        c3                             | ret
        41 ff 60 18                    | other: jmp *24(%r8)
        """;
    private static final int TABLE = 6;
    private static final byte[] BYTES = bytes();

    private X86UnwindFinder() {}

    /// The code for a table, for any place.
    static byte[] code(long table) {
        byte[] code = BYTES.clone();
        ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN).putLong(TABLE, table);
        return code;
    }

    /// As an assembler reads it.
    static String assembly() {
        StringBuilder text = new StringBuilder();
        CODE.lines()
                .forEach(line ->
                        text.append(line.substring(line.indexOf('|') + 1)).append('\n'));
        return text.toString();
    }

    private static byte[] bytes() {
        StringBuilder digits = new StringBuilder();
        CODE.lines()
                .forEach(line ->
                        digits.append(line.substring(0, line.indexOf('|')).replace(" ", "")));
        return HexFormat.of().parseHex(digits);
    }
}
