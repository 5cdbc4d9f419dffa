/** The words of the field as values: states, endpoints, sockets, owners. Nothing here talks to the kernel. */
@NullMarked
package lastack.model;

import org.jspecify.annotations.NullMarked;
