package org.posthouse.webadmin.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.option.Trial;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.value.DomainName;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.pulse.Tried;

/** Where a domain's mail goes is asked of the engine of its server, and of nobody else. */
class RoutesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-28T00:00:00Z"), ZoneOffset.UTC);
    private static final DomainName DOMAIN = new DomainName("example.com");

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private House house;

    @BeforeEach
    void open() {
        house = new House();
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Route route(Tried answer) {
        var routes = new Routes(
                (server, about, value) -> {
                    asked.add(server.leaf() + " " + about + " " + value);
                    return answer;
                },
                CLOCK);
        return learnt(routes);
    }

    private Route learnt(Routes routes) {
        MessagingServer server = house.tree().servers().iterator().next();
        assertEquals(Route.UNKNOWN, routes.route(server, DOMAIN), "no page waits");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        Route route = Route.UNKNOWN;
        while (route.equals(Route.UNKNOWN) && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
            route = routes.route(server, DOMAIN);
        }
        return route;
    }

    @Test
    void theEngineOfTheServerSaysWhereTheMailGoes() {
        assertEquals(
                new Route(Route.State.ELSEWHERE, List.of("mx1.else.example", "mx2.else.example")),
                route(new Tried("elsewhere", "mx1.else.example mx2.else.example")));
        assertEquals(List.of("mail1 " + Trial.ROUTE + " example.com"), asked, "once");
    }

    @Test
    void aDomainWithoutMailHostsIsKnownAsSuch() {
        assertEquals(new Route(Route.State.NONE, List.of()), route(new Tried("none", "")));
    }

    @Test
    void anEngineThatDoesNotAnswerSaysNothing() {
        var silent = new Routes(
                (server, about, value) -> {
                    asked.add(value);
                    throw new IOException("silent");
                },
                CLOCK);
        MessagingServer server = house.tree().servers().iterator().next();
        silent.route(server, DOMAIN);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (asked.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        assertEquals(Route.UNKNOWN, silent.route(server, DOMAIN));
    }
}
