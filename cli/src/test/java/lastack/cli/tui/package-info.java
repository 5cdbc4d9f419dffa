@NullMarked
package lastack.cli.tui;

import org.jspecify.annotations.NullMarked;
