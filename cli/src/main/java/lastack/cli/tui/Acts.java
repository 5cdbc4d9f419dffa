package lastack.cli.tui;

import java.util.List;
import java.util.Set;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;

/** What the view can have done. */
public interface Acts {
    /** Reads a filter. */
    Filter filter(String text) throws FilterSyntaxException, UnavailableException;

    /** Why a socket is as it is, in lines of at most so many columns. */
    List<String> explain(TcpSocket socket, int columns) throws UnavailableException;

    /** Plans to remove these, as far as they still match the filter. */
    Intent plan(Filter filter, Set<Mark> sockets) throws UnavailableException;

    /** A plan that was made and not yet carried out. */
    interface Intent extends AutoCloseable {
        /** What would be done. */
        List<String> preview();

        /** How many sockets would be touched. */
        int actionable();

        /** Does what was shown and nothing else; what came of it. */
        List<String> carryOut() throws UnavailableException;

        @Override
        void close();
    }
}
