package org.posthouse.webadmin.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.panel.WebAdminConnection;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.IpAddress;
import org.posthouse.webadmin.form.House;

class ListenersTest {

    /** What the program around the console offers. */
    public interface PortsMXBean {
        List<String> getOpen();

        List<String> getFixed();

        void open(String url) throws IOException;

        void close(String url);

        void announce(String url);

        void remember(String address, int httpPort, int httpsPort, boolean http, boolean redirect);
    }

    /** As the container would, without sockets. */
    public static final class Ports implements PortsMXBean {
        private final Set<String> open = new LinkedHashSet<>();
        private final List<String> acts = new ArrayList<>();
        private String refuses = "";

        @Override
        public List<String> getOpen() {
            return List.copyOf(open);
        }

        @Override
        public List<String> getFixed() {
            return List.of();
        }

        @Override
        public void open(String url) throws IOException {
            acts.add("open " + url);
            if (url.equals(refuses)) {
                throw new IOException("Address already in use");
            }
            open.add(url);
        }

        @Override
        public void close(String url) {
            acts.add("close " + url);
            open.remove(url);
        }

        @Override
        public void announce(String url) {
            acts.add("announce " + url);
        }

        @Override
        public void remember(String address, int httpPort, int httpsPort, boolean http, boolean redirect) {
            acts.add("remember " + address + " " + httpPort + " " + httpsPort + " " + http + " " + redirect);
        }
    }

    private final Ports ports = new Ports();
    private final Listeners listeners = new Listeners();

    @BeforeEach
    void register() throws JMException {
        ManagementFactory.getPlatformMBeanServer().registerMBean(ports, new ObjectName("org.posthouse:type=Listeners"));
        ports.open.add("http://127.0.0.1:8089/");
    }

    @AfterEach
    void forget() throws JMException {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName("org.posthouse:type=Listeners"));
    }

    private static Set<Endpoint> at(String... urls) {
        return Stream.of(urls).map(Endpoint::of).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Test
    void theNewAddressIsThereBeforeTheOldOneGoes() throws IOException {
        listeners.arrange(at("http://127.0.0.1:9089/"), Set.of());
        assertEquals(List.of("open http://127.0.0.1:9089/", "close http://127.0.0.1:8089/"), ports.acts);
    }

    @Test
    void whatIsKeptStaysUntilItIsNotKeptAnyMore() throws IOException {
        listeners.arrange(at("http://127.0.0.1:9089/"), at("http://127.0.0.1:8089/"));
        assertEquals(at("http://127.0.0.1:8089/", "http://127.0.0.1:9089/"), listeners.open());
        listeners.arrange(at("http://127.0.0.1:9089/"), Set.of());
        assertEquals(at("http://127.0.0.1:9089/"), listeners.open());
    }

    @Test
    void anAddressThatCannotBeHadLeavesTheOldOne() {
        ports.refuses = "http://127.0.0.1:9089/";
        var refused = assertThrows(IOException.class, () -> listeners.arrange(at("http://127.0.0.1:9089/"), Set.of()));
        assertEquals("Address already in use", refused.getMessage());
        assertEquals(at("http://127.0.0.1:8089/"), listeners.open());
    }

    @Test
    void allAddressesOfAHostTakeThePlaceOfOneOnTheSamePort() throws IOException {
        listeners.arrange(at("http://0.0.0.0:8089/"), at("http://127.0.0.1:8089/"));
        assertEquals(List.of("close http://127.0.0.1:8089/", "open http://0.0.0.0:8089/"), ports.acts);
        ports.acts.clear();
        listeners.arrange(at("http://127.0.0.1:8089/"), Set.of());
        assertEquals(List.of("close http://0.0.0.0:8089/", "open http://127.0.0.1:8089/"), ports.acts);
    }

    @Test
    void whatWentForAnAddressThatCannotBeHadComesBack() {
        ports.refuses = "http://0.0.0.0:8089/";
        assertThrows(IOException.class, () -> listeners.arrange(at("http://0.0.0.0:8089/"), Set.of()));
        assertEquals(at("http://127.0.0.1:8089/"), listeners.open());
    }

    @Test
    void whatIsNotWantedAnyMoreStaysForASecond() {
        var now = new AtomicLong();
        var lingering = new Lingering(now::get);
        Set<Endpoint> old = at("http://127.0.0.1:8089/");
        Set<Endpoint> fresh = at("http://127.0.0.1:9089/");
        assertEquals(Set.of(), lingering.of(old, old));
        assertEquals(old, lingering.of(old, fresh));
        now.addAndGet(Lingering.TIME - 1);
        assertEquals(old, lingering.of(old, fresh));
        now.addAndGet(1);
        assertEquals(Set.of(), lingering.of(old, fresh));
    }

    @Test
    void commandLinesAreToldAnAddressTheyCanCall() throws IOException {
        listeners.announce(Endpoint.of("https://0.0.0.0:8449/"));
        assertEquals(List.of("announce https://127.0.0.1:8449/"), ports.acts);
    }

    @Test
    void httpIsNotForOthersHosts() {
        var page = new WebAdminConnection(new IpAddress("0.0.0.0"), 8089, 8449, true, false);
        assertEquals(
                at("http://127.0.0.1:8089/", "https://0.0.0.0:8449/"),
                ConsoleAddress.of(page, Set.of()).endpoints());
        var redirected = new WebAdminConnection(new IpAddress("127.0.0.1"), 8089, 8449, true, true);
        assertEquals(
                at("https://127.0.0.1:8449/"),
                ConsoleAddress.of(redirected, Set.of()).usable());
    }

    @Test
    void whatTheHostCannotGiveIsRefusedOnTheOptionThatAsksForIt() throws IOException {
        try (var house = new House();
                var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var own = OwnServer.place(house.directory);
            house.directory.create(new NewObject(own, Kind.WEBADMIN_SERVER, java.util.Map.of()));
            var page = new WebAdminConnection(
                    new IpAddress("127.0.0.1"), taken.getLocalPort(), taken.getLocalPort() - 1, true, false);
            List<Problem> problems = AddressCheck.problems(own, page);
            assertEquals("httpPort", problems.getFirst().option());
            assertEquals(
                    "is in use by another program on 127.0.0.1",
                    problems.getFirst().reason());
            var foreign = new WebAdminConnection(new IpAddress("192.0.2.77"), 8089, 8449, true, false);
            assertEquals(
                    List.of(new Problem("listenAddress", "192.0.2.77", "is not an address of this host")),
                    AddressCheck.problems(own, foreign));
            ports.open.add("http://127.0.0.1:" + taken.getLocalPort() + "/");
            assertTrue(AddressCheck.problems(own, page).stream()
                    .noneMatch(problem -> problem.option().equals("httpPort")));
        }
    }
}
