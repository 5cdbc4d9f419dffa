package lastack.cli.tui;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.Signals;

/** The terminal, taken over when this is opened and given back as it was when it is closed. */
final class Console implements AutoCloseable {
    private final Terminal terminal;
    private final Attributes before;
    private final Display display;
    private final Palette palette;
    private boolean taken;

    private Console(Terminal terminal, Palette palette) {
        this.terminal = terminal;
        this.before = terminal.getAttributes();
        this.display = new Display(LineDrawing.on(terminal), true);
        this.palette = palette;
    }

    /** Takes the terminal over. */
    static Console open(boolean colours) throws IOException {
        Terminal terminal;
        try (NativeLibrary _ = NativeLibrary.unpacked()) {
            terminal = TerminalBuilder.builder()
                    .system(true)
                    .providers("jni,exec")
                    .dumb(false)
                    .encoding(StandardCharsets.UTF_8)
                    .graphemeCluster(false)
                    .nativeSignals(false)
                    .build();
        }
        Console console = new Console(terminal, new Palette(colours));
        console.take();
        return console;
    }

    Keyboard keyboard() {
        return new Keyboard(terminal);
    }

    /** Has signals told as events. The JVM's own handlers would end it without giving the terminal back. */
    void tellSignals(Consumer<Event> events) {
        on("WINCH", () -> events.accept(resized()));
        on("CONT", () -> events.accept(new Event.Continued()));
        on("TSTP", () -> events.accept(Event.Press.of(Key.SUSPEND)));
        on("INT", () -> events.accept(new Event.Ended(Exit.INTERRUPTED)));
        on("TERM", () -> events.accept(new Event.Ended(Exit.TERMINATED)));
        on("HUP", () -> events.accept(new Event.Ended(Exit.HUNG_UP)));
    }

    private static void on(String signal, Runnable handler) {
        Signals.register(signal, handler);
    }

    /** How large the terminal is now. */
    Event.Resized resized() {
        return new Event.Resized(terminal.getColumns(), terminal.getRows());
    }

    private void take() {
        terminal.enterRawMode();
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.keypad_xmit);
        terminal.puts(Capability.cursor_invisible);
        terminal.trackMouse(Terminal.MouseTracking.Normal);
        terminal.flush();
        taken = true;
    }

    private void giveBack() {
        if (taken) {
            taken = false;
            terminal.trackMouse(Terminal.MouseTracking.Off);
            terminal.puts(Capability.cursor_normal);
            terminal.puts(Capability.keypad_local);
            terminal.puts(Capability.exit_ca_mode);
            terminal.flush();
            terminal.setAttributes(before);
        }
    }

    /** Draws what has changed; false when nobody can see it any more. */
    boolean draw(Screen screen) {
        display.resize(Size.of(screen.width(), screen.height()));
        display.update(palette.lines(screen), -1);
        return !terminal.writer().checkError();
    }

    /** The next drawing draws everything. */
    void forget() {
        terminal.enterRawMode();
        display.clear();
        display.reset();
        terminal.puts(Capability.clear_screen);
    }

    /** Gives the terminal back, stops as Ctrl-Z does until the shell continues us, and takes it over again. */
    void suspend() throws IOException {
        giveBack();
        Signals.registerDefault("TSTP");
        try {
            // The whole group, as the terminal would; where no shell could continue it, the kernel lets it go on.
            new ProcessBuilder("/bin/sh", "-c", "kill -TSTP 0").start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            take();
        }
    }

    @Override
    public void close() {
        giveBack();
    }
}
