@NullMarked
package lastack.cli.census;

import org.jspecify.annotations.NullMarked;
