/*
 * unit_name.c - level 4: names into units that were cut without them.
 *
 * The score's own reading sees no names, the readings toward companies do, and
 * they mostly differ by little: the units under a name become one, those behind
 * it move up.  Where a name cuts through a phrase or a quantity, or its words
 * opened a clause, the sentence is cut again as a whole.
 */
#include "unit.h"

/* Whether the unit's place in the clauses is that of a name: none begins or ends there. */
static inline bool
keeps_clause(const FsUnit *unit, unsigned clause)
{
	return unit->clause == clause && !(unit->classes & FS_C(CONCEDE));
}

/* Whether a rule sees no more in the unit than in a name: a word that the lexicon does not know. */
static inline bool
is_unknown(const FsUnit *unit)
{
	return unit->term == FS_TERM_NONE && (unit->type == FS_U_WORD || unit->type == FS_U_TICKER) && unit->ch == 0;
}

/* What is known of all units together, after some were replaced. */
static void
survey_units(FsParse *parse)
{
	parse->seen = 0;
	for (int i = 0; i < parse->nunits; i++)
		parse->seen |= parse->units[i].classes;
	memset(parse->marks + parse->nunits, 0, FS_MARKS_BEHIND);
}

/*
 * Replace the units under every name; false if the sentence must be cut again.
 * *same tells whether the rules would find the same events.
 */
static bool
replace_units(const uint8_t *named, FsParse *parse, bool *same)
{
	const int ntokens = parse->sentence->ntokens;
	const int nunits = parse->nunits;
	FsUnit	 *units = parse->units;
	uint64_t  lost = 0;	 /* classes of replaced units */
	int		  names = 0; /* how many more of names and tickers there are up to here */
	int		  from = 0;
	int		  to = 0;

	*same = true;
	for (int at = fs_next_set(named, 0, ntokens);; at = fs_next_set(named, at + named[at], ntokens))
	{
		int		 first;
		int		 before;
		unsigned clause;

		for (; from < nunits && units[from].token < at; from++, to++)
		{
			if (to != from)
			{
				units[to] = units[from];
				parse->marks[to] = parse->marks[from];
			}
			units[to].names = (uint16_t) (units[to].names + names);
		}
		if (at >= ntokens)
			break;
		first = from;
		if (first == nunits || units[first].token != at)
			return false;
		before = units[first].names + names;
		clause = to > 0 ? units[to - 1].clause : 0;
		for (; from < nunits && units[from].token < at + named[at]; from++)
		{
			if (!keeps_clause(&units[from], clause))
				return false;
			lost |= units[from].classes;
			names -= units[from].type == FS_U_TICKER;
			*same &= is_unknown(&units[from]);
		}
		if (units[from - 1].token + units[from - 1].count != at + named[at])
			return false;
		*same &= from == first + 1;
		parse->marks[to] = 0;
		units[to++] = (FsUnit){ .token = (uint16_t) at,
								.count = named[at],
								.names = (uint16_t) before,
								.type = FS_U_NAME,
								.clause = (uint8_t) clause };
		names++;
	}
	parse->nunits = to;
	if (to != from || lost != 0)
		survey_units(parse);
	return true;
}

bool
fs_name_units(const uint8_t *named, FsParse *parse)
{
	bool own = parse->knowledge && parse->knowledge->own;
	bool same;

	if (!own && !parse->cues && parse->nunits > 0 && parse->units[parse->nunits - 1].clause < UINT8_MAX &&
		replace_units(named, parse, &same))
		return same;
	fs_parse_units(named, parse);
	return false;
}
