package lastack.cli.print;

import java.util.List;
import lastack.model.Gap;
import lastack.model.Owner;
import lastack.model.SocketView;
import lastack.model.Timer;
import org.jspecify.annotations.Nullable;

/** Comma-separated values under a fixed header; a socket with several owners has a row for each. */
public final class CsvPrinter implements SocketPrinter {
    private static final String HEADER =
            "state,family,local_address,local_port,peer_address,peer_port,interface,recv_q,"
                    + "send_q,uid,inode,cookie,mark,timer,timer_expires_ms,retransmits,age_ms,age_source,age_is,netns,orphan,"
                    + "unaccepted,pid,start_time,comm,cmdline,user,fd";

    private final CsvRow row;

    /** Rows on the given output. */
    public CsvPrinter(Output out, boolean header) {
        this.row = new CsvRow(out);
        if (header) {
            out.line(HEADER);
        }
    }

    @Override
    public void print(SocketView socket) {
        if (socket.owners().isEmpty()) {
            begin(socket);
            row.empty(6).end();
        }
        for (Owner owner : socket.owners()) {
            begin(socket);
            row.add(owner.pid())
                    .add(owner.process().startTime())
                    .add(owner.comm())
                    .add(owner.cmdline());
            row.add(owner.user()).add(owner.fd()).end();
        }
    }

    private void begin(SocketView socket) {
        String device = socket.local().device();
        row.add(socket.state().label()).add(socket.id().family().label());
        row.add(socket.local().address().toString()).add(socket.local().port());
        row.add(socket.peer().address().toString()).add(socket.peer().port());
        row.add(device == null ? "" : device);
        row.add(socket.receiveQueue()).add(socket.sendQueue());
        row.add(Integer.toUnsignedLong(socket.uid()))
                .add(socket.inode())
                .add(socket.id().cookieHex());
        row.add(Integer.toUnsignedLong(socket.mark()));
        timer(socket.timer());
        row.add(socket.age()).add(socket.netns().label());
        row.add(Boolean.toString(socket.orphan())).add(Boolean.toString(socket.unaccepted()));
    }

    private void timer(@Nullable Timer timer) {
        if (timer == null) {
            row.empty(3);
        } else {
            row.add(timer.kind().label()).add(timer.expiresMillis()).add(timer.retransmits());
        }
    }

    @Override
    public void finish(List<Gap> gaps) {
        // What could not be seen goes to standard error, not between the rows.
    }
}
