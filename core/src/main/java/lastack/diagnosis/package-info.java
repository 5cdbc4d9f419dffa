/** Why sockets linger: verdicts with evidence and advice. Start at {@link lastack.diagnosis.Investigation}. */
@NullMarked
package lastack.diagnosis;

import org.jspecify.annotations.NullMarked;
