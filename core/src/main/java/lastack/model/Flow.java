package lastack.model;

/**
 * One direction of a connection.
 *
 * @param source where its packets come from
 * @param destination where they go
 */
public record Flow(Endpoint source, Endpoint destination) {
    /** The opposite direction. */
    public Flow reversed() {
        return new Flow(destination, source);
    }

    /** {@code source -> destination}. */
    @Override
    public String toString() {
        ByteText out = new ByteText(80);
        source.appendTo(out);
        destination.appendTo(out.append(" -> "));
        return out.toString();
    }
}
