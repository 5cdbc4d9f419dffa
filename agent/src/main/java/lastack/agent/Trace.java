package lastack.agent;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;

/** Notes where sockets are opened, from {@link #begin} until {@link #end}, which gives every class its own code back. */
final class Trace {
    private static final String HOOK = "lastack.agent.boot.Opened";

    /** One socket that was opened. It is not kept alive by this. */
    static final class Opening extends WeakReference<Object> {
        final long millis;
        final String thread;
        final StackTraceElement[] frames;

        Opening(Object socket, long millis, String thread, StackTraceElement[] frames) {
            super(socket);
            this.millis = millis;
            this.thread = thread;
            this.frames = frames;
        }

        /** The socket, or null when it is no more. */
        @Nullable
        Object socket() {
            return get();
        }
    }

    private final Instrumentation instrumentation;
    private final File jar;
    private @Nullable Rewriter rewriter;
    private @Nullable Openings openings;

    Trace(Instrumentation instrumentation, File jar) {
        this.instrumentation = instrumentation;
        this.jar = jar;
    }

    boolean isOn() {
        return openings != null;
    }

    /** How many openings were noted. */
    int count() {
        Openings noted = openings;
        return noted == null ? 0 : noted.count();
    }

    List<Opening> openings() {
        Openings noted = openings;
        return noted == null ? new ArrayList<Opening>() : noted.all();
    }

    /**
     * Begins; does nothing where one runs already.
     *
     * @param most how many openings to keep; the oldest give way
     */
    void begin(int most) throws Exception {
        if (isOn()) {
            return;
        }
        showHook();
        Openings noted = new Openings(most);
        Rewriter added = new Rewriter();
        instrumentation.addTransformer(added, true);
        rewriter = added;
        openings = noted;
        Hook.connect(noted);
        rewrite();
    }

    /** Ends; every class has its own code again. */
    void end() {
        Rewriter added = rewriter;
        if (added == null) {
            return;
        }
        instrumentation.removeTransformer(added);
        Hook.connect(null);
        rewriter = null;
        openings = null;
        try {
            rewrite();
        } catch (UnmodifiableClassException | RuntimeException e) {
            // Their code still calls the hook, which does nothing any more.
            return;
        }
    }

    private void rewrite() throws UnmodifiableClassException {
        List<Class<?>> concerned = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (Rewriter.concerns(type.getName().replace('.', '/')) && instrumentation.isModifiableClass(type)) {
                concerned.add(type);
            }
        }
        if (!concerned.isEmpty()) {
            instrumentation.retransformClasses(concerned.toArray(new Class<?>[0]));
        }
    }

    /** The JDK's classes see only what the boot loader has; one small class stays there for as long as the JVM runs. */
    private void showHook() throws IOException {
        try {
            Class.forName(HOOK, false, null);
            return;
        } catch (ClassNotFoundException e) {
            // The first trace in this JVM.
        }
        File small = File.createTempFile("lastack", ".jar");
        try {
            pack(small);
            instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(small));
            Class.forName(HOOK, false, null);
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        } finally {
            // The JVM has it open.
            if (!small.delete()) {
                small.deleteOnExit();
            }
        }
    }

    private void pack(File small) throws IOException {
        String entry = HOOK.replace('.', '/') + ".class";
        try (JarFile own = new JarFile(jar);
                InputStream code = own.getInputStream(own.getEntry(entry));
                OutputStream file = new FileOutputStream(small);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry(entry));
            byte[] bytes = new byte[8192];
            for (int n = code.read(bytes); n > 0; n = code.read(bytes)) {
                out.write(bytes, 0, n);
            }
            out.closeEntry();
        }
    }

    /** Where this one was opened, if that was noted. */
    @SuppressWarnings("ReferenceEquality") // The very object is meant.
    void tell(Found found, List<Opening> noted, Answer answer) throws IOException {
        for (Opening opening : noted) {
            if (opening.socket() == found.inner) {
                answer.line("opened", Long.toString(opening.millis), opening.thread);
                answer.frames(opening.frames);
                return;
            }
        }
    }
}
