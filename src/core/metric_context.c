/*
 * metric_context.c - level 5: what stands around a quantity.
 *
 * The joint is the word that ties it to what stands before ("to", "from",
 * "compared with"); direction, basis, period and company come from the units
 * of its neighbourhood.  Every search is bounded by FS_METRIC_WINDOW.
 */
#include "metric_impl.h"

#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

/* Whether the unit's first token is the word. */
static bool
begins_in(const FsParse *parse, int unit, const char *word)
{
	const FsSentence *s = parse->sentence;

	return parse->units[unit].type == FS_U_WORD && fs_token_is(s->text, &s->tokens[parse->units[unit].token], word);
}

/* Words between a joint and its amount that say nothing. */
static bool
transparent(const FsParse *parse, int unit)
{
	static const char *const words[] = {
		"a",		"an",		"the",	"its",		"their",	 "our",		  "his",	  "only",	 "just",
		"still",	"also",		"even", "another",	"record",	 "total",	  "new",	  "further", "full",
		"whopping", "mere",		"year", "annual",	"earlier",	 "prior",	  "previous", "own",	 "original",
		"initial",	"combined", "cash", "purchase", "aggregate", "estimated", "average",  "roughly",
	};
	const FsUnit *u = &parse->units[unit];

	if (u->type == FS_U_PUNCT)
		return u->ch == '(' || u->ch == '"' || u->ch == '\'' || u->ch == '-';
	if (u->type != FS_U_WORD || u->count != 1)
		return false;
	if (u->classes & (FS_C(INTENSIFY) | FS_C(WEAKEN) | FS_C(COMPARATOR)) && !(u->classes & FS_C_DIRECTION))
		return true;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (fs_unit_is(parse, unit, words[i]))
			return true;
	return false;
}

/* Words that stand for the figure itself before "of". */
static bool
reference_word(const FsParse *parse, int unit)
{
	static const char *const words[] = {
		"range",	  "guidance", "forecast", "target", "peak",			 "level",	"figure",
		"outlook",	  "high",	  "low",	  "record", "total",		 "average", "one",
		"projection", "rate",	  "estimate", "price",	"consideration", "sum",
	};

	for (size_t i = 0; unit > 0 && i < COUNT_OF(words); i++)
		if (fs_unit_ends(parse, unit, words[i]))
			return true;
	return false;
}

/* See metric_impl.h. */
FsJoint
fs_joint(const FsParse *parse, int unit, int *at)
{
	static const struct
	{
		const char *word;
		FsJoint		joint;
	} ends[] = {
		{ "to", FS_J_TO },		 { "from", FS_J_FROM },	  { "by", FS_J_BY },		{ "of", FS_J_OF },
		{ "at", FS_J_AT },		 { "in", FS_J_IN },		  { "on", FS_J_ON },		{ "for", FS_J_FOR },
		{ "or", FS_J_OR },		 { "and", FS_J_AND },	  { "is", FS_J_BE },		{ "was", FS_J_BE },
		{ "were", FS_J_BE },	 { "are", FS_J_BE },	  { "be", FS_J_BE },		{ "been", FS_J_BE },
		{ "totaled", FS_J_BE },	 { "totalled", FS_J_BE }, { "totaling", FS_J_BE },	{ "totalling", FS_J_BE },
		{ "totals", FS_J_BE },	 { "reached", FS_J_BE },  { "reach", FS_J_BE },		{ "reaches", FS_J_BE },
		{ "reaching", FS_J_BE }, { "hit", FS_J_BE },	  { "hits", FS_J_BE },		{ "stood", FS_J_BE },
		{ "stands", FS_J_BE },	 { "equaled", FS_J_BE },  { "equals", FS_J_BE },	{ "versus", FS_J_COMPARE },
		{ "vs", FS_J_COMPARE },	 { "vs.", FS_J_COMPARE }, { "than", FS_J_COMPARE }, { "against", FS_J_COMPARE },
		{ "near", FS_J_AT },	 { "worth", FS_J_OF },	  { "into", FS_J_TO },		{ "between", FS_J_AT },
		{ "'s", FS_J_BE },
	};
	int i = unit - 1;

	for (int steps = 0; i >= 0 && steps < 4 && transparent(parse, i); steps++)
		i--;
	*at = i;
	if (i < 0)
		return FS_J_NONE;
	if (fs_unit_has(parse, i, FS_C(COMPARE)))
		return fs_unit_ends(parse, i, "from") || begins_in(parse, i, "from") ? FS_J_FROM : FS_J_COMPARE;
	for (size_t k = 0; k < COUNT_OF(ends); k++)
		if (fs_unit_ends(parse, i, ends[k].word))
		{
			/* "from a peak of", "compared with its earlier guidance of" */
			if (ends[k].joint == FS_J_OF && reference_word(parse, i - 1))
			{
				int		before;
				FsJoint joint = fs_joint(parse, i - 1, &before);

				if (joint == FS_J_FROM || joint == FS_J_COMPARE || joint == FS_J_FOR)
				{
					*at = before;
					return joint;
				}
			}
			return ends[k].joint;
		}
	return FS_J_NONE;
}

/* See metric_impl.h. */
FsDirection
fs_unit_direction(const FsParse *parse, int unit, const FsNoun *noun)
{
	const FsUnit *u;
	uint64_t	  c;

	if (unit < 0 || unit >= parse->nunits)
		return FS_DIR_NONE;
	u = &parse->units[unit];
	c = u->classes;
	if (u->type != FS_U_WORD)
		return FS_DIR_NONE;
	if (c & FS_C(COMPARE) && u->count > 1)
	{
		if (begins_in(parse, unit, "up") || begins_in(parse, unit, "higher") || begins_in(parse, unit, "above"))
			return FS_DIR_UP;
		if (begins_in(parse, unit, "down") || begins_in(parse, unit, "lower") || begins_in(parse, unit, "below"))
			return FS_DIR_DOWN;
	}
	if (c & FS_C(UP) && c & FS_C(DOWN))
		return FS_DIR_NONE;
	/* verbs of price moves that are other words elsewhere */
	if (!(c & FS_C_DIRECTION) && fs_is_quantity(parse, unit + 1))
	{
		if (fs_unit_is(parse, unit, "tank") || fs_unit_is(parse, unit, "tanks") || fs_unit_is(parse, unit, "crack") ||
			fs_unit_is(parse, unit, "cracks") || fs_unit_is(parse, unit, "shed") || fs_unit_is(parse, unit, "sheds"))
			return FS_DIR_DOWN;
		if (fs_unit_is(parse, unit, "flies") || fs_unit_is(parse, unit, "zoom") || fs_unit_is(parse, unit, "zooms"))
			return FS_DIR_UP;
	}
	if (c & FS_C(UP))
		return FS_DIR_UP;
	if (c & FS_C(DOWN))
		return FS_DIR_DOWN;
	if (c & FS_C(FLAT) && !(c & (FS_C(FUNCTION) | FS_C(COMPARE))))
		return FS_DIR_FLAT;
	/* "loss narrowed" is down, "margin improved" up */
	if (noun->unit >= 0 && c & (FS_C(IMPROVE) | FS_C(WORSEN)) && c & (FS_C(VERB) | FS_C(NOUN)))
		return ((c & FS_C(IMPROVE)) != 0) == noun->bad ? FS_DIR_DOWN : FS_DIR_UP;
	return FS_DIR_NONE;
}

/* See metric_impl.h. */
FsDirection
fs_direction_between(const FsParse *parse, int from, int to, const FsNoun *noun)
{
	int stop = to - FS_METRIC_WINDOW;

	for (int i = to - 1; i > from && i >= stop; i--)
	{
		FsDirection	  d = fs_unit_direction(parse, i, noun);
		const FsUnit *u = &parse->units[i];

		if (d == FS_DIR_NONE)
			continue;
		/* an adjective speaks of the noun behind it: "on lower costs" */
		if (!(u->classes & (FS_C(VERB) | FS_C(NOUN))) && i + 1 < to && i + 1 != noun->unit &&
			fs_metric_noun(parse, i + 1).unit >= 0)
			continue;
		if (d == FS_DIR_FLAT && to - i > 6)
			continue;
		return d;
	}
	return FS_DIR_NONE;
}

/* Whether an expectation is that of analysts or the market, not of the company. */
static bool
of_analysts(const FsParse *parse, int unit)
{
	static const char *const parts[] = {
		"analyst", "consensus", "street", "estimate",	   "ibes",		 "refinitiv", "poll",
		"survey",  "zacks",		"views",  "factset",	   "economists", "market",	  "bloomberg",
		"eikon",   "hoped",		"feared", "than expected", "whisper",
	};
	const char *text;

	if (fs_unit_has(parse, unit, FS_C(ANALYST) | FS_C(EXPECT) | FS_C(CONSENSUS)) &&
		parse->units[unit].term > FS_TERM_NUMBER)
	{
		text = fs_entry_text(parse->units[unit].term);
		for (size_t i = 0; i < COUNT_OF(parts); i++)
			if (strstr(text, parts[i]))
				return true;
	}
	return false;
}

/* See metric_impl.h. */
bool
fs_is_consensus(const FsParse *parse, int unit, int previous)
{
	int		at;
	FsJoint joint = fs_joint(parse, unit, &at);
	int		stop = unit - 8 > previous ? unit - 8 : previous + 1;

	for (int i = unit - 1; i >= stop && i >= 0; i--)
	{
		if (fs_unit_ch(parse, i, ';') || parse->units[i].clause != parse->units[unit].clause)
			break;
		/* "beat estimates with ..." names no figure of theirs; "estimate of", "vs estimate" does */
		if (of_analysts(parse, i) && !(i + 1 < parse->nunits && fs_unit_ch(parse, i + 1, ',')))
		{
			/* "beats estimates with sales of $5 million" names no figure of theirs */
			bool beaten = i < at - 1 && fs_unit_has(parse, i, FS_C(BEAT) | FS_C(MISS));

			beaten |= i < at - 1 && i > 0 && fs_unit_has(parse, i - 1, FS_C(BEAT) | FS_C(MISS));
			if (i == at || joint == FS_J_OF || joint == FS_J_FOR || joint == FS_J_COMPARE || joint == FS_J_NONE ||
				joint == FS_J_BE || joint == FS_J_AT)
				return !beaten;
		}
	}
	if (joint == FS_J_COMPARE)
		for (int i = unit - 1; i >= stop && i >= at - 2 && i >= 0; i--)
			if (fs_unit_has(parse, i, FS_C(EXPECT)) &&
				(fs_unit_is(parse, i, "expected") || fs_unit_is(parse, i, "expectations")))
				return true;
	for (int i = unit + 1; i < parse->nunits && i <= unit + 4; i++)
	{
		const FsUnit *u = &parse->units[i];

		if (u->type == FS_U_QUANTITY || u->classes & FS_C(COMPARE) ||
			(u->type == FS_U_PUNCT && u->ch != '"' && u->ch != ')'))
			break;
		if (of_analysts(parse, i))
			return true;
		if ((joint == FS_J_COMPARE || joint == FS_J_OF || joint == FS_J_TO || joint == FS_J_NONE) &&
			(fs_unit_is(parse, i, "expected") || fs_unit_is(parse, i, "hoped") || fs_unit_is(parse, i, "forecast")) &&
			joint == FS_J_COMPARE)
			return true;
		if (fs_unit_has(parse, i, FS_C(CLAUSE)) || fs_unit_is(parse, i, "and"))
			break;
	}
	return false;
}

/* Whether the unit opens a condition that makes its amount hypothetical. */
static bool
hypothesis(const FsParse *parse, int unit)
{
	static const char *const words[] = {
		"would", "if", "unless", "assuming", "assume", "scenario", "had", "suppose", "hypothetically", "were",
	};

	if (!fs_unit_has(parse, unit, FS_C(CONDITION)))
		return fs_unit_is(parse, unit, "if") || fs_unit_is(parse, unit, "would") ||
			   fs_unit_is(parse, unit, "scenario");
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (begins_in(parse, unit, words[i]))
			return true;
	return false;
}

/* See metric_impl.h. */
FsBasis
fs_basis_of(const FsParse *parse, int unit, int noun)
{
	int	 stop = unit - 24 > 0 ? unit - 24 : 0;
	bool future = false;
	bool apart = false;

	(void) noun;
	for (int i = unit - 1; i >= stop; i--)
	{
		const FsUnit *u = &parse->units[i];

		if (fs_unit_ch(parse, i, ';') || u->clause + 1 < parse->units[unit].clause)
			break;
		if (u->clause < parse->units[unit].clause && (future || !fs_unit_has(parse, i, FS_C(CONDITION))))
			continue;
		apart |= fs_unit_ch(parse, i, ',') && fs_unit_is(parse, i + 1, "and");
		if (!apart && hypothesis(parse, i))
			return FS_BASIS_HYPOTHETICAL;
		if (u->classes & (FS_C(BEAT) | FS_C(MISS)))
			continue; /* "smaller than expected" */
		if (u->classes & (FS_C(FUTURE) | FS_C(EXPECT) | FS_C(GUIDANCE)) || fs_unit_is(parse, i, "could") ||
			fs_unit_is(parse, i, "may") || fs_unit_is(parse, i, "sees") || fs_unit_is(parse, i, "see") ||
			fs_unit_is(parse, i, "might") || fs_unit_is(parse, i, "should"))
			future |= !of_analysts(parse, i);
	}
	for (int i = unit + 1; i < parse->nunits && i < unit + 6; i++)
	{
		if (fs_unit_ch(parse, i, ';') || fs_is_quantity(parse, i))
			break;
		if (fs_unit_is(parse, i, "if") || fs_unit_is(parse, i, "unless"))
			return FS_BASIS_HYPOTHETICAL;
	}
	return future ? FS_BASIS_FORECAST : FS_BASIS_ACTUAL;
}

/* Whether a date unit is a month, weekday, year, or the day beside a month; no time of day. */
static bool
date_unit(const FsParse *parse, int unit)
{
	const FsToken *tokens = parse->sentence->tokens;
	const FsUnit  *u = &parse->units[unit];
	const FsToken *t = &tokens[u->token];

	if (t->kind != FS_NUMBER)
		return true;
	if (t->len == 4)
		return true;
	return (unit > 0 && fs_token_classes(&tokens[parse->units[unit - 1].token]) & FS_C(MONTH)) ||
		   (unit + 1 < parse->nunits && fs_token_classes(&tokens[parse->units[unit + 1].token]) & FS_C(MONTH));
}

/* Whether a unit can be (the middle of) a period. */
static bool
period_unit(const FsParse *parse, int unit)
{
	static const char *const vague[] = {
		"year",	  "years",	"months", "days", "weeks",	"day",	   "week",	 "today",	 "yesterday", "spring",
		"summer", "winter", "autumn", "half", "period", "tonight", "midday", "quarters", "month",
	};
	const FsUnit *u = &parse->units[unit];

	if (u->type == FS_U_DATE)
		return date_unit(parse, unit);
	if (u->count > 1 && u->term > FS_TERM_NUMBER)
	{
		const char *text = fs_entry_text(u->term);

		if (strstr(text, " on ") || strstr(text, " over ") || strstr(text, " o "))
			return false; /* "year on year" */
	}
	if (u->type != FS_U_WORD || !(u->classes & FS_C(PERIOD)) || u->classes & FS_C(PAST))
		return false;
	for (size_t i = 0; i < COUNT_OF(vague); i++)
		if (fs_unit_is(parse, unit, vague[i]))
			return false;
	return true;
}

/* The period around a unit, as written: "year ended December 31 , 2018". */
static FsSpan
period_span(const FsParse *parse, int unit)
{
	int first = unit, last = unit;

	while (last + 1 < parse->nunits && last - unit < 8)
	{
		int next = last + 1;

		if (period_unit(parse, next))
		{
			last = next;
			continue;
		}
		if ((fs_unit_is(parse, next, "of") || fs_unit_is(parse, next, "ended") || fs_unit_is(parse, next, "ending") ||
			 fs_unit_is(parse, next, "to") || fs_unit_ch(parse, next, ',')) &&
			next + 1 < parse->nunits && parse->units[next + 1].type == FS_U_DATE &&
			(!fs_unit_ch(parse, next, ',') || parse->units[last].type == FS_U_DATE))
		{
			last = next + 1;
			continue;
		}
		break;
	}
	while (first > 0 && unit - first < 6)
	{
		if (period_unit(parse, first - 1) ||
			(parse->units[first].type == FS_U_DATE && fs_unit_ch(parse, first - 1, ',') && first > 1 &&
			 parse->units[first - 2].type == FS_U_DATE))
			first--;
		else if (parse->units[first].type == FS_U_DATE &&
				 (fs_unit_is(parse, first - 1, "ended") || fs_unit_is(parse, first - 1, "ending") ||
				  fs_unit_is(parse, first - 1, "of")) &&
				 first > 1 && fs_unit_has(parse, first - 2, FS_C(PERIOD)))
			first -= 2;
		else
			break;
	}
	return fs_units_span(parse, first, last);
}

/* See metric_impl.h. */
void
fs_find_periods(const FsParse *parse, int first, int last, FsSpan *period, FsSpan *prior)
{
	int best = -1, best_distance = FS_METRIC_WINDOW;

	for (int i = first - 30 > 0 ? first - 30 : 0; i < parse->nunits && i < last + 16; i++)
	{
		int distance = i < first ? first - i : i > last ? i - last : 0;

		if (parse->units[i].clause != parse->units[first].clause)
			distance += 6;
		if (prior->len == 0 && i > first && fs_unit_has(parse, i, FS_C(PAST)) && i <= last + 4)
			*prior = fs_units_span(parse, i, i);
		if (distance < best_distance && period_unit(parse, i) && !(i > 0 && fs_unit_has(parse, i - 1, FS_C(PAST))))
		{
			best = i;
			best_distance = distance;
		}
	}
	if (best >= 0)
		*period = period_span(parse, best);
}

/* See metric_impl.h. */
void
fs_metric_company(const FsMetricReader *r, int unit, FsMetric *row)
{
	int				 token = r->parse->units[unit].token;
	const FsMention *best = NULL;

	for (int i = 0; i < r->nmentions; i++)
	{
		const FsMention *m = &r->mentions[i];

		if (m->as_source)
			continue;
		if (m->token < token)
			best = m;
		else if (!best && r->state->company < 0 && !r->state->symbol[0])
		{
			best = m;
			break;
		}
		else
			break;
	}
	if (best)
	{
		row->company = best->company;
		if (best->company < 0)
			memcpy(row->symbol, best->symbol, sizeof(row->symbol));
	}
	else
	{
		row->company = r->state->company;
		memcpy(row->symbol, r->state->symbol, sizeof(row->symbol));
	}
}
