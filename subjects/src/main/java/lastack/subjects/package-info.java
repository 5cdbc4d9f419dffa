/** Programs that leak connections, each in its own way; real ones for the tests to look into. They know nothing of lastack. */
package lastack.subjects;
