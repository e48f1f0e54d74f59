# A jar with a checksum, a faster one, and a log.
export PATH=$(repoint doctor --java-home)/bin:$PATH
mkdir -p src
cat > src/Crc.java << 'END'
package com.acme;
public class Crc {
    static int update(int crc, byte[] data) { return crc + data.length; }
    public static void main(String[] args) { Audit.log("summing"); System.out.println(update(1, new byte[2])); }
}
class Fast { static int update(int crc, byte[] data) { return crc - data.length; } }
class Audit { static void log(String text) { System.out.println(text); } }
END
javac -d classes src/Crc.java
jar --create --file app.jar -C classes .
runtime=$REPOINT/jvm/runtime/target/repoint-runtime-0.1.0.jar
