package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessKindTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.B.m",
                "a.B.m(int):int",
                "a.B.m(int):java.lang.String=nothing",
                "com.acme.Flags.fast:boolean=true",
                "a.B.`x:y`",
                "a.B.`libz.so:y`(int)=z.Z.`:`",
                "**:*",
                "com.solid.Flags.on:boolean",
                "a.B.m=constant:x:y"
            })
    void aColonOfJavaNamesAType(String key) {
        assertThat(ProcessKind.JVM.split(List.of(key), false).java()).containsExactly(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "libz.so.1:crc32",
                "libz.so:crc32=zero",
                "java:main",
                "libshop.so:shop::tax(int)",
                "/tmp/lib a/x:y",
                "libz-1.3.so:util.c:crc32"
            })
    void otherwiseItStandsBehindAModule(String key) {
        assertThat(ProcessKind.JVM.split(List.of(key), false).nativeCode()).containsExactly(key);
    }
}
