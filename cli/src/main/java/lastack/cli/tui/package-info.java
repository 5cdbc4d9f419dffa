/** The full-screen view: {@code View + Event -> View} and {@code View -> Screen} are pure; {@code Loop} joins them to a terminal. */
@NullMarked
package lastack.cli.tui;

import org.jspecify.annotations.NullMarked;
