package lastack.cli.tui;

import static lastack.model.TcpState.CLOSED;
import static lastack.model.TcpState.CLOSE_WAIT;
import static lastack.model.TcpState.CLOSING;
import static lastack.model.TcpState.ESTABLISHED;
import static lastack.model.TcpState.FIN_WAIT_1;
import static lastack.model.TcpState.FIN_WAIT_2;
import static lastack.model.TcpState.LAST_ACK;
import static lastack.model.TcpState.LISTEN;
import static lastack.model.TcpState.NEW_SYN_RECV;
import static lastack.model.TcpState.SYN_RECV;
import static lastack.model.TcpState.SYN_SENT;
import static lastack.model.TcpState.TIME_WAIT;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lastack.cli.census.Look;
import lastack.model.TcpState;

/** How many a second go along each arrow. Where two looks are far apart, sockets go along several arrows between them. */
record Traffic(Map<List<TcpState>, Integer> counts, double seconds) {
    /** Ways through the diagram, each from its beginning on; where two have the same ends, the first counts. */
    private static final List<List<TcpState>> WAYS = List.of(
            List.of(LISTEN, SYN_RECV, ESTABLISHED, CLOSE_WAIT, LAST_ACK, CLOSED),
            List.of(CLOSED, SYN_SENT, ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, TIME_WAIT, CLOSED),
            List.of(FIN_WAIT_1, CLOSING, TIME_WAIT),
            List.of(CLOSED, LISTEN));

    static Traffic of(Look look) {
        Traffic traffic = new Traffic(new HashMap<>(), look.seconds());
        for (TcpState from : TcpState.values()) {
            for (TcpState to : TcpState.values()) {
                int count = look.flows().count(from, to);
                if (count > 0) {
                    traffic.add(plain(from), plain(to), count);
                }
            }
        }
        return traffic;
    }

    /** The kernel's second kind of SYN-RECV is the same to TCP. */
    private static TcpState plain(TcpState state) {
        return state == NEW_SYN_RECV ? SYN_RECV : state;
    }

    private void add(TcpState from, TcpState to, int count) {
        List<TcpState> way = way(from, to);
        for (int i = 0; i + 1 < way.size(); i++) {
            counts.merge(List.of(way.get(i), way.get(i + 1)), count, Integer::sum);
        }
    }

    /** The states passed from one to the other; empty where that is no way of TCP's, or may have been another, as after a reset. */
    private static List<TcpState> way(TcpState from, TcpState to) {
        if (to == CLOSED && !mayEnd(from)) {
            return List.of();
        }
        for (List<TcpState> way : WAYS) {
            int begin = way.indexOf(from);
            int end = way.lastIndexOf(to);
            if (begin >= 0 && end > begin) {
                return new ArrayList<>(way.subList(begin, end + 1));
            }
        }
        return List.of();
    }

    private static boolean mayEnd(TcpState state) {
        return state == TIME_WAIT || state == LAST_ACK || state == CLOSE_WAIT;
    }

    double perSecond(TcpState from, TcpState to) {
        return seconds <= 0 ? 0 : counts.getOrDefault(List.of(from, to), 0) / seconds;
    }
}
