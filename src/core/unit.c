/*
 * unit.c - level 4: tokens to units.
 *
 * From left to right, the first of these that fits at a token makes the unit:
 * a name (told by the mentions), a lexicon phrase that begins with a number
 * ("# week high"), a quantity, the longest lexicon phrase, the token alone.
 *
 * Worked example: "Net profit rose to EUR 13.1 mn" has the units "net profit"
 * (a metric), "rose" (a direction), "to", and one quantity.
 *
 * A clause begins at ; : | and at a word of class clause; commas do not begin
 * one, since a list of figures has many.
 */
#include "unit.h"

void
fs_parse_init(FsArena *arena, FsParse *parse)
{
	memset(parse, 0, sizeof(*parse));
	parse->heads = fs_alloc(arena, FS_SENTENCE_TOKENS * sizeof(uint16_t));
	parse->units = fs_alloc(arena, FS_SENTENCE_TOKENS * sizeof(FsUnit));
	parse->quantities = fs_alloc(arena, FS_SENTENCE_TOKENS * sizeof(FsQuantity));
}

/*
 * Tokens of the longest phrase that begins at a token and ends before end, with
 * its entry; 1 if there is none.  A phrase that is only a cue of insights
 * ("sales forecast") would hide its words from the rules.
 */
static int
longest_phrase(const FsParse *parse, const uint8_t *named, int at, int end, FsTerm *term)
{
	const FsSentence *sentence = parse->sentence;
	const FsToken	 *tokens = sentence->tokens;
	uint16_t		  state = tokens[at].term;
	int				  best = 1;

	*term = tokens[at].term;
	for (int i = at + 1; i < end; i++)
	{
		FsTerm phrase;

		if (tokens[i].term == FS_TERM_NONE || (named && named[i] > 0))
			break;
		state = fs_lexicon_step(state, tokens[i].term, &phrase);
		if (phrase != FS_TERM_NONE && (parse->cues || (fs_entry(phrase)->classes & ~FS_C_CUE)))
		{
			best = i + 1 - at;
			*term = phrase;
		}
		if (state == 0)
			break;
	}
	return best;
}

/* Type of a unit of one token that is neither name nor quantity. */
static FsUnitType
single_type(const FsToken *token)
{
	switch (token->kind)
	{
		case FS_PUNCT:
			return FS_U_PUNCT;
		case FS_HASHTAG:
		case FS_HANDLE:
			return FS_U_TAG;
		case FS_CASHTAG:
		case FS_RIC:
			return FS_U_TICKER;
		case FS_NUMBER:
			return FS_U_DATE;
		default:
			return FS_U_WORD;
	}
}

/* Where a pass over a sentence's tokens stands. */
typedef struct Cutter
{
	FsParse		  *parse;
	const uint8_t *named;
	int			   quantity;	/* the next one */
	int			   quantity_at; /* its first token, ntokens if there is none */
	int			   clause;
	bool		   conceding; /* in a clause that opens by "although" */
} Cutter;

/* Move to the first quantity that begins at or behind a token. */
static inline void
seek_quantity(Cutter *c, int token)
{
	const FsParse *parse = c->parse;

	while (c->quantity_at < token)
	{
		c->quantity++;
		c->quantity_at =
			c->quantity < parse->nquantities ? parse->quantities[c->quantity].first : parse->sentence->ntokens;
	}
}

/* Begin a new clause if the unit does, or if a concession ends at a comma. */
static inline void
cut_clause(Cutter *c, const FsUnit *unit)
{
	bool begins = unit->type == FS_U_PUNCT ? unit->ch == ';' || unit->ch == ':' || unit->ch == '|'
										   : (unit->classes & FS_C(CLAUSE)) != 0;

	if (begins && c->parse->nunits > 1 && c->clause < UINT8_MAX)
		c->clause++;
	if (unit->classes & FS_C(CONCEDE))
		c->conceding = true;
	else if (c->conceding && unit->ch == ',' && c->clause < UINT8_MAX)
	{
		c->conceding = false;
		c->clause++;
	}
}

/* The unit at a token that begins no name: a phrase, a quantity or the token. */
static inline void
cut_unit(Cutter *c, int at, FsUnit *unit)
{
	const FsSentence *sentence = c->parse->sentence;
	const FsToken	 *token = &sentence->tokens[at];
	const FsEntry	 *entry = fs_entry(token->term);
	bool			  at_quantity = c->quantity_at == at;
	FsTerm			  term = token->term;
	int				  count = 1;

	if (entry->follow != 0 && at + 1 < sentence->ntokens && token[1].term != FS_TERM_NONE &&
		(entry->follow & fs_follow_bit(token[1].term)) && (!at_quantity || term == FS_TERM_NUMBER))
	{
		/* an amount of money is never cut by a phrase */
		bool money = !at_quantity && c->quantity < c->parse->nquantities &&
					 c->parse->quantities[c->quantity].kind == FS_UNIT_MONEY;

		count = longest_phrase(c->parse, c->named, at, money ? c->quantity_at : sentence->ntokens, &term);
		entry = fs_entry(term);
	}
	if (at_quantity && count == 1)
	{
		const FsQuantity *q = &c->parse->quantities[c->quantity];

		unit->type = q->role == FS_ROLE_AMOUNT ? FS_U_QUANTITY : FS_U_DATE;
		unit->quantity = (uint16_t) c->quantity;
		unit->count = q->count;
		return;
	}
	unit->type = (uint8_t) (count > 1 || token->kind == FS_WORD ? FS_U_WORD : single_type(token));
	unit->ch = token->ch;
	unit->count = (uint16_t) count;
	unit->term = term;
	if (term > FS_TERM_NUMBER)
	{
		unit->classes = entry->classes;
		unit->lemma = entry->lemma;
		unit->weight = entry->weight;
		/* "May" and "March" are months only as names */
		if (count == 1 && (entry->classes & FS_C(MONTH)) && (token->flags & FS_T_CAPITAL))
			unit->type = FS_U_DATE;
	}
	if ((unit->classes & (FS_C(CLAUSE) | FS_C(CONCEDE))) || unit->type == FS_U_PUNCT)
		cut_clause(c, unit);
}

void
fs_parse_numbers(const FsSentence *sentence, FsParse *parse)
{
	parse->sentence = sentence;
	parse->nquantities = fs_quantities_read(sentence, parse->quantities);
}

void
fs_parse_sentence(const FsSentence *sentence, const uint8_t *named, FsParse *parse)
{
	fs_parse_numbers(sentence, parse);
	fs_parse_units(named, parse);
}

void
fs_parse_units(const uint8_t *named, FsParse *parse)
{
	const FsSentence *sentence = parse->sentence;
	Cutter			  c = { .parse = parse, .named = named, .quantity = -1, .quantity_at = -1 };
	uint16_t		  names = 0;

	parse->nunits = 0;
	parse->nheads = 0;
	parse->seen = 0;
	for (int i = 0; i < sentence->ntokens;)
	{
		FsUnit *unit = &parse->units[parse->nunits++];

		*unit = (FsUnit){ .token = (uint16_t) i, .names = names };
		seek_quantity(&c, i);
		if (named && named[i] > 0)
		{
			unit->type = FS_U_NAME;
			unit->count = named[i];
		}
		else
			cut_unit(&c, i, unit);
		unit->clause = (uint8_t) c.clause;
		names += unit->type == FS_U_NAME || unit->type == FS_U_TICKER;
		parse->seen |= unit->classes;
		if (unit->classes & FS_C_TRIGGER)
			parse->heads[parse->nheads++] = (uint16_t) (unit - parse->units);
		i += unit->count;
	}
}

int
fs_unit_of_token(const FsParse *parse, int token)
{
	int low = 0;
	int high = parse->nunits - 1;

	while (low < high)
	{
		int middle = (low + high + 1) / 2;

		if (parse->units[middle].token <= token)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

FsSpan
fs_units_span(const FsParse *parse, int first, int last)
{
	const FsToken *begin = &parse->sentence->tokens[parse->units[first].token];
	const FsToken *end = &parse->sentence->tokens[parse->units[last].token + parse->units[last].count - 1];

	return (FsSpan){ begin->start, fs_token_end(end) - begin->start };
}
