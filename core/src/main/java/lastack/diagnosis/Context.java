package lastack.diagnosis;

import lastack.model.Age;
import lastack.model.Durations;
import lastack.model.TcpSocket;
import lastack.model.TcpState;

/** What is worth saying of a socket in any state: its other end, and others like it. */
final class Context {
    private Context() {}

    /** Notes where the other end is, as far as that is truly known. */
    static void otherEnd(TcpSocket socket, Surroundings around, Findings findings) {
        switch (around.otherEnd(socket)) {
            case OtherEnd.Here(TcpSocket other) ->
                found(socket, other, "the other end is on this host: ", around, findings);
            case OtherEnd.There(TcpSocket other) ->
                found(
                        socket,
                        other,
                        "most likely the other end is in the network namespace "
                                + other.netns().label() + " of this host: ",
                        around,
                        findings);
            case OtherEnd.OneOf(int candidates) ->
                findings.fact(
                        candidates + " network namespaces have a socket with these two ends: which is the other end"
                                + " cannot be told",
                        Words.SOCK_DIAG);
            case OtherEnd.BehindNat(TcpSocket other) ->
                found(
                        socket,
                        other,
                        "the other end is on this host, at " + other.local() + " in the network namespace "
                                + other.netns().label() + ": ",
                        around,
                        findings.fact("an address is translated on the way (NAT)", "conntrack"));
            case OtherEnd.Gone(boolean surely) ->
                findings.fact(
                        "the other end was on this host and is gone"
                                + (surely ? closed(socket) : ", unless an address was translated on the way (NAT)"),
                        Words.SOCK_DIAG + (surely ? "" : ", nf_conntrack_count"));
            case OtherEnd.Unknown(String why) ->
                findings.fact("where the other end is could not be seen: " + why, Words.SOCK_DIAG);
            case OtherEnd.Elsewhere() ->
                findings.fact("no network namespace that can be seen here has the other end", Words.SOCK_DIAG);
        }
    }

    private static String closed(TcpSocket socket) {
        Age age = socket.age();
        boolean fromFin = age != null && socket.state() == TcpState.CLOSE_WAIT;
        return fromFin ? "; it closed " + Words.age(age) + " ago" : "";
    }

    private static void found(TcpSocket socket, TcpSocket other, String where, Surroundings around, Findings findings) {
        findings.fact(where + other.state() + ", " + held(other), Words.SOCK_DIAG);
        if (other.receiveQueue() > 0 && !other.orphan()) {
            findings.fact(
                    "the other end has " + Words.count(other.receiveQueue(), "byte") + " unread, a FIN counted as one",
                    Words.SOCK_DIAG + " Recv-Q");
        }
        new Holders(other, around).describe(findings);
        if (!other.orphan()) {
            findings.advise(new Counsel(socket, around.self()).whyOther(other));
        }
    }

    private static String held(TcpSocket other) {
        if (other.unaccepted()) {
            return "not accepted by its program";
        }
        return other.orphan()
                ? "no program has it any more: it was closed, or its program has ended"
                : "held by " + Words.owners(other);
    }

    /** Notes how many there are like it, and whether they came in a burst or one by one. */
    static void sisters(TcpSocket socket, Surroundings around, Findings findings) {
        Sisters sisters = around.sisters(socket);
        if (sisters.count() > 1) {
            String pattern = sisters.pattern();
            findings.fact(
                    Words.count(sisters.count() - 1, "other socket") + " like this one in " + socket.state()
                            + " with the same peer" + (pattern.isEmpty() ? "" : "; " + pattern),
                    Words.SOCK_DIAG);
        }
    }

    /** Notes how long the connection has been in its state. */
    static void age(TcpSocket socket, String since, Findings findings) {
        Age age = socket.age();
        if (age != null) {
            findings.fact(since + " " + Words.age(age) + " ago", Words.ageSource(age));
        }
    }

    /** Notes the timer that will move it. */
    static void timer(TcpSocket socket, Findings findings) {
        if (socket.timer() == null) {
            findings.fact("no timer runs: the kernel will do nothing by itself", Words.SOCK_DIAG + " timer");
        } else {
            findings.fact(
                    "timer " + socket.timer().kind().label() + ", due in "
                            + Durations.format(Math.max(0, socket.timer().expiresMillis())) + ", fired "
                            + Words.count(socket.timer().retransmits(), "time"),
                    Words.SOCK_DIAG + " timer");
        }
    }
}
