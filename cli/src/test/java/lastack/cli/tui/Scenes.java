package lastack.cli.tui;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import lastack.cli.census.Circle;
import lastack.cli.census.Flows;
import lastack.cli.census.Group;
import lastack.cli.census.Look;
import lastack.cli.census.Place;
import lastack.cli.census.Question;
import lastack.cli.census.Trend;
import lastack.model.Age;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.Gap;
import lastack.model.IpAddress;
import lastack.model.NetNamespace;
import lastack.model.Owner;
import lastack.model.ProcessId;
import lastack.model.SocketId;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.Workload;

/** Views to draw and to press keys on. */
final class Scenes {
    static final NetNamespace NETNS = new NetNamespace(4026531840L, null);
    static final Gap HIDDEN_OWNERS =
            new Gap("owners", "the descriptors of 3 processes may not be read", "run as root, or with CAP_SYS_PTRACE");

    private static final View.Size SMALLEST = new View.Size(80, 24, false);

    private Scenes() {}

    /** A service that forgets to close, on the smallest terminal. */
    static View leaking() {
        return Update.of(empty(), new Event.Looked(leak())).view();
    }

    /** Before the first look. */
    static View empty() {
        return View.first(SMALLEST, "db1", "1s", Question.ALL);
    }

    static View leaking(int columns, int rows, boolean ascii) {
        View.Size size = new View.Size(columns, rows, ascii);
        return Update.of(View.first(size, "db1", "1s", Question.ALL), new Event.Looked(leak()))
                .view();
    }

    static Look leak() {
        List<TcpSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            sockets.add(socket(TcpState.CLOSE_WAIT, i + 1, "10.0.0." + (7 + i), 11_520_000 - 60_000 * i));
        }
        sockets.add(socket(TcpState.TIME_WAIT, 40, "10.0.0.99", 12_000));
        return look(sockets);
    }

    static Look look(List<TcpSocket> sockets) {
        List<Integer> counts = new ArrayList<>(Collections.nCopies(TcpState.values().length, 0));
        List<Long> oldest = new ArrayList<>(Collections.nCopies(TcpState.values().length, -1L));
        for (TcpSocket socket : sockets) {
            int state = socket.state().number();
            Age age = socket.age();
            counts.set(state, counts.get(state) + 1);
            oldest.set(state, Math.max(oldest.get(state), age == null ? -1 : age.millis()));
        }
        return new Look(
                counts,
                oldest,
                flows(),
                true,
                1,
                groups(),
                sockets,
                sockets.size(),
                true,
                List.of(new Place(NETNS, 13)),
                List.of());
    }

    static Flows flows() {
        Flows flows = new Flows();
        flows.add(TcpState.ESTABLISHED, TcpState.CLOSE_WAIT, 2);
        flows.add(TcpState.FIN_WAIT_2, TcpState.TIME_WAIT, 31);
        return flows;
    }

    private static List<Group> groups() {
        return List.of(
                new Group(
                        new Circle(NETNS, TcpState.CLOSE_WAIT, "java[4711]", null, 8080),
                        ":8080 from many",
                        12,
                        11_520_000,
                        new Trend(List.of(1, 2, 4, 6, 9, 12))),
                new Group(
                        new Circle(NETNS, TcpState.TIME_WAIT, "kernel", address("10.0.0.99"), 443),
                        "to 10.0.0.99:443",
                        1,
                        12_000,
                        new Trend(List.of(1, 1, 1))));
    }

    static TcpSocket socket(TcpState state, long cookie, String peer, long ageMillis) {
        boolean held = state != TcpState.TIME_WAIT;
        return new TcpSocket(
                new SocketId(
                        Family.INET,
                        new Endpoint(address("10.0.0.1"), 8080),
                        new Endpoint(address(peer), 40_000),
                        0,
                        cookie),
                state,
                state.number(),
                held ? 1 : 0,
                0,
                0,
                held ? 4711 + cookie : 0,
                null,
                new Age(ageMillis, Age.Source.LAST_ACK, Age.Bound.EXACT),
                NETNS,
                held ? List.of(owner((int) cookie)) : List.of(),
                TcpSocket.Details.NONE);
    }

    private static IpAddress address(String text) {
        return IpAddress.of(InetAddress.ofLiteral(text));
    }

    private static Owner owner(int fd) {
        return new Owner(new ProcessId(4711, 1), "java", "java", 0, "root", fd, Workload.NONE, 4711, true);
    }

    /** The view after keys; capitals in brackets are those without a letter: {@code "jj[ENTER]"}. */
    static View after(View view, String keys) {
        View now = view;
        for (Event.Press press : presses(keys)) {
            now = Update.of(now, press).view();
        }
        return now;
    }

    /** What the last of some keys leads to. */
    static Step step(View view, String keys) {
        List<Event.Press> presses = presses(keys);
        View before = view;
        for (Event.Press press : presses.subList(0, presses.size() - 1)) {
            before = Update.of(before, press).view();
        }
        return Update.of(before, presses.getLast());
    }

    private static List<Event.Press> presses(String keys) {
        List<Event.Press> presses = new ArrayList<>();
        int at = 0;
        while (at < keys.length()) {
            if (keys.charAt(at) == '[') {
                int end = keys.indexOf(']', at);
                presses.add(Event.Press.of(Key.valueOf(keys.substring(at + 1, end))));
                at = end + 1;
            } else {
                presses.add(Event.Press.of(keys.charAt(at++)));
            }
        }
        return presses;
    }
}
