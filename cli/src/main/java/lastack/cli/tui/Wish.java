package lastack.cli.tui;

import java.util.Set;
import lastack.cli.census.Question;
import lastack.model.TcpSocket;

/** What the view wants done outside of itself. */
sealed interface Wish {
    /** Ends with an exit code. */
    record Quit(int code) implements Wish {}

    /** Stops the process as Ctrl-Z does. */
    record Suspend() implements Wish {}

    /** Draws everything anew. */
    record Redraw() implements Wish {}

    /** Looks at something else from now on. */
    record Ask(Question question) implements Wish {}

    /** Looks no more, or again. */
    record Pause(boolean paused) implements Wish {}

    /** Reads a filter: {@link Event.FilterRead} or {@link Event.FilterRefused}. */
    record ReadFilter(String text) implements Wish {}

    /** Finds out why a socket is as it is: {@link Event.Told}. */
    record Explain(TcpSocket socket) implements Wish {}

    /** Plans to remove these: {@link Event.Planned}. */
    record Plan(Set<Mark> sockets) implements Wish {}

    /** Carries out the plan that was shown: {@link Event.Told}. */
    record CarryOut() implements Wish {}

    /** Forgets the plan. */
    record DropPlan() implements Wish {}
}
