/*
 * unit_own.c - level 4: a user's own terms among the units of a sentence.
 *
 * The units are cut as ever and then cut again where a term of the user's
 * stands: its tokens become one unit of type FS_U_OWN, whose weight is the
 * user's and of which the linear models know nothing; what is left of a phrase
 * that it cuts through are single words.  A term never cuts a name or an
 * amount: it is passed over there.
 */
#include "knowledge.h"
#include "unit.h"

#define STRONG_WEIGHT 80 /* as the lexicon's generator has it */

/* Where the user's terms stand: at a term's first token the phrase, else NULL. */
typedef struct OwnTerms
{
	int				n;
	const FsPhrase *at[FS_SENTENCE_TOKENS];
} OwnTerms;

/* Find the terms from left to right. */
static void
find_terms(const FsParse *parse, OwnTerms *terms)
{
	const FsSentence *sentence = parse->sentence;

	terms->n = 0;
	for (int i = 0; i < sentence->ntokens;)
	{
		const FsPhrase *phrase = fs_own_match_term(parse->knowledge, sentence, i);
		int				count = phrase ? phrase->ntokens : 1;

		memset(&terms->at[i], 0, (size_t) count * sizeof(terms->at[0]));
		terms->at[i] = phrase;
		terms->n += phrase != NULL;
		i += count;
	}
}

/* Forget terms that touch a name or an amount. */
static void
spare_names(const FsParse *parse, OwnTerms *terms)
{
	bool taken[FS_SENTENCE_TOKENS] = { false };

	for (int u = 0; u < parse->nunits; u++)
		if (parse->units[u].type == FS_U_NAME || parse->units[u].type == FS_U_QUANTITY)
			memset(&taken[parse->units[u].token], true, parse->units[u].count);
	for (int i = 0; i < parse->sentence->ntokens; i++)
		for (int k = 0; terms->at[i] && k < terms->at[i]->ntokens; k++)
			if (taken[i + k])
				terms->at[i] = NULL;
}

/* The unit of a term. */
static FsUnit
own_unit(const FsPhrase *phrase, int token, uint8_t clause)
{
	FsUnit unit = { .type = FS_U_OWN,
					.token = (uint16_t) token,
					.count = phrase->ntokens,
					.clause = clause,
					.weight = phrase->weight };

	if (phrase->weight != 0)
		unit.classes = phrase->weight > 0 ? FS_C(POSITIVE) : FS_C(NEGATIVE);
	if (phrase->weight >= STRONG_WEIGHT || phrase->weight <= -STRONG_WEIGHT)
		unit.classes |= FS_C(STRONG);
	return unit;
}

/* The unit of a single token that was part of a phrase. */
static FsUnit
single_unit(const FsToken *token, int at, uint8_t clause)
{
	FsUnit unit = { .type = fs_single_types[token->kind],
					.ch = token->ch,
					.token = (uint16_t) at,
					.count = 1,
					.clause = clause,
					.term = token->term };

	if (token->term > FS_TERM_NUMBER)
	{
		unit.classes = fs_entry(token->term)->classes;
		unit.lemma = fs_entry(token->term)->lemma;
		unit.weight = fs_entry(token->term)->weight;
	}
	return unit;
}

/* Marks of a unit, which begins a clause or does not. */
static uint8_t
marks_of(const FsUnit *unit, bool clause)
{
	unsigned marks = unit->type == FS_U_OWN ? fs_class_marks(unit->classes) : fs_entry(unit->term)->marks;

	return (uint8_t) ((marks & ~(unsigned) FS_M_CLAUSE) | (clause ? FS_M_CLAUSE : 0) |
					  (unit->type == FS_U_QUANTITY ? FS_M_FIGURE : 0));
}

/* Whether a term begins within [from, to). */
static bool
term_within(const OwnTerms *terms, int from, int to)
{
	for (int i = from; i < to; i++)
		if (terms->at[i])
			return true;
	return false;
}

void
fs_own_units(FsParse *parse)
{
	OwnTerms		  terms;
	FsUnit			  old[FS_SENTENCE_TOKENS];
	const FsSentence *sentence = parse->sentence;
	int				  u = 0;
	uint16_t		  names = 0;

	find_terms(parse, &terms);
	if (terms.n == 0)
		return;
	spare_names(parse, &terms);
	memcpy(old, parse->units, (size_t) parse->nunits * sizeof(FsUnit));
	parse->nunits = 0;
	parse->seen = 0;
	for (int i = 0; i < sentence->ntokens;)
	{
		FsUnit *unit = &parse->units[parse->nunits];

		while (old[u].token + old[u].count <= i)
			u++;
		if (terms.at[i])
			*unit = own_unit(terms.at[i], i, old[u].clause);
		else if (old[u].token == i && !term_within(&terms, i, i + old[u].count))
			*unit = old[u];
		else
			*unit = single_unit(&sentence->tokens[i], i, old[u].clause);
		unit->names = names;
		names += unit->type == FS_U_NAME || unit->type == FS_U_TICKER;
		parse->seen |= unit->classes;
		parse->nunits++;
		i += unit->count;
	}
	for (int i = 0; i < parse->nunits; i++)
		parse->marks[i] = marks_of(&parse->units[i], i > 0 && parse->units[i - 1].clause != parse->units[i].clause);
	memset(parse->marks + parse->nunits, 0, FS_MARKS_BEHIND);
}
