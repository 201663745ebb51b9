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
#include <stddef.h>

#include "unit.h"

void
fs_parse_init(FsArena *arena, FsParse *parse)
{
	memset(parse, 0, sizeof(*parse));
	parse->units = fs_alloc(arena, FS_SENTENCE_TOKENS * sizeof(FsUnit));
	parse->marks = fs_alloc(arena, FS_SENTENCE_TOKENS + FS_MARKS_BEHIND);
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

/* An entry begins as a unit does: what a unit says is one copy. */
#define ENTRY_BYTES offsetof(FsUnit, token)

_Static_assert(offsetof(FsEntry, follow) == ENTRY_BYTES && offsetof(FsEntry, term) == offsetof(FsUnit, term) &&
				   offsetof(FsEntry, lemma) == offsetof(FsUnit, lemma) &&
				   offsetof(FsEntry, weight) == offsetof(FsUnit, weight) &&
				   offsetof(FsEntry, type) == offsetof(FsUnit, type) && offsetof(FsEntry, ch) == offsetof(FsUnit, ch),
			   "a unit begins as an entry does");

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

/* A unit of several tokens, a quantity or a name, in the making. */
typedef struct Joined
{
	uint16_t token;
	uint16_t count;
	uint16_t quantity;
} Joined;

/* Flag of a slot inside a joined unit. */
#define INSIDE 0x10000u

/* How a sentence is to be cut. */
typedef struct Cut
{
	uint32_t slots[FS_SENTENCE_TOKENS]; /* for each token the entry of its unit, or INSIDE */
	unsigned kinds;						/* of the tokens, united */
	int		 njoined;
	Joined	 joined[FS_SENTENCE_TOKENS];
} Cut;

/*
 * The tokens at which a phrase (or a name) may begin, into candidates; returns
 * their number.  Those whose entries say that the next word may follow, a fifth
 * of all, are listed without a branch; of these stay the ones that the filter
 * lets pass.
 */
static inline int
find_candidates(const FsSentence *sentence, const uint8_t *named, bool cues, Cut *cut, uint16_t *candidates)
{
	const FsToken *tokens = sentence->tokens;
	const int	   ntokens = sentence->ntokens;
	const FsEntry *entry = fs_entry(tokens[0].term);
	unsigned	   kinds = 0;
	int			   n = 0;
	int			   left = 0;

	for (int i = 0; i < ntokens; i++)
	{
		const FsEntry *next = fs_entry(tokens[i + 1].term);
		unsigned	   may = fs_may_follow(entry, next);
		unsigned	   punct = 0u - (tokens[i].kind == FS_PUNCT); /* all bits or none */

		if (named)
			may |= named[i] > 0;
		kinds |= tokens[i].kind;
		cut->slots[i] = entry->term | ((FS_STAND_PUNCT + tokens[i].ch) & punct); /* punctuation has no term */
		candidates[n] = (uint16_t) i;
		n += (int) may;
		entry = next;
	}
	cut->kinds = kinds;
	for (int k = 0; k < n; k++)
	{
		/* The loop before has written n: NOLINTNEXTLINE(clang-analyzer-core.uninitialized.Assign) */
		int			   i = candidates[k];
		const FsToken *token = &tokens[i];

		candidates[left] = (uint16_t) i;
		left += cues || (named && named[i] > 0) || fs_phrase_may_begin(token[0].term, token[1].term, token[2].term);
	}
	return left;
}

/* Make one unit of tokens, of a term or a stand-in; returns the token behind it. */
static inline int
join(Cut *cut, int token, int count, int quantity, unsigned entry)
{
	Joined *joined = &cut->joined[cut->njoined++];

	joined->token = (uint16_t) token;
	joined->count = (uint16_t) count;
	joined->quantity = (uint16_t) quantity;
	cut->slots[token] = entry;
	for (int i = token + 1; i < token + count; i++)
		cut->slots[i] = INSIDE;
	return token + count;
}

/* Join names, phrases and quantities, from left to right; candidates has room for one more. */
static inline void
join_tokens(const FsParse *parse, const uint8_t *named, uint16_t *candidates, int n, Cut *cut)
{
	const FsSentence *sentence = parse->sentence;
	const FsQuantity *quantity = parse->quantities;
	const FsQuantity *end = parse->quantities + parse->nquantities;
	int				  from = 0; /* tokens before it are in a unit */

	candidates[n] = (uint16_t) sentence->ntokens;
	for (int k = 0; k <= n; k++)
	{
		int	   at = candidates[k];
		int	   last; /* a phrase ends before it */
		int	   count;
		FsTerm term;

		for (; quantity < end && quantity->first < at; quantity++)
			if (quantity->first >= from)
				from = join(cut, quantity->first, quantity->count, (int) (quantity - parse->quantities),
							quantity->role == FS_ROLE_AMOUNT ? FS_STAND_QUANTITY : FS_STAND_DATE);
		if (at < from || k == n)
			continue;
		if (named && named[at] > 0)
		{
			from = join(cut, at, named[at], 0, FS_STAND_NAME);
			continue;
		}
		last = sentence->ntokens;
		if (quantity < end && quantity->first == at)
		{
			if (sentence->tokens[at].term != FS_TERM_NUMBER)
				continue;
		}
		else if (quantity < end && quantity->kind == FS_UNIT_MONEY)
			last = quantity->first; /* an amount of money is never cut by a phrase */
		count = longest_phrase(parse, named, at, last, &term);
		if (count > 1)
			from = join(cut, at, count, 0, term);
	}
}

/*
 * Write all units as if they were of one token, without a branch; what stands
 * inside a joined one is written over by the next.
 */
static inline void
write_units(FsParse *parse, const Cut *cut)
{
	const uint32_t *slots = cut->slots;
	const int		ntokens = parse->sentence->ntokens;
	FsUnit		   *units = parse->units;
	uint8_t		   *marks = parse->marks;
	unsigned		n = 0;
	uint64_t		seen = 0;
	/* A sentence has a token: NOLINTNEXTLINE(clang-analyzer-core.uninitialized.ArraySubscript) */
	unsigned clause = 0u - (fs_entries[slots[0]].marks & FS_M_CLAUSE); /* nothing ends where the first begins */

	for (int i = 0; i < ntokens; i++)
	{
		unsigned	   begins = slots[i] < INSIDE;
		const FsEntry *entry = fs_entry((FsTerm) slots[i]);
		FsUnit		  *unit = &units[n];

		memcpy(unit, entry, ENTRY_BYTES);
		seen |= entry->classes;
		marks[n] = entry->marks;
		clause += entry->marks & FS_M_CLAUSE;
		unit->clause = (uint8_t) clause;
		unit->token = (uint16_t) i;
		unit->count = 1;
		unit->quantity = 0;
		unit->names = 0;
		n += begins;
	}
	parse->seen = seen;
	parse->nunits = (int) n;
	memset(marks + n, 0, FS_MARKS_BEHIND);
}

/* What joined units have beside their entries. */
static inline void
finish_joined(FsParse *parse, const Cut *cut)
{
	int inside = 0; /* tokens before that begin no unit */

	for (int k = 0; k < cut->njoined; k++)
	{
		const Joined *joined = &cut->joined[k];
		FsUnit		 *unit = &parse->units[joined->token - inside];

		unit->count = joined->count;
		unit->quantity = joined->quantity;
		inside += joined->count - 1;
	}
}

/* Tags and tickers, which are looked up like words. */
static void
type_tags(FsParse *parse)
{
	for (int i = 0; i < parse->nunits; i++)
	{
		FsUnit *unit = &parse->units[i];

		if (unit->type == FS_U_WORD && unit->count == 1)
			unit->type = fs_single_types[parse->sentence->tokens[unit->token].kind];
	}
}

/* Number the names and tickers. */
static void
count_names(FsParse *parse)
{
	uint16_t names = 0;

	for (int i = 0; i < parse->nunits; i++)
	{
		FsUnit *unit = &parse->units[i];

		unit->names = names;
		names += unit->type == FS_U_TICKER || unit->type == FS_U_NAME;
	}
}

/* "May" and "March" are months only as names. */
static void
date_months(FsParse *parse)
{
	for (int i = 0; i < parse->nunits; i++)
	{
		FsUnit *unit = &parse->units[i];

		if (unit->classes & FS_C(MONTH) && unit->count == 1 &&
			parse->sentence->tokens[unit->token].flags & FS_T_CAPITAL)
			unit->type = FS_U_DATE;
	}
}

/* Number the clauses again where a concession ends at a comma, or there are too many. */
static void
number_clauses(FsParse *parse)
{
	unsigned clause = 0;
	bool	 conceding = false;

	for (int i = 0; i < parse->nunits; i++)
	{
		bool cuts = cuts_clause(&parse->units[i], i == 0, &conceding) && clause < UINT8_MAX;

		clause += cuts;
		parse->units[i].clause = (uint8_t) clause;
		parse->marks[i] = (uint8_t) ((parse->marks[i] & ~FS_M_CLAUSE) | (cuts ? FS_M_CLAUSE : 0));
	}
}

/* fs_parse_units, compiled once for the score's own reading and once for all others. */
static inline __attribute__((always_inline)) void
parse_units(const uint8_t *named, bool cues, FsParse *parse)
{
	uint16_t candidates[FS_SENTENCE_TOKENS + 1];
	Cut		 cut;
	int		 n;

	cut.njoined = 0;
	n = find_candidates(parse->sentence, named, cues, &cut, candidates);
	join_tokens(parse, named, candidates, n, &cut);
	write_units(parse, &cut);
	finish_joined(parse, &cut);
	if (cut.kinds >= FS_CASHTAG)
		type_tags(parse);
	if (named || cut.kinds >= FS_CASHTAG)
		count_names(parse);
	if (parse->seen & FS_C(MONTH))
		date_months(parse);
	if (parse->seen & FS_C(CONCEDE) || parse->nunits > UINT8_MAX)
		number_clauses(parse);
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

/* Whether a phrase that begins at a token has one of the classes. */
static bool
phrase_has(const FsSentence *sentence, int at, uint64_t classes)
{
	uint16_t state = sentence->tokens[at].term;

	for (int i = at + 1; i < sentence->ntokens && state != 0; i++)
	{
		FsTerm phrase;

		state = fs_lexicon_step(state, sentence->tokens[i].term, &phrase);
		if (fs_entry(phrase)->classes & classes)
			return true;
	}
	return false;
}

bool
fs_units_lack(const FsSentence *sentence, uint64_t classes)
{
	const FsToken *tokens = sentence->tokens;
	const int	   ntokens = sentence->ntokens;
	uint64_t	   seen = 0;

	for (int i = 0; i < ntokens; i++)
		seen |= fs_entry(tokens[i].term)->classes;
	if (seen & classes)
		return false;
	for (int i = 0; i < ntokens; i++)
		if (fs_may_follow(fs_entry(tokens[i].term), fs_entry(tokens[i + 1].term)) &&
			fs_phrase_may_begin(tokens[i].term, tokens[i + 1].term, tokens[i + 2].term) &&
			phrase_has(sentence, i, classes))
			return false;
	return true;
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
