/** The kernel's settings that matter to lingering sockets: shown, explained, changed and put back. */
@NullMarked
package lastack.tuning;

import org.jspecify.annotations.NullMarked;
