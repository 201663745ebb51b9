/*
 * unit.h - level 4: a sentence as units, the sequence that the rules read.
 *
 * A unit is a lexicon phrase (longest match), a quantity, a name or a single
 * token.  Every later stage speaks of units: "net profit", "EUR 13.1 mn" and
 * "compared with" count as one each.
 */
#ifndef FS_UNIT_H
#define FS_UNIT_H

#include "knowledge.h"
#include "number.h"

typedef enum FsUnitType
{
	FS_U_WORD,	   /* a word or phrase; classes may be 0 */
	FS_U_QUANTITY, /* quantity is its index */
	FS_U_NAME,	   /* a mention of a company (mention.h); classes 0 */
	FS_U_PUNCT,
	FS_U_TAG,	 /* hashtag, handle */
	FS_U_TICKER, /* cashtag, RIC */
	FS_U_DATE,	 /* month, weekday, year and their numbers */
	FS_U_OWN,	 /* a term of the user's (unit_own.c); term and lemma 0 */
} FsUnitType;

typedef struct FsUnit
{
	uint64_t classes;  /* of its lexicon entry */
	FsTerm	 term;	   /* its lexicon entry */
	FsTerm	 lemma;	   /* inflections folded */
	int8_t	 weight;   /* polarity in hundredths */
	uint8_t	 type;	   /* FsUnitType */
	uint8_t	 clause;   /* clause number in the sentence, from 0 */
	uint8_t	 ch;	   /* FS_U_PUNCT: the character */
	uint16_t token;	   /* first token */
	uint16_t count;	   /* tokens */
	uint16_t quantity; /* FS_U_QUANTITY: index into the sentence's */
	uint16_t names;	   /* names and tickers among the units before it */
} FsUnit;

#define FS_MARKS_BEHIND 16 /* zero bytes behind the marks of all units */

/* Everything later stages know about one sentence; owned by the document's pass. */
typedef struct FsParse
{
	const FsSentence  *sentence;
	const FsKnowledge *knowledge; /* NULL: the compiled tables alone */
	bool			   cues;	  /* set by the reader of insights: phrases that are
								 * nothing but cues are units too */
	uint64_t		   seen;	  /* classes of all units together */
	int				   nunits;
	FsUnit			  *units; /* room for FS_SENTENCE_TOKENS */
	uint8_t			  *marks; /* FsMarks of the units, and FS_MARKS_BEHIND */
	int				   nquantities;
	FsQuantity		  *quantities; /* room for FS_SENTENCE_TOKENS */
} FsParse;

/* Allocate the arrays once for a pass over a document. */
extern void fs_parse_init(FsArena *arena, FsParse *parse);

/*
 * Fill the parse from a sentence.  Tokens whose bit is set in named (one byte
 * a token, may be NULL) are parts of names: a value n > 0 at a name's first
 * token makes n tokens one FS_U_NAME unit and keeps them from the lexicon.
 */
extern void fs_parse_sentence(const FsSentence *sentence, const uint8_t *named, FsParse *parse);

/* Its two steps: the quantities; and the units, which may be cut again with other names. */
extern void fs_parse_numbers(const FsSentence *sentence, FsParse *parse);
extern void fs_parse_units(const uint8_t *named, FsParse *parse);

/*
 * Whether no unit of the sentence, however it is cut, has one of the classes:
 * then there is no need to cut it.  False is not certain.
 */
extern bool fs_units_lack(const FsSentence *sentence, uint64_t classes);

/*
 * What fs_parse_units(named) gives, of a parse whose units were cut without
 * names.  True if the rules would find the events that they found before.
 */
extern bool fs_name_units(const uint8_t *named, FsParse *parse);

/* Cut the units again where terms of the user's stand. */
extern void fs_own_units(FsParse *parse);

/* Type of a unit of one token that is neither name nor quantity, by the token's kind. */
extern const uint8_t fs_single_types[];

/* The unit that holds a token. */
extern int fs_unit_of_token(const FsParse *parse, int token);

/* Original bytes of units first..last. */
extern FsSpan fs_units_span(const FsParse *parse, int first, int last);

#endif /* FS_UNIT_H */
