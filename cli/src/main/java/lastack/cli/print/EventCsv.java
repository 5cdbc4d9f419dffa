package lastack.cli.print;

import lastack.filter.Known;
import lastack.live.StateChange;
import lastack.model.Owner;
import lastack.model.TcpSocket;

/** One row of comma-separated values a change; of several owners the first, and how many there are. */
public final class EventCsv implements EventPrinter {
    private static final String HEADER =
            "time,from,to,source,stayed_ms,stayed_source,stayed_is,family,local_address,local_port,"
                    + "peer_address,peer_port,identified,uid,inode,cookie,netns,owners,pid,start_time,comm,cmdline,user,fd";

    private final CsvRow row;

    /** Rows on the given output. */
    public EventCsv(Output out, boolean header) {
        this.row = new CsvRow(out);
        if (header) {
            out.line(HEADER);
        }
    }

    @Override
    public void print(StateChange change) {
        TcpSocket socket = change.socket();
        row.add(change.time().toString())
                .add(change.from().label())
                .add(change.to().label());
        row.add(change.source().label()).add(change.stayed());
        row.add(socket.id().family().label());
        row.add(socket.local().address().toString()).add(socket.local().port());
        row.add(socket.peer().address().toString()).add(socket.peer().port());
        row.add(Boolean.toString(change.identified()));
        if (change.identified()) {
            identity(socket, change.known() == Known.OWNERS);
        } else {
            row.empty(11);
        }
        row.end();
    }

    private void identity(TcpSocket socket, boolean held) {
        row.add(Integer.toUnsignedLong(socket.uid())).add(held ? Long.toString(socket.inode()) : "");
        row.add(socket.id().cookieHex());
        row.add(socket.netns().label()).add(socket.owners().size());
        if (socket.owners().isEmpty()) {
            row.empty(6);
        } else {
            Owner owner = socket.owners().getFirst();
            row.add(owner.pid())
                    .add(owner.process().startTime())
                    .add(owner.comm())
                    .add(owner.cmdline());
            row.add(owner.user()).add(owner.fd());
        }
    }
}
