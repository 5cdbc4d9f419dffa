/** Subjects that need Java 21. */
package lastack.subjects.later;
