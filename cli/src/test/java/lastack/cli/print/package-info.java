@NullMarked
package lastack.cli.print;

import org.jspecify.annotations.NullMarked;
