/*
 * metric_context.c - level 5: what stands around a quantity.
 *
 * The joint is the word that ties it to what stands before ("to", "from",
 * "compared with"); direction, basis and company come from the units of its
 * neighbourhood.  Every search is bounded by FS_METRIC_WINDOW.
 */
#include "metric_impl.h"

#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

/* Words between a joint and its amount that say nothing. */
static bool
transparent(const FsParse *parse, int unit)
{
	const FsUnit *u = &parse->units[unit];

	if (u->type == FS_U_PUNCT)
		return u->ch == '(' || u->ch == '"' || u->ch == '\'' || u->ch == '-';
	if (u->type != FS_U_WORD || u->count != 1)
		return false;
	if (u->classes & (FS_C(INTENSIFY) | FS_C(WEAKEN) | FS_C(COMPARATOR)) && !(u->classes & FS_C_DIRECTION))
		return true;
	switch (fs_unit_word(parse, unit))
	{
		case FS_W_a:
		case FS_W_an:
		case FS_W_the:
		case FS_W_its:
		case FS_W_their:
		case FS_W_our:
		case FS_W_his:
		case FS_W_only:
		case FS_W_just:
		case FS_W_still:
		case FS_W_also:
		case FS_W_even:
		case FS_W_another:
		case FS_W_record:
		case FS_W_total:
		case FS_W_new:
		case FS_W_further:
		case FS_W_full:
		case FS_W_whopping:
		case FS_W_year:
		case FS_W_annual:
		case FS_W_earlier:
		case FS_W_prior:
		case FS_W_previous:
		case FS_W_own:
		case FS_W_initial:
		case FS_W_combined:
		case FS_W_roughly:
		case FS_W_cash:
		case FS_W_purchase:
		case FS_W_estimated:
		case FS_W_average:
			return true;
		default:
			return false;
	}
}

/* Whether a word stands for the figure itself before "of". */
static bool
reference_word(const FsParse *parse, int unit)
{
	if (unit <= 0)
		return false;
	switch (fs_unit_last(parse, unit))
	{
		case FS_W_range:
		case FS_W_guidance:
		case FS_W_forecast:
		case FS_W_target:
		case FS_W_peak:
		case FS_W_level:
		case FS_W_figure:
		case FS_W_outlook:
		case FS_W_high:
		case FS_W_low:
		case FS_W_record:
		case FS_W_total:
		case FS_W_average:
		case FS_W_one:
		case FS_W_projection:
		case FS_W_rate:
		case FS_W_estimate:
		case FS_W_price:
		case FS_W_consideration:
		case FS_W_sum:
		case FS_W_view:
		case FS_W_pace:
			return true;
		default:
			return false;
	}
}

/* The joint that a word is. */
static FsJoint
joint_of(FsTerm word)
{
	switch (word)
	{
		case FS_W_to:
		case FS_W_into:
			return FS_J_TO;
		case FS_W_from:
			return FS_J_FROM;
		case FS_W_by:
			return FS_J_BY;
		case FS_W_of:
		case FS_W_worth:
			return FS_J_OF;
		case FS_W_at:
		case FS_W_near:
		case FS_W_between:
			return FS_J_AT;
		case FS_W_in:
			return FS_J_IN;
		case FS_W_on:
			return FS_J_ON;
		case FS_W_for:
			return FS_J_FOR;
		case FS_W_or:
			return FS_J_OR;
		case FS_W_and:
			return FS_J_AND;
		case FS_W_is:
		case FS_W_was:
		case FS_W_were:
		case FS_W_are:
		case FS_W_be:
		case FS_W_been:
		case FS_W_totaled:
		case FS_W_totalled:
		case FS_W_totaling:
		case FS_W_totalling:
		case FS_W_reached:
		case FS_W_reach:
		case FS_W_reaches:
		case FS_W_reaching:
		case FS_W_hit:
		case FS_W_hits:
		case FS_W_stood:
		case FS_W_stands:
		case FS_W_amounted:
			return FS_J_BE;
		case FS_W_versus:
		case FS_W_vs:
		case FS_W_than:
		case FS_W_against:
			return FS_J_COMPARE;
		default:
			return FS_J_NONE;
	}
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
	joint = joint_of(fs_unit_last(parse, i));
	/* "from a peak of", "compared with its earlier guidance of" */
	if (joint == FS_J_OF && reference_word(parse, i - 1))
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
		if (fs_unit_is(parse, unit, FS_W_tank) || fs_unit_is(parse, unit, FS_W_tanks) ||
			fs_unit_is(parse, unit, FS_W_crack) || fs_unit_is(parse, unit, FS_W_cracks) ||
			fs_unit_is(parse, unit, FS_W_shed) || fs_unit_is(parse, unit, FS_W_sheds))
			return FS_DIR_DOWN;
		if (fs_unit_is(parse, unit, FS_W_flies) || fs_unit_is(parse, unit, FS_W_zoom) ||
			fs_unit_is(parse, unit, FS_W_zooms))
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

/* Whether the word alone makes its amount a forecast. */
static inline bool
plan_word(FsTerm word)
{
	switch (word)
	{
		case FS_W_could:
		case FS_W_may:
		case FS_W_sees:
		case FS_W_see:
		case FS_W_might:
		case FS_W_should:
			return true;
		default:
			return false;
	}
}

/* Whether the unit makes an amount a forecast. */
static bool
plans(const FsParse *parse, int unit)
{
	return fs_unit_has(parse, unit, FS_C(FUTURE) | FS_C(EXPECT) | FS_C(GUIDANCE)) ||
		   plan_word(fs_unit_word(parse, unit)) || fs_unit_ends(parse, unit, FS_W_outlook);
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

/* Whether the unit could make an amount hypothetical or a forecast: what fs_basis_of finds is among it. */
static inline bool
may_plan(const FsParse *parse, const FsUnit *u)
{
	if (u->classes & (FS_C(FUTURE) | FS_C(EXPECT) | FS_C(GUIDANCE) | FS_C(CONDITION)))
		return true;
	switch (parse->sentence->tokens[u->token].term)
	{
		case FS_W_could:
		case FS_W_may:
		case FS_W_sees:
		case FS_W_see:
		case FS_W_might:
		case FS_W_should:
		case FS_W_if:
		case FS_W_would:
		case FS_W_unless:
		case FS_W_planned:
		case FS_W_targeted:
			return true;
		default:
			return u->term == FS_W_outlook ||
				   (u->count > 1 && fs_unit_ends(parse, (int) (u - parse->units), FS_W_outlook));
	}
}

/* See metric_impl.h. */
void
fs_metric_survey(FsMetricReader *r)
{
	const FsParse *parse = r->parse;

	r->plans = false;
	r->dated[0] = parse->nunits;
	r->dated[1] = -1;
	for (int i = 0; i < parse->nunits; i++)
	{
		const FsUnit *u = &parse->units[i];

		if (u->type == FS_U_PUNCT || (u->type == FS_U_WORD && u->classes == 0))
			continue;
		r->plans = r->plans || may_plan(parse, u);
		if (!fs_unit_dated(parse, u))
			continue;
		if (r->dated[1] < 0)
			r->dated[0] = i;
		r->dated[1] = i;
	}
}

/* See metric_impl.h. */
FsBasis
fs_basis_of(const FsMetricReader *r, int unit)
{
	const FsParse *parse = r->parse;
	int			   stop = unit - 24 > 0 ? unit - 24 : 0;
	bool		   future = false;
	bool		   apart = false;
	bool		   near = true; /* what follows still speaks of the amount */

	if (!r->plans)
		return FS_BASIS_ACTUAL;
	for (int i = unit - 1; i >= stop; i--)
	{
		const FsUnit *u = &parse->units[i];

		if (fs_unit_ch(parse, i, ';') || u->clause + 1 < parse->units[unit].clause)
			break;
		if (u->clause < parse->units[unit].clause && (future || !fs_unit_has(parse, i, FS_C(CONDITION))))
			continue;
		apart |= fs_unit_ch(parse, i, ',') && fs_unit_is(parse, i + 1, FS_W_and);
		if (!apart && hypothesis(parse, i))
			return FS_BASIS_HYPOTHETICAL;
		if (future || u->classes & (FS_C(BEAT) | FS_C(MISS)))
			continue; /* "smaller than expected" */
		if (plans(parse, i))
			future |= !of_analysts(parse, i);
	}
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
