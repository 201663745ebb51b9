/*
 * gentables.h - the lexicon as gentables reads it (gentables.c) and writes it (gentables_write.c).
 */
#ifndef GENTABLES_H
#define GENTABLES_H

#include "inflect.h"
#include "lexicon.h"

/* A surface form; after merging, one for each. */
typedef struct Term
{
	char	 text[FORM_BYTES];
	char	 lemma[FORM_BYTES];
	char	 value[64];
	uint64_t classes;
	int		 weight;
	int		 words;
	int		 id;
	bool	 ends_comparator;
	uint64_t follow; /* see FsEntry */
} Term;

/* A step of a phrase. */
typedef struct Edge
{
	uint32_t key; /* state << 16 | word */
	uint16_t next;
	uint16_t phrase;
} Edge;

extern Term	   *terms; /* of one word first, each part by text */
extern size_t	nterms;
extern size_t	nwords; /* terms of one word */
extern Edge	   *edges;
extern size_t	nedges;
extern uint64_t number_follow; /* follow of "#" */

/* Stop with a message that names the place. */
extern void fail(const char *format, ...);

/* Items with room for one more. */
extern void *room_for(void *items, size_t count, size_t *room, size_t size);

/* Id of a word or phrase. */
extern int id_of(const char *text);

/* FsEntry.hash of a term. */
extern uint32_t hash_of(const char *text);

/* Print the ids of words and values: tables/words.inc. */
extern void write_ids(void);

/* Print the tables: tables/lexicon.inc. */
extern void write_lexicon(void);

#endif /* GENTABLES_H */
