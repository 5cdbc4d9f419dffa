package lastack.jvm.heap;

import java.io.IOException;

/** Told of each record of a dump that it asks for. The reader stands at a record's content; whatever is read of it, the dump goes on behind. */
interface DumpVisitor {
    /** Whether to be told of what is in the heap, and not only of what stands before and between. */
    default boolean wantsHeap() {
        return true;
    }

    /** A name: of a class, a field, a method or a file. */
    default void text(long id, int length, DumpReader reader) throws IOException {}

    /** A class, before its fields are told. */
    default void loaded(int serial, long type, long name) {}

    /** A call on some stack; line 0 or less where it is not known. */
    default void frame(long id, long method, long file, int typeSerial, int line) {}

    /** The stack of a thread, the innermost call first. */
    default void stack(int thread, long[] frames) {}

    /** A reference from outside the heap; {@code thread} and {@code frame} are -1 where it has none. */
    default void root(RootKind kind, long object, int thread, int frame) {}

    /** A class with its fields. */
    default void type(DumpType type) {}

    /** An object; all of its fields are in the reader's buffer. */
    default void instance(long id, long type, DumpReader reader) throws IOException {}

    /** What one place of an array of objects refers to. */
    default void element(long array, long type, int index, int count, long object) {}

    /** An array of numbers; {@code bytesEach} is the size of one. */
    default void numbers(long array, int bytesEach, int count, DumpReader reader) throws IOException {}
}
