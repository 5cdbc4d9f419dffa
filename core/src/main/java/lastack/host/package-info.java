/** The small tables of a host: who its users are, where its cgroups are. */
@NullMarked
package lastack.host;

import org.jspecify.annotations.NullMarked;
