/** The packaged program, started by its launcher as a user would, on real sockets in network namespaces of their own. */
@NullMarked
package lastack.endtoend;

import org.jspecify.annotations.NullMarked;
