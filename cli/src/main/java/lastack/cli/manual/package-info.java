/** Manual pages, made from the definitions of the commands. */
@NullMarked
package lastack.cli.manual;

import org.jspecify.annotations.NullMarked;
