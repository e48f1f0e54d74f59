package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.jmx.PatchablesMXBean;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bean of the patchables in programs that never heard of Repoint.
class BeanTest {

    private static final String MAIN = """
        // acme/Managed.java
        package acme;

        import java.io.BufferedReader;
        import java.io.InputStreamReader;
        import java.lang.management.ManagementFactory;
        import java.net.InetAddress;
        import java.net.ServerSocket;
        import java.rmi.server.RMIServerSocketFactory;
        import java.util.Map;
        import javax.management.MBeanServer;
        import javax.management.ObjectName;
        import javax.management.remote.JMXConnectorServer;
        import javax.management.remote.JMXConnectorServerFactory;
        import javax.management.remote.JMXServiceURL;
        import javax.management.remote.rmi.RMIConnectorServer;

        public class Managed {
            static int price = 7;

            static int price() {
                return price;
            }

            public static void main(String[] args) throws Exception {
                System.out.println(price() + price());
                if (args.length == 1) {
                    serve();
                    return;
                }
                if (args.length > 0) {
                    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
                    ObjectName name = new ObjectName("dev.repoint:type=Patchables");
                    long deadline = System.nanoTime() + 60_000_000_000L;
                    while (!server.isRegistered(name) && System.nanoTime() < deadline) {
                        Thread.onSpinWait();
                    }
                    try {
                        server.invoke(name, "set", new Object[] {args[0], args[1]},
                                new String[] {"java.lang.String", "java.lang.String"});
                    } catch (javax.management.RuntimeMBeanException e) {
                        System.out.println(e.getCause());
                    }
                }
                System.out.println(price() + price());
            }

            /// Lets others connect, and tells the price as often as somebody asks.
            private static void serve() throws Exception {
                RMIServerSocketFactory loopback =
                        port -> new ServerSocket(port, 0, InetAddress.getLoopbackAddress());
                JMXConnectorServer connector = JMXConnectorServerFactory.newJMXConnectorServer(
                        new JMXServiceURL("service:jmx:rmi://"),
                        Map.of(RMIConnectorServer.RMI_SERVER_SOCKET_FACTORY_ATTRIBUTE, loopback),
                        ManagementFactory.getPlatformMBeanServer());
                connector.start();
                System.out.println(connector.getAddress());
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
                while (in.readLine() != null) {
                    System.out.println(price());
                }
                connector.stop();
            }
        }
        """;

    private static final String PATCHABLE = "patchable=acme.Managed.price;acme.Managed.price:int";

    @TempDir
    static Path folder;

    private static String classes;

    @BeforeAll
    static void compile() {
        classes = new Sources(folder).compile("managed", MAIN).toString();
    }

    @Test
    void nothingOfItIsThereUnlessItWasAskedFor() throws Exception {
        Path loaded = folder.resolve("loaded");
        Path shop = new Sources(folder).compile("shop", Programs.SHOP, Programs.SALE, Programs.LATE);
        try (Jvm jvm = Jvm.start(
                "-Xlog:class+load:file=" + loaded,
                Jvm.agent("patchable=acme.Shop.*"),
                "-cp",
                shop.toString(),
                "acme.Shop")) {
            assertThat(jvm.ask("price")).isEqualTo("7");
            assertThat(jvm.end()).isZero();
        }
        assertThat(Files.readAllLines(loaded))
                .anyMatch(line -> line.contains(" dev.repoint.internal.point.Point "))
                .noneMatch(line -> line.contains(" javax.management.") || line.contains(" java.lang.management."))
                .noneMatch(line -> line.contains(" dev.repoint.internal.jmx.PatchablesBean "));
    }

    @Test
    void askedForItIsToBeLookedAt() throws Exception {
        try (Jvm jvm = Jvm.start(
                "-Drepoint.mxbean=true",
                Jvm.agent(PATCHABLE),
                "-cp",
                classes,
                "acme.Managed",
                "acme.Managed.price()",
                "constant:1")) {
            assertThat(jvm.read()).isEqualTo("14");
            assertThat(jvm.read())
                    .isEqualTo("java.lang.UnsupportedOperationException: targets may only be looked at;"
                            + " start the program with -Drepoint.mxbean=write to change them");
            assertThat(jvm.read()).isEqualTo("14");
        }
    }

    @Test
    void askedForInEarnestItSetsMethodsAndFields() throws Exception {
        try (Jvm jvm = Jvm.start(
                "-Drepoint.mxbean=write",
                Jvm.agent(PATCHABLE),
                "-cp",
                classes,
                "acme.Managed",
                "acme.Managed.price()",
                "constant:1")) {
            assertThat(jvm.read()).isEqualTo("14");
            assertThat(jvm.read()).isEqualTo("2");
        }
        try (Jvm jvm = Jvm.start(
                "-Drepoint.mxbean=write",
                Jvm.agent(PATCHABLE),
                "-cp",
                classes,
                "acme.Managed",
                "acme.Managed.price:int",
                "5")) {
            assertThat(jvm.read()).isEqualTo("14");
            assertThat(jvm.read()).isEqualTo("10");
        }
    }

    @Test
    @SuppressWarnings("BanJNDI") // the other end is the program of this test
    void overAConnectionTypesOfTheJdkAreAllThatIsNeeded() throws Exception {
        ObjectName name = new ObjectName("dev.repoint:type=Patchables");
        String[] two = {String.class.getName(), String.class.getName()};
        try (Jvm jvm = Jvm.start(
                "-Drepoint.mxbean=write",
                "-Djava.rmi.server.hostname=127.0.0.1",
                Jvm.agent(PATCHABLE),
                "-cp",
                classes,
                "acme.Managed",
                "serve")) {
            assertThat(jvm.read()).isEqualTo("14");
            try (JMXConnector client = JMXConnectorFactory.connect(new JMXServiceURL(jvm.read()))) {
                MBeanServerConnection connection = client.getMBeanServerConnection();
                await(connection, name);
                connection.invoke(name, "set", new Object[] {"acme.Managed.price()", "constant:1"}, two);
                assertThat(jvm.ask("price")).isEqualTo("1");
                assertThat(rows(connection, name))
                        .containsExactlyInAnyOrder(
                                "acme.Managed.price() is int price(), leads to constant:1 in constant mode, 1 link, 1"
                                        + " change",
                                "acme.Managed.price is int price, leads to default in constant mode, 1 link, 0 change");
                assertThatThrownBy(() -> connection.invoke(
                                name, "set", new Object[] {"acme.Managed.price()", "constant:x"}, two))
                        .isInstanceOf(RuntimeMBeanException.class)
                        .cause()
                        .isExactlyInstanceOf(IllegalArgumentException.class)
                        .hasNoCause()
                        .hasMessage("acme.Managed.price() returns int: 'x' is no value of it");
                PatchablesMXBean bean = JMX.newMXBeanProxy(connection, name, PatchablesMXBean.class);
                bean.setAll(Map.of("acme.Managed.price()", "default", "acme.Managed.price:int", "30"));
                assertThat(jvm.ask("price")).isEqualTo("30");
                bean.resetAll();
                assertThat(jvm.ask("price")).isEqualTo("7");
            }
            assertThat(jvm.end()).isZero();
        }
    }

    private static void await(MBeanServerConnection connection, ObjectName name) throws IOException {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!connection.isRegistered(name)) {
            assertThat(System.nanoTime()).as("it is not registered").isLessThan(deadline);
        }
    }

    private static List<String> rows(MBeanServerConnection connection, ObjectName name) throws Exception {
        return Arrays.stream((CompositeData[]) connection.getAttribute(name, "Patchables"))
                .map(row -> row.get("key") + " is " + row.get("defaultTarget") + ", leads to " + row.get("target")
                        + " in " + row.get("mode") + " mode, " + row.get("links") + " link, " + row.get("changes")
                        + " change")
                .toList();
    }

    @Test
    void whatMeansNothingIsSaid() throws Exception {
        try (Jvm jvm = Jvm.start("-Drepoint.mxbean=yes", Jvm.agent(PATCHABLE), "-cp", classes, "acme.Managed")) {
            assertThat(jvm.read()).isEqualTo("14");
            assertThat(jvm.read()).isEqualTo("14");
            assertThat(jvm.end()).isZero();
            assertThat(jvm.errors())
                    .anyMatch(line -> line.contains(
                            "repoint.mxbean=yes means nothing: no bean is registered; write true, or write to"
                                    + " allow changes"));
        }
    }
}
