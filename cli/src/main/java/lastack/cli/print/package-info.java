/** How answers look: tables, JSON, CSV. */
@NullMarked
package lastack.cli.print;

import org.jspecify.annotations.NullMarked;
