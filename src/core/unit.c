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
	const FsToken *tokens = sentence->tokens;
	uint16_t	state = tokens[at].term;
	int			best = 1;

	*term = tokens[at].term;
	for (int i = at + 1; i < end; i++)
	{
		FsTerm		phrase;

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
			/* "May" and "March" are months only as names */
			if ((fs_token_classes(token) & FS_C(MONTH)) && (token->flags & FS_T_CAPITAL))
				return FS_U_DATE;
			return FS_U_WORD;
	}
}

/* Fill a unit from its lexicon entry. */
static void
set_entry(FsUnit *unit, FsTerm term)
{
	const FsEntry *entry;

	unit->term = term;
	if (term <= FS_TERM_NUMBER)
		return;
	entry = fs_entry(term);
	unit->classes = entry->classes;
	unit->lemma = entry->lemma;
	unit->weight = entry->weight;
}

/* Whether a unit begins a clause. */
static bool
begins_clause(const FsUnit *unit)
{
	if (unit->type == FS_U_PUNCT)
		return unit->ch == ';' || unit->ch == ':' || unit->ch == '|';
	return (unit->classes & FS_C(CLAUSE)) != 0;
}

void
fs_parse_sentence(const FsSentence *sentence, const uint8_t *named, FsParse *parse)
{
	const FsToken *tokens = sentence->tokens;
	int			quantity = 0;
	int			clause = 0;
	bool		conceding = false;	/* in a clause that opens by "although" */
	uint16_t	names = 0;

	parse->sentence = sentence;
	parse->nquantities = fs_quantities_read(sentence, parse->quantities);
	parse->nunits = 0;
	for (int i = 0; i < sentence->ntokens;)
	{
		FsUnit	   *unit = &parse->units[parse->nunits++];
		FsTerm		term = tokens[i].term;
		int			count = 1;

		memset(unit, 0, sizeof(*unit));
		unit->token = (uint16_t) i;
		while (quantity < parse->nquantities && parse->quantities[quantity].first < i)
			quantity++;
		if (named && named[i] > 0)
		{
			unit->type = FS_U_NAME;
			count = named[i];
		}
		else
		{
			bool		at_quantity = quantity < parse->nquantities && parse->quantities[quantity].first == i;

			if (term != FS_TERM_NONE && (!at_quantity || term == FS_TERM_NUMBER) && i + 1 < sentence->ntokens &&
				(fs_entry(term)->follow & fs_follow_bit(tokens[i + 1].term)))
			{
				/* an amount of money is never cut by a phrase */
				bool		money = quantity < parse->nquantities && !at_quantity &&
					parse->quantities[quantity].kind == FS_UNIT_MONEY;

				count = longest_phrase(parse, named, i, money ? parse->quantities[quantity].first : sentence->ntokens, &term);
			}
			if (at_quantity && count == 1)
			{
				const FsQuantity *q = &parse->quantities[quantity];

				unit->type = q->role == FS_ROLE_AMOUNT ? FS_U_QUANTITY : FS_U_DATE;
				unit->quantity = (uint16_t) quantity;
				count = q->count;
			}
			else
			{
				unit->type = (uint8_t) (count > 1 ? FS_U_WORD : single_type(&tokens[i]));
				unit->ch = tokens[i].ch;
				set_entry(unit, term);
				if (parse->nunits > 1 && begins_clause(unit) && clause < UINT8_MAX)
					clause++;
				if (unit->classes & FS_C(CONCEDE))
					conceding = true;
				else if (conceding && unit->ch == ',' && clause < UINT8_MAX)
				{
					conceding = false;
					clause++;
				}
			}
		}
		unit->count = (uint16_t) count;
		unit->clause = (uint8_t) clause;
		unit->names = names;
		names += unit->type == FS_U_NAME || unit->type == FS_U_TICKER;
		i += count;
	}
}

int
fs_unit_of_token(const FsParse *parse, int token)
{
	int			low = 0;
	int			high = parse->nunits - 1;

	while (low < high)
	{
		int			middle = (low + high + 1) / 2;

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

	return (FsSpan) { begin->start, fs_token_end(end) - begin->start };
}
