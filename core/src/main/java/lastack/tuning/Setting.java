package lastack.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The kernel's settings that matter here, with what they do and what many believe they do ({@code Documentation/networking/ip-sysctl.rst},
 * {@code nf_conntrack-sysctl.rst}).
 */
public enum Setting {
    TCP_TW_REUSE(
            "net.ipv4.tcp_tw_reuse",
            new Form.Whole(0, 2, ""),
            "lets connect() take a port that is in TIME-WAIT to the same destination, where both ends use TCP timestamps:"
                    + " 0 never, 1 always, 2 on loopback only",
            "removes no TIME-WAIT, and does nothing for bind(), listeners and incoming connections"),
    TCP_TW_REUSE_DELAY(
            "net.ipv4.tcp_tw_reuse_delay",
            new Form.Whole(1, 60_000, "ms"),
            "how old a TIME-WAIT must be before tcp_tw_reuse takes its port (Linux 6.14; a second before that)",
            "does nothing where tcp_tw_reuse is 0"),
    TCP_FIN_TIMEOUT(
            "net.ipv4.tcp_fin_timeout",
            new Form.Whole(1, 3_600, "s"),
            "how long an orphan waits in FIN-WAIT-2 for a peer that never closes",
            "never shortens TIME-WAIT, which is 60 s in the kernel's source; nothing for sockets a program holds, nor for those"
                    + " that wait already"),
    TCP_MAX_TW_BUCKETS(
            "net.ipv4.tcp_max_tw_buckets",
            new Form.Whole(0, Integer.MAX_VALUE, ""),
            "how many TIME-WAITs there may be; a connection beyond that ends without one",
            "those that exist stay; lowering it takes away the protection against late packets of old connections"),
    IP_LOCAL_PORT_RANGE(
            "net.ipv4.ip_local_port_range",
            new Form.PortRange(),
            "the ports connect() chooses from: how many connections one address can have to one destination",
            "leaves existing connections alone; adds nothing where they go to many destinations"),
    IP_LOCAL_RESERVED_PORTS(
            "net.ipv4.ip_local_reserved_ports",
            new Form.PortList(),
            "ports the kernel never chooses by itself, so that no outgoing connection sits on the port of a service",
            "a program that asks for such a port still gets it"),
    TCP_MAX_ORPHANS(
            "net.ipv4.tcp_max_orphans",
            new Form.Whole(0, Integer.MAX_VALUE, ""),
            "how many sockets without a process there may be on the whole host; beyond that they are reset",
            "TIME-WAITs do not count, nor FIN-WAIT-2 orphans kept as such; lowering it resets connections that were about to end well"),
    TCP_ORPHAN_RETRIES(
            "net.ipv4.tcp_orphan_retries",
            new Form.Whole(0, 255, ""),
            "how often an orphan in FIN-WAIT-1, CLOSING or LAST-ACK repeats itself unheard; 0 means 8",
            "nothing for sockets a program holds (tcp_retries2), nothing for FIN-WAIT-2 and TIME-WAIT"),
    TCP_RETRIES2(
            "net.ipv4.tcp_retries2",
            new Form.Whole(1, 255, ""),
            "how often data is repeated unheard before a connection is given up; 15 is about a quarter of an hour, 8 about 100 s",
            "nothing for idle connections: without data nothing is repeated"),
    TCP_KEEPALIVE_TIME(
            "net.ipv4.tcp_keepalive_time",
            new Form.Whole(1, 32_767, "s"),
            "how long a connection is idle before it is probed",
            "only where the program asks for SO_KEEPALIVE; not where it sets its own times; not CLOSE-WAIT whose peer answers"),
    TCP_KEEPALIVE_INTVL(
            "net.ipv4.tcp_keepalive_intvl",
            new Form.Whole(1, 32_767, "s"),
            "the time between two unanswered keepalive probes",
            "only where the program asks for SO_KEEPALIVE"),
    TCP_KEEPALIVE_PROBES(
            "net.ipv4.tcp_keepalive_probes",
            new Form.Whole(1, 127, ""),
            "how many keepalive probes may go unanswered",
            "only where the program asks for SO_KEEPALIVE"),
    TCP_RFC1337(
            "net.ipv4.tcp_rfc1337",
            new Form.Whole(0, 1, ""),
            "1 lets a TIME-WAIT ignore every RST",
            "removes nothing; with 1 a reset cannot end a TIME-WAIT either, only destroy can"),
    TCP_ABORT_ON_OVERFLOW(
            "net.ipv4.tcp_abort_on_overflow",
            new Form.Whole(0, 1, ""),
            "1 resets a connection that finds the listener's queue full; with 0 its client tries again by itself",
            "makes no queue longer"),
    SOMAXCONN(
            "net.core.somaxconn",
            new Form.Whole(1, Integer.MAX_VALUE, ""),
            "the longest queue a listener gets, whatever it asks for",
            "nothing for a program that asks for less; nothing for a listener until it calls listen() again"),
    TCP_MAX_SYN_BACKLOG(
            "net.ipv4.tcp_max_syn_backlog",
            new Form.Whole(1, Integer.MAX_VALUE, ""),
            "how many half-open connections a listener has room for where SYN cookies are off",
            "nothing beyond the listener's own queue (somaxconn); nothing where SYN cookies are on, as they are by default"),
    CONNTRACK_ESTABLISHED(
            "net.netfilter.nf_conntrack_tcp_timeout_established",
            new Form.Whole(1, 31_536_000, "s"),
            "how long a router remembers an idle connection that passes through it",
            "ends no connection: the two ends do not notice, until NAT no longer knows where their packets belong"),
    CONNTRACK_CLOSE_WAIT(
            "net.netfilter.nf_conntrack_tcp_timeout_close_wait",
            new Form.Whole(1, 31_536_000, "s"),
            "how long a router remembers a connection of which one end has finished",
            "says nothing about CLOSE-WAIT sockets: this is the router's memory"),
    CONNTRACK_FIN_WAIT(
            "net.netfilter.nf_conntrack_tcp_timeout_fin_wait",
            new Form.Whole(1, 31_536_000, "s"),
            "how long a router remembers a connection whose first FIN is not acknowledged",
            "shortens no FIN-WAIT of a socket (tcp_fin_timeout)"),
    CONNTRACK_TIME_WAIT(
            "net.netfilter.nf_conntrack_tcp_timeout_time_wait",
            new Form.Whole(1, 31_536_000, "s"),
            "how long a router remembers a connection that is over",
            "shortens no TIME-WAIT of a socket");

    private static final String USUAL_PREFIX = "net.ipv4.";

    private final String sysctl;

    @SuppressWarnings("ImmutableEnumChecker") // Its records hold nothing but numbers.
    private final Form form;

    private final String does;
    private final String doesNot;

    Setting(String sysctl, Form form, String does, String doesNot) {
        this.sysctl = sysctl;
        this.form = form;
        this.does = does;
        this.doesNot = doesNot;
    }

    /** The setting of this name, with or without {@code net.ipv4.} and the like, with dots or with slashes. */
    public static Optional<Setting> named(String name) {
        String dotted = name.replace('/', '.');
        for (Setting setting : values()) {
            if (dotted.equals(setting.sysctl) || dotted.equals(setting.shortName())) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }

    /** The names of all, as short as they may be written. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Setting setting : values()) {
            names.add(setting.shortName());
        }
        return names;
    }

    /** The name as sysctl(8) has it: {@code net.ipv4.tcp_tw_reuse}. */
    public String sysctl() {
        return sysctl;
    }

    /** The last part of the name: {@code tcp_tw_reuse}. */
    public String shortName() {
        return sysctl.substring(sysctl.lastIndexOf('.') + 1);
    }

    /** What values look like. */
    public Form form() {
        return form;
    }

    /** What it really does. */
    public String does() {
        return does;
    }

    /** What it does not do, though people hope so. */
    public String doesNot() {
        return doesNot;
    }

    /** Whether every network namespace has its own; otherwise it is the host's, and can only be reached from the first one. */
    public boolean perNamespace() {
        return this != TCP_MAX_ORPHANS;
    }

    /** Whether it belongs to TCP itself and not to the memory of a router. */
    boolean isOfTcp() {
        return sysctl.startsWith(USUAL_PREFIX);
    }
}
