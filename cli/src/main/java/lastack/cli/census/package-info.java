/** Looking again and again: what changed, what grows, what stays; as little kept from look to look as that takes. */
@NullMarked
package lastack.cli.census;

import org.jspecify.annotations.NullMarked;
