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
	parse->heads = fs_alloc(arena, (FS_SENTENCE_TOKENS + 1) * sizeof(uint16_t));
	parse->units = fs_alloc(arena, FS_SENTENCE_TOKENS * sizeof(FsUnit));
	parse->quantities = fs_alloc(arena, FS_SENTENCE_TOKENS * sizeof(FsQuantity));
}

/* Whether a phrase of the kind that is sought may begin at the token. */
static inline bool
may_begin(bool cues, const FsToken *token)
{
	return cues ? (fs_entry(token[0].term)->follow & fs_follow_bit(token[1].term)) != 0
				: fs_phrase_may_begin(token[0].term, token[1].term, token[2].term);
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

/* Type of a unit of one token that is neither name nor quantity, by the token's kind. */
const uint8_t fs_single_types[] = {
	[FS_WORD] = FS_U_WORD,	 [FS_NUMBER] = FS_U_DATE,	 [FS_PUNCT] = FS_U_PUNCT,
	[FS_SYMBOL] = FS_U_WORD, [FS_CASHTAG] = FS_U_TICKER, [FS_HASHTAG] = FS_U_TAG,
	[FS_HANDLE] = FS_U_TAG,	 [FS_URL] = FS_U_WORD,		 [FS_RIC] = FS_U_TICKER,
};

/* Whether a clause begins at the unit, or behind it where a concession ends at a comma. */
static bool
cuts_clause(const FsUnit *unit, bool first, bool *conceding)
{
	bool begins = unit->type == FS_U_PUNCT ? unit->ch == ';' || unit->ch == ':' || unit->ch == '|'
										   : (unit->classes & FS_C(CLAUSE)) != 0;

	if (unit->classes & FS_C(CONCEDE))
		*conceding = true;
	else if (*conceding && unit->ch == ',')
	{
		*conceding = false;
		return true;
	}
	return begins && !first;
}

/* What every unit has beside its place. */
static inline void
set_unit(FsUnit *unit, const FsEntry *entry, FsTerm term, int count, FsUnitType type, unsigned clause)
{
	unit->classes = entry->classes;
	unit->term = term;
	unit->lemma = entry->lemma;
	unit->count = (uint16_t) count;
	unit->quantity = 0;
	unit->type = (uint8_t) type;
	unit->clause = (uint8_t) clause;
	unit->weight = entry->weight;
	unit->ch = 0;
}

/* First token of a quantity, the sentence's end behind the last one. */
static inline int
quantity_begin(const FsParse *parse, int quantity)
{
	return quantity < parse->nquantities ? parse->quantities[quantity].first : parse->sentence->ntokens;
}

/* The phrase that may begin at a token, none of whose quantities is money: see longest_phrase. */
static int
phrase_at(const FsParse *parse, const uint8_t *named, int at, int quantity, int quantity_at, FsTerm *term)
{
	/* an amount of money is never cut by a phrase */
	bool money =
		quantity_at > at && quantity < parse->nquantities && parse->quantities[quantity].kind == FS_UNIT_MONEY;

	return longest_phrase(parse, named, at, money ? quantity_at : parse->sentence->ntokens, term);
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

/* fs_parse_units, compiled once for the score's own reading and once for all others. */
static inline __attribute__((always_inline)) void
parse_units(const uint8_t *named, bool cues, FsParse *parse)
{
	const FsSentence *sentence = parse->sentence;
	const FsToken	 *tokens = sentence->tokens;
	const uint8_t	 *traits = sentence->traits;
	const int		  ntokens = sentence->ntokens;
	FsUnit			 *units = parse->units;
	uint16_t		 *heads = parse->heads;
	int				  n = 0;
	int				  nheads = 0;
	uint64_t		  seen = 0;
	int				  quantity = 0;
	int				  quantity_at = quantity_begin(parse, 0); /* of the first that begins at or behind the unit */
	unsigned		  clause = 0;
	bool			  conceding = false;
	unsigned		  names = 0;
	int				  count;

	for (int i = 0; i < ntokens; i += count, n++)
	{
		const FsToken *token = &tokens[i];
		const FsEntry *entry;
		FsUnit		  *unit = &units[n];
		FsTerm		   term = token->term;

		count = 1;
		unit->token = (uint16_t) i;
		unit->names = (uint16_t) names;
		while (quantity_at < i)
			quantity_at = quantity_begin(parse, ++quantity);
		if (named && named[i] > 0)
		{
			count = named[i];
			names++;
			set_unit(unit, fs_entry(FS_TERM_NONE), FS_TERM_NONE, count, FS_U_NAME, clause);
			continue;
		}
		if (may_begin(cues, token) && (quantity_at != i || term == FS_TERM_NUMBER))
			count = phrase_at(parse, named, i, quantity, quantity_at, &term);
		if (quantity_at == i && count == 1)
		{
			const FsQuantity *q = &parse->quantities[quantity];

			count = q->count;
			set_unit(unit, fs_entry(FS_TERM_NONE), FS_TERM_NONE, count,
					 q->role == FS_ROLE_AMOUNT ? FS_U_QUANTITY : FS_U_DATE, clause);
			unit->quantity = (uint16_t) quantity;
			continue;
		}
		entry = fs_entry(term);
		set_unit(unit, entry, term, count, fs_single_types[token->kind], clause);
		unit->ch = token->ch;
		if (count > 1 || traits[i] & FS_TR_SPECIAL)
		{
			if (count > 1)
				unit->type = FS_U_WORD;
			else if (term == FS_TERM_NUMBER)
				unit->lemma = FS_TERM_NONE;
			/* "May" and "March" are months only as names */
			else if ((entry->classes & FS_C(MONTH)) && (token->flags & FS_T_CAPITAL))
				unit->type = FS_U_DATE;
			names += unit->type == FS_U_TICKER;
			clause += cuts_clause(unit, n == 0, &conceding) && clause < UINT8_MAX;
			unit->clause = (uint8_t) clause;
		}
		seen |= entry->classes;
		heads[nheads] = (uint16_t) n;
		nheads += (entry->classes & FS_C_TRIGGER) != 0;
	}
	parse->seen = seen;
	parse->nunits = n;
	parse->nheads = nheads;
}

void
fs_parse_units(const uint8_t *named, FsParse *parse)
{
	if (named == NULL && !parse->cues)
		parse_units(NULL, false, parse);
	else
		parse_units(named, parse->cues, parse);
	if (parse->knowledge && parse->knowledge->own)
		fs_own_units(parse);
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
