/** What this kernel and these privileges allow. */
@NullMarked
package lastack.doctor;

import org.jspecify.annotations.NullMarked;
