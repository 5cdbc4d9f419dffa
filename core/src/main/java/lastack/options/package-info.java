/** Socket options that can be forced on programs that do not set them. */
@NullMarked
package lastack.options;

import org.jspecify.annotations.NullMarked;
