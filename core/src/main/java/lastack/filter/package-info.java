/** The filter language: text to {@link lastack.filter.Filter}. */
@NullMarked
package lastack.filter;

import org.jspecify.annotations.NullMarked;
