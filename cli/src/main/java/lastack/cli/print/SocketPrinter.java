package lastack.cli.print;

import java.util.List;
import lastack.model.Gap;
import lastack.model.SocketView;

/** Prints sockets one after the other, in one of the formats. */
public interface SocketPrinter {
    /** Prints one socket. */
    void print(SocketView socket);

    /** Prints what belongs behind the last one. */
    void finish(List<Gap> gaps);
}
