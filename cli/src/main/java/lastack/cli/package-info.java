/** The commands, one file each. */
@NullMarked
package lastack.cli;

import org.jspecify.annotations.NullMarked;
