/** TCP segments of one 4-tuple: sent as they are, captured, and asked about where they would go. */
@NullMarked
package lastack.kernel.packet;

import org.jspecify.annotations.NullMarked;
