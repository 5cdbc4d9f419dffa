/** Programs that are started with socket options forced on them. */
@NullMarked
package lastack.launch;

import org.jspecify.annotations.NullMarked;
