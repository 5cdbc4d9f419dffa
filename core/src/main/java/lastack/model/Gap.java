package lastack.model;

/**
 * Something an answer could not see, said beside the answer instead of failing it.
 *
 * @param what what is missing
 * @param why the reason
 * @param remedy what would show it
 */
public record Gap(String what, String why, String remedy) {}
