# A jar with a checksum, and a faster one that calls it.
export PATH=$(repoint doctor --java-home)/bin:$PATH
mkdir -p src
cat > src/Crc.java << 'END'
package com.acme;
public class Crc {
    static int update(int crc, byte[] data) { return crc + data.length; }
    public String name() { return "crc"; }
    public static void main(String[] args) { System.out.println(new Crc().name() + " " + update(1, new byte[2])); }
}
class Fast {
    static int update(int crc, byte[] data) { return data.length == 0 ? Crc.update(crc, data) : crc - data.length; }
    static String name(Crc crc) { return "fast"; }
}
END
javac -g -d classes src/Crc.java
jar --create --file app.jar -C classes .
