package lastack.jvm.heap;

import java.io.IOException;

/** Two visitors on one way through a dump; only the first is told of arrays of objects. */
record Together(DumpVisitor first, DumpVisitor second) implements DumpVisitor {
    @Override
    public void root(RootKind kind, long object, int thread, int frame) {
        first.root(kind, object, thread, frame);
        second.root(kind, object, thread, frame);
    }

    @Override
    public void loaded(int serial, long type, long name) {
        first.loaded(serial, type, name);
        second.loaded(serial, type, name);
    }

    @Override
    public void type(DumpType type) {
        first.type(type);
        second.type(type);
    }

    @Override
    public void instance(long id, long type, DumpReader reader) throws IOException {
        first.instance(id, type, reader);
        second.instance(id, type, reader);
    }

    @Override
    public void element(long array, long type, int index, int count, long object) {
        first.element(array, type, index, count, object);
    }

    @Override
    public void numbers(long array, int bytesEach, int count, DumpReader reader) throws IOException {
        second.numbers(array, bytesEach, count, reader);
    }
}
