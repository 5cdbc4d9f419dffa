package lastack.diagnosis;

/**
 * Something that was seen.
 *
 * @param fact what
 * @param source where: a file, a field of {@code tcp_info}, sock_diag
 */
public record Evidence(String fact, String source) {}
