package lastack.diagnosis;

import java.util.List;
import lastack.model.Gap;

/**
 * What an investigation found.
 *
 * @param matched how many sockets matched, whatever the limit
 * @param gone how many of the first of two looks were not there any more at the second
 * @param diagnoses one for each socket, up to the limit
 * @param groups the same, by verdict, owner and peer; those that need attention first
 * @param gaps what could not be seen
 */
public record Report(int matched, int gone, List<Diagnosis> diagnoses, List<Group> groups, List<Gap> gaps) {}
