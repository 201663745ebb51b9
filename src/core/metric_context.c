/*
 * metric_context.c - level 5: what stands around a quantity.
 *
 * The joint is the word that ties it to what stands before ("to", "from",
 * "compared with"); direction, basis and company come from the units of its
 * neighbourhood.  Every search is bounded by FS_METRIC_WINDOW.
 */
#include "metric_impl.h"

#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

/* What a word is beside an amount: the joint (FsJoint) that it is, and these bits. */
enum WordBits
{
	SILENT = 16, /* between a joint and its amount it says nothing */
	STANDS = 32, /* before "of" it stands for the figure itself */
};

static const uint8_t words[FS_WORD_IDS] = {
	[FS_W_a] = SILENT,
	[FS_W_against] = FS_J_COMPARE,
	[FS_W_also] = SILENT,
	[FS_W_amounted] = FS_J_BE,
	[FS_W_an] = SILENT,
	[FS_W_and] = FS_J_AND,
	[FS_W_annual] = SILENT,
	[FS_W_another] = SILENT,
	[FS_W_are] = FS_J_BE,
	[FS_W_at] = FS_J_AT,
	[FS_W_average] = SILENT | STANDS,
	[FS_W_be] = FS_J_BE,
	[FS_W_been] = FS_J_BE,
	[FS_W_between] = FS_J_AT,
	[FS_W_by] = FS_J_BY,
	[FS_W_cash] = SILENT,
	[FS_W_combined] = SILENT,
	[FS_W_consideration] = STANDS,
	[FS_W_earlier] = SILENT,
	[FS_W_estimate] = STANDS,
	[FS_W_estimated] = SILENT,
	[FS_W_even] = SILENT,
	[FS_W_figure] = STANDS,
	[FS_W_for] = FS_J_FOR,
	[FS_W_forecast] = STANDS,
	[FS_W_from] = FS_J_FROM,
	[FS_W_full] = SILENT,
	[FS_W_further] = SILENT,
	[FS_W_guidance] = STANDS,
	[FS_W_high] = STANDS,
	[FS_W_his] = SILENT,
	[FS_W_hit] = FS_J_BE,
	[FS_W_hits] = FS_J_BE,
	[FS_W_in] = FS_J_IN,
	[FS_W_initial] = SILENT,
	[FS_W_into] = FS_J_TO,
	[FS_W_is] = FS_J_BE,
	[FS_W_its] = SILENT,
	[FS_W_just] = SILENT,
	[FS_W_level] = STANDS,
	[FS_W_low] = STANDS,
	[FS_W_near] = FS_J_AT,
	[FS_W_new] = SILENT,
	[FS_W_of] = FS_J_OF,
	[FS_W_on] = FS_J_ON,
	[FS_W_one] = STANDS,
	[FS_W_only] = SILENT,
	[FS_W_or] = FS_J_OR,
	[FS_W_our] = SILENT,
	[FS_W_outlook] = STANDS,
	[FS_W_own] = SILENT,
	[FS_W_pace] = STANDS,
	[FS_W_peak] = STANDS,
	[FS_W_previous] = SILENT,
	[FS_W_price] = STANDS,
	[FS_W_prior] = SILENT,
	[FS_W_projection] = STANDS,
	[FS_W_purchase] = SILENT,
	[FS_W_range] = STANDS,
	[FS_W_rate] = STANDS,
	[FS_W_reach] = FS_J_BE,
	[FS_W_reached] = FS_J_BE,
	[FS_W_reaches] = FS_J_BE,
	[FS_W_reaching] = FS_J_BE,
	[FS_W_record] = SILENT | STANDS,
	[FS_W_roughly] = SILENT,
	[FS_W_stands] = FS_J_BE,
	[FS_W_still] = SILENT,
	[FS_W_stood] = FS_J_BE,
	[FS_W_sum] = STANDS,
	[FS_W_target] = STANDS,
	[FS_W_than] = FS_J_COMPARE,
	[FS_W_the] = SILENT,
	[FS_W_their] = SILENT,
	[FS_W_to] = FS_J_TO,
	[FS_W_total] = SILENT | STANDS,
	[FS_W_totaled] = FS_J_BE,
	[FS_W_totaling] = FS_J_BE,
	[FS_W_totalled] = FS_J_BE,
	[FS_W_totalling] = FS_J_BE,
	[FS_W_versus] = FS_J_COMPARE,
	[FS_W_view] = STANDS,
	[FS_W_vs] = FS_J_COMPARE,
	[FS_W_was] = FS_J_BE,
	[FS_W_were] = FS_J_BE,
	[FS_W_whopping] = SILENT,
	[FS_W_worth] = FS_J_OF,
	[FS_W_year] = SILENT,
};

/* What the word is; nothing if it is a phrase. */
static inline unsigned
word_bits(FsTerm word)
{
	return word < FS_WORD_IDS ? words[word] : 0;
}

/* Whether what stands between a joint and its amount says nothing. */
static inline bool
transparent(const FsParse *parse, int unit)
{
	const FsUnit *u = &parse->units[unit];

	if (u->type == FS_U_PUNCT)
		return u->ch == '(' || u->ch == '"' || u->ch == '\'' || u->ch == '-';
	if (u->type != FS_U_WORD || u->count != 1)
		return false;
	return (u->classes & (FS_C(INTENSIFY) | FS_C(WEAKEN) | FS_C(COMPARATOR)) && !(u->classes & FS_C_DIRECTION)) ||
		   words[u->term] & SILENT;
}

/* See metric_impl.h. */
FsJoint
fs_joint(const FsParse *parse, int unit, int *at)
{
	int		i = unit - 1;
	FsJoint joint;

	for (int steps = 0; i >= 0 && steps < 4 && transparent(parse, i); steps++)
		i--;
	*at = i;
	if (i < 0 || parse->units[i].type != FS_U_WORD)
		return FS_J_NONE;
	if (fs_unit_has(parse, i, FS_C(COMPARE)))
		return fs_unit_last(parse, i) == FS_W_from || fs_unit_first(parse, i) == FS_W_from ? FS_J_FROM : FS_J_COMPARE;
	joint = (FsJoint) (word_bits(fs_unit_last(parse, i)) & 15);
	/* "from a peak of", "compared with its earlier guidance of" */
	if (joint == FS_J_OF && i > 1 && word_bits(fs_unit_last(parse, i - 1)) & STANDS)
	{
		int		before;
		FsJoint outer = fs_joint(parse, i - 1, &before);

		if (outer == FS_J_FROM || outer == FS_J_COMPARE || outer == FS_J_FOR ||
			(outer == FS_J_TO && (fs_unit_ends(parse, i - 1, FS_W_rate) || fs_unit_ends(parse, i - 1, FS_W_pace))))
		{
			*at = before;
			return outer;
		}
	}
	return joint;
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
	if (u->type != FS_U_WORD ||
		(!(c & (FS_C_DIRECTION | FS_C(COMPARE) | FS_C(FLAT))) && !fs_is_quantity(parse, unit + 1)))
		return FS_DIR_NONE;
	if (c & FS_C(COMPARE) && u->count > 1)
	{
		if (fs_unit_first(parse, unit) == FS_W_up || fs_unit_first(parse, unit) == FS_W_higher ||
			fs_unit_first(parse, unit) == FS_W_above)
			return FS_DIR_UP;
		if (fs_unit_first(parse, unit) == FS_W_down || fs_unit_first(parse, unit) == FS_W_lower ||
			fs_unit_first(parse, unit) == FS_W_below)
			return FS_DIR_DOWN;
	}
	if (c & FS_C(UP) && c & FS_C(DOWN))
		return FS_DIR_NONE;
	/* verbs of price moves that are other words elsewhere */
	if (!(c & FS_C_DIRECTION) && fs_is_quantity(parse, unit + 1))
	{
		if (fs_entry(u->term)->tells == FS_TELLS_FALL)
			return FS_DIR_DOWN;
		if (fs_entry(u->term)->tells == FS_TELLS_RISE)
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
fs_direction_between(const FsMetricReader *r, int from, int to, const FsNoun *noun)
{
	const FsParse *parse = r->parse;
	int			   stop = from + 1 > to - FS_METRIC_WINDOW ? from + 1 : to - FS_METRIC_WINDOW;

	for (int i = to; (i = fs_set_last(&r->moving, stop, i)) >= 0;)
	{
		FsDirection	  d = fs_unit_direction(parse, i, noun);
		const FsUnit *u = &parse->units[i];

		if (d == FS_DIR_NONE)
			continue;
		/* an adjective speaks of the noun behind it: "on lower costs" */
		if (!(u->classes & (FS_C(VERB) | FS_C(NOUN))) && i + 1 < to && i + 1 != noun->unit &&
			fs_metric_noun(r, i + 1).unit >= 0)
			continue;
		if (d == FS_DIR_FLAT && to - i > 6)
			continue;
		return d;
	}
	return FS_DIR_NONE;
}

/* Whether an expectation is that of analysts or the market, not of the company. */
static inline bool
of_analysts(const FsParse *parse, int unit)
{
	return unit < parse->nunits && parse->units[unit].classes != 0 &&
		   fs_entry(parse->units[unit].term)->tells == FS_TELLS_ANALYSTS;
}

/* See metric_impl.h. */
bool
fs_is_consensus(const FsParse *parse, int unit, int previous)
{
	int		at;
	FsJoint joint;
	int		stop = unit - 8 > previous ? unit - 8 : previous + 1;

	if (!(parse->seen & (FS_C(ANALYST) | FS_C(EXPECT) | FS_C(CONSENSUS))))
		return false;
	joint = fs_joint(parse, unit, &at);
	for (int i = unit - 1; i >= stop && i >= 0; i--)
	{
		if (fs_unit_ch(parse, i, ';') || parse->units[i].clause != parse->units[unit].clause)
			break;
		/* "beat estimates with ..." names no figure of theirs; "estimate of", "vs estimate" does */
		if (of_analysts(parse, i) && !(i + 1 < parse->nunits && fs_unit_ch(parse, i + 1, ',')))
		{
			/* "beats estimates with sales of $5 million" names no figure of theirs */
			bool beaten = !(joint == FS_J_OF && i == at - 1) && fs_unit_has(parse, i, FS_C(BEAT) | FS_C(MISS));

			beaten |=
				!(joint == FS_J_OF && i == at - 1) && i > 0 && fs_unit_has(parse, i - 1, FS_C(BEAT) | FS_C(MISS));
			if (i == at || joint == FS_J_OF || joint == FS_J_FOR || joint == FS_J_COMPARE || joint == FS_J_NONE ||
				joint == FS_J_BE || joint == FS_J_AT)
				return !beaten;
		}
	}
	if (joint == FS_J_COMPARE)
		for (int i = unit - 1; i >= stop && i >= at - 2 && i >= 0; i--)
			if (fs_unit_has(parse, i, FS_C(EXPECT)) &&
				(fs_unit_is(parse, i, FS_W_expected) || fs_unit_is(parse, i, FS_W_expectations)))
				return true;
	for (int i = unit + 1; i < parse->nunits && i <= unit + 4; i++)
	{
		const FsUnit *u = &parse->units[i];

		/* "of $6.1 billion topped the estimate" */
		if (u->type == FS_U_QUANTITY || u->classes & (FS_C(COMPARE) | FS_C(BEAT) | FS_C(MISS)) ||
			(u->type == FS_U_PUNCT && u->ch != '"' && u->ch != ')'))
			break;
		if (of_analysts(parse, i))
			return true;
		if ((joint == FS_J_COMPARE || joint == FS_J_OF || joint == FS_J_TO || joint == FS_J_NONE) &&
			(fs_unit_is(parse, i, FS_W_expected) || fs_unit_is(parse, i, FS_W_hoped) ||
			 fs_unit_is(parse, i, FS_W_forecast)) &&
			joint == FS_J_COMPARE)
			return true;
		if (fs_unit_has(parse, i, FS_C(CLAUSE)) || fs_unit_is(parse, i, FS_W_and))
			break;
	}
	return false;
}

/* Whether the unit opens a condition that makes its amount hypothetical. */
static bool
hypothesis(const FsParse *parse, int unit)
{
	switch (fs_unit_first(parse, unit))
	{
		case FS_W_if:
		case FS_W_would:
			return true;
		case FS_W_unless:
		case FS_W_assuming:
		case FS_W_assume:
		case FS_W_had:
		case FS_W_suppose:
		case FS_W_were:
			return fs_unit_has(parse, unit, FS_C(CONDITION));
		default:
			return false;
	}
}

/* Whether the unit makes an amount a forecast. */
static bool
plans(const FsParse *parse, int unit)
{
	return fs_unit_has(parse, unit, FS_C(FUTURE) | FS_C(EXPECT) | FS_C(GUIDANCE)) ||
		   fs_plan_word(fs_unit_word(parse, unit)) || fs_unit_ends(parse, unit, FS_W_outlook);
}

/* Whether what follows the amount says that it is still to come: "... are expected", "is planned". */
static bool
planned_behind(const FsParse *parse, int unit)
{
	bool be = fs_unit_first(parse, unit) == FS_W_are || fs_unit_first(parse, unit) == FS_W_is;

	if (be && parse->units[unit].count > 1)
		return fs_unit_has(parse, unit, FS_C(EXPECT) | FS_C(FUTURE)) && !of_analysts(parse, unit);
	if (!be)
		return false;
	switch (fs_unit_first(parse, unit + 1))
	{
		case FS_W_expected:
		case FS_W_planned:
		case FS_W_forecast:
		case FS_W_targeted:
		case FS_W_anticipated:
			return !of_analysts(parse, unit + 1);
		default:
			return false;
	}
}

/* Whether ", and" stands between a condition and the amount, in the amount's clause. */
static bool
set_apart(const FsParse *parse, int condition, int unit)
{
	for (int i = unit - 1; i > condition && parse->units[i].clause == parse->units[unit].clause; i--)
		if (fs_unit_ch(parse, i, ',') && fs_unit_is(parse, i + 1, FS_W_and))
			return true;
	return false;
}

/* See metric_impl.h. */
FsBasis
fs_basis_of(const FsMetricReader *r, int unit)
{
	const FsParse *parse = r->parse;
	const unsigned clause = parse->units[unit].clause;
	int			   stop = unit - 24 > 0 ? unit - 24 : 0;
	bool		   future = false;
	bool		   near = true; /* what follows still speaks of the amount */

	if (!r->any_planned)
		return FS_BASIS_ACTUAL;
	for (int i = fs_set_last(&r->stops, stop, unit); i >= 0; i = fs_set_last(&r->stops, stop, i))
		if (fs_unit_ch(parse, i, ';'))
			stop = i + 1;
	for (int i = unit; (i = fs_set_last(&r->planned, stop, i)) >= 0;)
	{
		const FsUnit *u = &parse->units[i];

		if (u->clause + 1u < clause)
			break;
		if (u->clause < clause && (future || !fs_unit_has(parse, i, FS_C(CONDITION))))
			continue;
		if (hypothesis(parse, i) && !set_apart(parse, i, unit))
			return FS_BASIS_HYPOTHETICAL;
		if (future || u->classes & (FS_C(BEAT) | FS_C(MISS)))
			continue; /* "smaller than expected" */
		if (plans(parse, i))
			future |= !of_analysts(parse, i);
	}
	if (fs_set_first(&r->planned, unit + 1, unit + 7 < parse->nunits ? unit + 7 : parse->nunits) >=
		(unit + 7 < parse->nunits ? unit + 7 : parse->nunits))
		return future ? FS_BASIS_FORECAST : FS_BASIS_ACTUAL;
	for (int i = unit + 1; i < parse->nunits && i < unit + 6; i++)
	{
		if (fs_unit_ch(parse, i, ';') || fs_is_quantity(parse, i))
			break;
		if (fs_unit_is(parse, i, FS_W_if) || fs_unit_is(parse, i, FS_W_unless))
			return FS_BASIS_HYPOTHETICAL;
		near = near && !fs_unit_ch(parse, i, ',') && !fs_unit_has(parse, i, FS_C(CLAUSE)) &&
			   !fs_unit_is(parse, i, FS_W_and);
		future |= near && planned_behind(parse, i);
	}
	return future ? FS_BASIS_FORECAST : FS_BASIS_ACTUAL;
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
