/** Local ports: whether a program could bind one, and what stands in its way. */
@NullMarked
package lastack.ports;

import org.jspecify.annotations.NullMarked;
