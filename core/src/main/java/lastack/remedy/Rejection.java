package lastack.remedy;

/**
 * A method that was passed over for one socket.
 *
 * @param method which
 * @param why the reason, as the rest of a sentence
 */
public record Rejection(Method method, String why) {}
