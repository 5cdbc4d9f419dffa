package lastack.tuning;

import java.util.List;
import lastack.tuning.HostFacts.Destination;
import lastack.tuning.Verdict.Leaning;

/** Judges each setting by what was measured; decides nothing by rule of thumb alone, and says the figures. */
final class Advisor {
    /** From which part of a limit on it is worth doing something about it, in percent. */
    private static final int NEAR = 50;

    private static final int RETRIES_OF_RFC_1122 = 8;

    private final HostFacts facts;

    Advisor(HostFacts facts) {
        this.facts = facts;
    }

    /** The verdict on a setting that has this value now. */
    Verdict on(Setting setting, String value) {
        return switch (setting) {
            case TCP_TW_REUSE -> value.equals("1") ? inForce() : forPorts("a port in TIME-WAIT could be used again");
            case TCP_TW_REUSE_DELAY -> notNeeded("only matters when tcp_tw_reuse runs out of ports: " + reused());
            case TCP_FIN_TIMEOUT -> finTimeout(value);
            case TCP_MAX_TW_BUCKETS -> timeWaitBuckets(value);
            case IP_LOCAL_PORT_RANGE -> forPorts("a wider range gives more");
            case IP_LOCAL_RESERVED_PORTS -> reservedPorts();
            case TCP_MAX_ORPHANS -> orphans(value);
            case TCP_ORPHAN_RETRIES -> orphanRetries();
            case TCP_RETRIES2 -> retries(value);
            case TCP_KEEPALIVE_TIME, TCP_KEEPALIVE_INTVL, TCP_KEEPALIVE_PROBES -> keepalive();
            case TCP_RFC1337 -> notNeeded("it is about safety, not about lingering; " + timeWaits());
            case TCP_ABORT_ON_OVERFLOW -> abortOnOverflow();
            case SOMAXCONN -> listenQueues(value);
            case TCP_MAX_SYN_BACKLOG -> synBacklog();
            case CONNTRACK_ESTABLISHED, CONNTRACK_CLOSE_WAIT, CONNTRACK_FIN_WAIT, CONNTRACK_TIME_WAIT -> conntrack();
        };
    }

    private Verdict forPorts(String how) {
        Destination busiest = facts.busiest();
        if (busiest == null) {
            return notNeeded("no outgoing connection uses any of the " + facts.ephemeralPorts() + " ephemeral ports");
        }
        String use = busiest.used() + " of " + facts.ephemeralPorts() + " ports in use for " + busiest.ends() + ", "
                + busiest.timeWait() + " of them in TIME-WAIT";
        return isNear(busiest.used(), facts.ephemeralPorts()) ? helps(use + "; " + how) : notNeeded("at most " + use);
    }

    private Verdict inForce() {
        return notNeeded("already on: " + reused());
    }

    private String reused() {
        return count("TcpExt.TWRecycled", "port was", "ports were") + " taken over from TIME-WAIT";
    }

    private String timeWaits() {
        return facts.timeWait() + " in TIME-WAIT";
    }

    private Verdict finTimeout(String value) {
        String seen = some(facts.waitingForFin(), "orphan waits", "orphans wait") + " in FIN-WAIT-2";
        return facts.waitingForFin() >= 1_000
                ? helps(seen + ", each for up to " + value + " s")
                : notNeeded(seen + "; TIME-WAIT is not touched by this");
    }

    private Verdict timeWaitBuckets(String value) {
        long overflow = facts.counter("TcpExt.TCPTimeWaitOverflow");
        String seen = facts.timeWait() + " of " + value + " in use";
        return overflow > 0
                ? helps("raise it: " + overflow + " connections were refused their TIME-WAIT so far; " + seen)
                : notNeeded(seen + ", no overflow so far");
    }

    private Verdict reservedPorts() {
        if (facts.exposedListeners().isEmpty()) {
            return notNeeded("no listener's port is among the ephemeral ones");
        }
        return helps("reserve the port of " + firstOf(facts.exposedListeners())
                + ": when its service restarts, an outgoing connection may sit on it");
    }

    private static String firstOf(List<String> ends) {
        return ends.size() == 1 ? ends.getFirst() : ends.getFirst() + " and " + (ends.size() - 1) + " more";
    }

    private Verdict orphans(String value) {
        long orphans = facts.counter("TCP.orphan");
        long aborted = facts.counter("TcpExt.TCPAbortOnMemory");
        String seen = some(orphans, "orphan", "orphans") + " of at most " + value + " on the host, "
                + count("TcpExt.TCPAbortOnMemory", "orphan was", "orphans were")
                + " reset for too many or too little memory";
        return aborted > 0 || isNear(orphans, parse(value)) ? helps(seen) : notNeeded(seen);
    }

    private Verdict orphanRetries() {
        String seen = some(facts.finishing(), "orphan waits", "orphans wait")
                + " for an ACK in FIN-WAIT-1, CLOSING or LAST-ACK";
        return facts.finishing() >= 1_000 || facts.counter("TcpExt.TCPAbortOnMemory") > 0
                ? helps(seen + "; a lower value gives them up sooner")
                : notNeeded(seen);
    }

    private Verdict retries(String value) {
        String seen = some(facts.unheard(), "connection is", "connections are")
                + " repeating data unheard for the fourth time and more; "
                + count("TcpExt.TCPAbortOnTimeout", "was", "were") + " given up so far";
        boolean tooPatient = parse(value) > RETRIES_OF_RFC_1122;
        return facts.unheard() > 0 && tooPatient
                ? helps(seen + "; RFC 1122 asks for at least 100 s, which is 8")
                : notNeeded(seen);
    }

    private Verdict keepalive() {
        return facts.keepalives() == 0
                ? notNeeded("no connection here uses keepalive, so it changes nothing")
                : new Verdict(
                        Leaning.MAY_HELP,
                        some(facts.keepalives(), "connection uses", "connections use") + " keepalive; "
                                + count("TcpExt.TCPKeepAlive", "probe was", "probes were") + " sent so far");
    }

    private Verdict abortOnOverflow() {
        return facts.counter("TcpExt.ListenOverflows") == 0
                ? notNeeded("no listener's queue was full so far")
                : new Verdict(
                        Leaning.NOT_NEEDED,
                        overflows() + "; a longer queue serves those clients, a reset turns them away");
    }

    private String overflows() {
        return count("TcpExt.ListenOverflows", "connection", "connections") + " found a listener's queue full so far";
    }

    private Verdict listenQueues(String value) {
        if (facts.counter("TcpExt.ListenOverflows") == 0) {
            return notNeeded("no listener's queue was full so far");
        }
        return facts.cappedListeners() > 0
                ? helps(overflows() + ", and "
                        + some(facts.cappedListeners(), "listener has", "listeners have")
                        + " as long a queue as " + value + " allows")
                : notNeeded(
                        overflows() + ", but every listener asked for a shorter one: it must ask for more in listen()");
    }

    private Verdict synBacklog() {
        long dropped = facts.counter("TcpExt.TCPReqQFullDrop");
        String seen = count("TcpExt.TCPReqQFullDrop", "SYN was", "SYNs were") + " dropped and "
                + count("TcpExt.TCPReqQFullDoCookies", "was", "were")
                + " answered with a cookie for lack of room so far";
        return dropped > 0 ? helps(seen) : notNeeded(seen);
    }

    private Verdict conntrack() {
        String seen = some(facts.tracked(), "connection", "connections") + " of at most " + facts.trackedMost()
                + " remembered";
        return isNear(facts.tracked(), facts.trackedMost())
                ? helps(seen + "; a shorter time makes room")
                : notNeeded(seen);
    }

    private String count(String counter, String one, String more) {
        return some(facts.counter(counter), one, more);
    }

    private static String some(long number, String one, String more) {
        return number + " " + (number == 1 ? one : more);
    }

    private static boolean isNear(long used, long most) {
        return used * 100 >= most * NEAR;
    }

    /** A number the kernel has given. */
    private static long parse(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static Verdict helps(String because) {
        return new Verdict(Leaning.WOULD_HELP, because);
    }

    private static Verdict notNeeded(String because) {
        return new Verdict(Leaning.NOT_NEEDED, because);
    }
}
