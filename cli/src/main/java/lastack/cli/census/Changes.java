package lastack.cli.census;

/** A source of state changes as they happen. Without one they are told from the differences between two looks. */
public interface Changes extends AutoCloseable {
    /** Adds what happened since the last call; false when this source sees nothing, so that differences must do. */
    boolean addTo(Flows flows);

    @Override
    void close();

    /** No source. */
    Changes NONE = new Changes() {
        @Override
        public boolean addTo(Flows flows) {
            return false;
        }

        @Override
        public void close() {}
    };
}
