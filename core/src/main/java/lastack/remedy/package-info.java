/** Removing sockets: one small class per method, and {@link lastack.remedy.Remover}, which chooses, acts and looks again. */
@NullMarked
package lastack.remedy;

import org.jspecify.annotations.NullMarked;
