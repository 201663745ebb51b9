/*
 * inflect.h - the surface forms of an English verb or noun, for gentables.
 */
#ifndef INFLECT_H
#define INFLECT_H

#define FORM_BYTES 120
#define FORMS_MAX 12

/* Remember an irregular verb: third person, past, participle, -ing; '|' between variants. */
extern void add_irregular(const char *base, const char *const forms[4]);

/* Forms of a verb phrase, its first word inflected, the base form first; returns their number. */
extern int verb_forms(const char *phrase, char forms[FORMS_MAX][FORM_BYTES]);

/* A noun phrase and its plural. */
extern int noun_forms(const char *phrase, char forms[FORMS_MAX][FORM_BYTES]);

#endif /* INFLECT_H */
