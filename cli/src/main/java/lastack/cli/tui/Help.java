package lastack.cli.tui;

/** The page that h shows. */
final class Help {
    private static final String PAGE = """
            up down j k     move                    PgUp PgDn Home End g G   move further
            Tab             to the other list       mouse wheel              move
            Enter           on a socket: why it is as it is, and what to do
                            on a group: list its sockets only; Esc lists all again
            /               filter, in the language of ss and more; Tab completes
            s               sort by state, age, recv-q, send-q, local port, peer
            Space           mark a socket           a        mark all that are listed
            d               show what close would do
            c               close the marked sockets, or the one under the cursor:
                            shows the plan, asks, and does only what was shown
            n               choose a network namespace
            p               pause                   Ctrl-L   draw anew
            h ?             this page               q        quit
            Esc             back

            The diagram is that of RFC 9293: how many sockets are in each state, and how many a
            second go along each arrow. A state is highlighted when a socket has been in
            it for five seconds and more though it should only be passed through.

            Trends reach back over the last looks. Ages marked > are at least so long.
            """;

    private Help() {}

    static Overlay.Text text() {
        return new Overlay.Text("help", PAGE.lines().toList(), 0);
    }
}
