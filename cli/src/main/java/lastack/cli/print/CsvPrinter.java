package lastack.cli.print;

import java.util.List;
import lastack.model.Age;
import lastack.model.Gap;
import lastack.model.Owner;
import lastack.model.SocketView;
import lastack.model.Timer;
import org.jspecify.annotations.Nullable;

/** Comma-separated values (RFC 4180) under a fixed header; a socket with several owners has a row for each. */
public final class CsvPrinter implements SocketPrinter {
    private static final String HEADER =
            "state,family,local_address,local_port,peer_address,peer_port,interface,recv_q,"
                    + "send_q,uid,inode,cookie,mark,timer,timer_expires_ms,retransmits,age_ms,age_source,age_is,netns,orphan,"
                    + "unaccepted,pid,start_time,comm,cmdline,user,fd";

    private final Output out;
    private final StringBuilder row = new StringBuilder(200);

    /** Rows on the given output. */
    public CsvPrinter(Output out, boolean header) {
        this.out = out;
        if (header) {
            out.line(HEADER);
        }
    }

    @Override
    public void print(SocketView socket) {
        if (socket.owners().isEmpty()) {
            begin(socket);
            row.append(",,,,,");
            out.line(row);
        }
        for (Owner owner : socket.owners()) {
            begin(socket);
            add(owner.pid()).add(owner.process().startTime()).add(owner.comm()).add(owner.cmdline());
            add(owner.user()).append(owner.fd());
            out.line(row);
        }
    }

    private void begin(SocketView socket) {
        row.setLength(0);
        add(socket.state().label()).add(socket.id().family().label());
        add(socket.local().address().toString()).add(socket.local().port());
        add(socket.peer().address().toString()).add(socket.peer().port());
        add(socket.local().device() == null ? "" : socket.local().device());
        add(socket.receiveQueue()).add(socket.sendQueue());
        add(Integer.toUnsignedLong(socket.uid()))
                .add(socket.inode())
                .add(socket.id().cookieHex());
        add(Integer.toUnsignedLong(socket.mark()));
        timer(socket.timer());
        age(socket.age());
        add(socket.netns().label()).add(Boolean.toString(socket.orphan())).add(Boolean.toString(socket.unaccepted()));
    }

    private void timer(@Nullable Timer timer) {
        if (timer == null) {
            row.append(",,,");
        } else {
            add(timer.kind().label()).add(timer.expiresMillis()).add(timer.retransmits());
        }
    }

    private void age(@Nullable Age age) {
        if (age == null) {
            row.append(",,,");
        } else {
            add(age.millis()).add(age.source().label()).add(age.bound().label());
        }
    }

    private CsvPrinter add(long number) {
        row.append(number).append(',');
        return this;
    }

    private CsvPrinter add(String text) {
        appendQuoted(SafeText.of(text));
        row.append(',');
        return this;
    }

    private void append(int number) {
        row.append(number);
    }

    private void appendQuoted(String text) {
        boolean plain =
                text.indexOf(',') < 0 && text.indexOf('"') < 0 && text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
        row.append(plain ? text : '"' + text.replace("\"", "\"\"") + '"');
    }

    @Override
    public void finish(List<Gap> gaps) {
        // What could not be seen goes to standard error, not between the rows.
    }
}
