package lastack.kernel.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import lastack.kernel.packet.PacketSocket.Direction;
import lastack.model.IpAddress;
import lastack.testkit.Recipe;
import lastack.testkit.Situation;
import lastack.testkit.TcpSituations;
import lastack.testkit.Veth;
import lastack.testkit.Wire;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packets made and caught by hand against the real kernel, on loopback and on a cable, for both families. */
final class PacketKernelTest {
    private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long NOTHING_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static FourTuple toPeer(Situation situation) {
        return FourTuple.between(situation.id().local(), situation.id().peer());
    }

    private static @Nullable String next(PacketSocket capture, long nanos) throws Exception {
        TcpSegment segment = capture.receive(System.nanoTime() + nanos);
        return segment == null ? null : segment.toString();
    }

    private static List<String> all(PacketSocket capture) throws Exception {
        List<String> seen = new ArrayList<>();
        for (String one = next(capture, SOON_NANOS); one != null; one = next(capture, NOTHING_NANOS)) {
            seen.add(one);
        }
        return seen;
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void aForeignSynMakesTheSocketTellItsNumbersOnce(Wire wire) throws Exception {
        try (TcpSituations tcp = TcpSituations.on(wire)) {
            Situation calm = tcp.established();
            FourTuple out = toPeer(calm);

            List<String> seen = calm.namespace().call(() -> {
                try (PacketSocket capture = PacketSocket.open(out, Direction.SENT, PacketSocket.EVERY_INTERFACE);
                        RawSocket peer = RawSocket.open(out.reversed(), 0, 0)) {
                    peer.send(12_345, 0, TcpSegment.SYN);
                    return all(capture);
                }
            });

            assertThat(seen).singleElement().asString().startsWith(out + " ACK seq ");
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void aResetAtExactlyItsNumberRemovesTheSocket(Wire wire) throws Exception {
        try (TcpSituations tcp = TcpSituations.on(wire)) {
            Situation stuck = tcp.make(Recipe.CLOSE_WAIT);
            FourTuple out = toPeer(stuck);

            stuck.namespace().call(() -> {
                try (PacketSocket capture = PacketSocket.open(out, Direction.SENT, PacketSocket.EVERY_INTERFACE);
                        RawSocket peer = RawSocket.open(out.reversed(), 0, 0)) {
                    peer.send(12_345, 0, TcpSegment.SYN);
                    TcpSegment challenge = Objects.requireNonNull(capture.receive(System.nanoTime() + SOON_NANOS));
                    peer.send(challenge.acknowledgement(), 0, TcpSegment.RST);
                    return true;
                }
            });

            stuck.awaitGone();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"V4_LOOPBACK", "V6_VETH"})
    void catchesNeitherTheOtherDirectionNorOtherConnections(Wire wire) throws Exception {
        try (TcpSituations tcp = TcpSituations.on(wire)) {
            Situation calm = tcp.established();
            Situation other = tcp.established();
            FourTuple in = toPeer(calm).reversed();

            List<String> seen = calm.namespace().call(() -> {
                try (PacketSocket capture = PacketSocket.open(in, Direction.RECEIVED, PacketSocket.EVERY_INTERFACE)) {
                    other.peer().send(10);
                    calm.holder().send(10);
                    other.holder().send(10);
                    return all(capture);
                }
            });

            assertThat(seen).isNotEmpty().allMatch(line -> line.startsWith(in + " ACK seq "));
        }
    }

    @Test
    void hearsNothingOnAnotherInterface() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_VETH)) {
            Situation calm = tcp.established();

            String seen = calm.namespace().call(() -> {
                try (PacketSocket capture = PacketSocket.open(toPeer(calm), Direction.SENT, 1)) {
                    calm.holder().send(10);
                    return next(capture, NOTHING_NANOS);
                }
            });

            assertThat(seen).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void theKernelTellsTheWayToThePeer(Wire wire) throws Exception {
        try (TcpSituations tcp = TcpSituations.on(wire)) {
            FourTuple out = new FourTuple(address(wire.here()), 1_000, address(wire.there()), 2_000);

            tcp.here().call(() -> {
                try (Routes routes = Routes.open()) {
                    Route route = routes.ofOwn(out, 0, 0).orElseThrow();
                    assertThat(route.local()).isEqualTo(!wire.isVeth());
                    assertThat(route.interfaceIndex() == 1).isEqualTo(!wire.isVeth());
                    if (wire.isVeth()) {
                        assertThat(routes.ofIncoming(out.reversed(), route.interfaceIndex(), 0)
                                        .map(Route::local))
                                .hasValue(true);
                    }
                }
                return true;
            });
        }
    }

    private static IpAddress address(String host) {
        return IpAddress.of(InetAddress.ofLiteral(host));
    }

    /** One rule that looks at the port, one at the mark: both are the kernel's to follow. */
    @Test
    void theKernelTellsTheWayThroughRulesAndSaysWhenThereIsNone() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_VETH)) {
            Veth.connect(tcp.here(), tcp.there(), 1);
            tcp.here().exec("ip", "route", "add", "10.99.0.0/16", "via", Veth.v4(0, 2));
            tcp.here().exec("ip", "route", "add", "10.99.0.0/16", "via", Veth.v4(1, 2), "table", "77");
            tcp.here().exec("ip", "rule", "add", "ipproto", "tcp", "dport", "81", "lookup", "77");
            tcp.here().exec("ip", "rule", "add", "fwmark", "5", "lookup", "77");
            IpAddress here = address(Veth.v4(0, 1));
            IpAddress far = address("10.99.0.9");

            tcp.here().call(() -> {
                try (Routes routes = Routes.open()) {
                    Route plain =
                            routes.ofOwn(new FourTuple(here, 1, far, 80), 0, 0).orElseThrow();
                    Route byPort =
                            routes.ofOwn(new FourTuple(here, 1, far, 81), 0, 0).orElseThrow();
                    Route byMark =
                            routes.ofOwn(new FourTuple(here, 1, far, 80), 0, 5).orElseThrow();
                    assertThat(byPort).isEqualTo(byMark).isNotEqualTo(plain);
                    assertThat(routes.ofOwn(new FourTuple(here, 1, address("10.98.0.1"), 80), 0, 0))
                            .isEmpty();
                }
                return true;
            });
        }
    }
}
