/** What may come next on a command line that is being typed. */
@NullMarked
package lastack.cli.completion;

import org.jspecify.annotations.NullMarked;
