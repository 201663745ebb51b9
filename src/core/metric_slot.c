/*
 * metric_slot.c - level 5: the place of an amount in its row, and its direction.
 *
 * Change, prior, value or consensus is decided by the joint, the unit and what
 * moves beside the amount; a percentage without a noun is a move of the price
 * of the company before it ("Ford dropped 5%", "and Magna 3%").
 */
#include "metric_impl.h"

/* Whether the unit is "'s". */
static bool
possessive(const FsParse *parse, int unit)
{
	const FsToken *t = unit < parse->nunits ? &parse->sentence->tokens[parse->units[unit].token] : NULL;

	return t && fs_token_is(parse->sentence->text, t, "'s");
}

/* See metric_impl.h. */
FsDirection
fs_adjacent_direction(const FsMetricReader *r, const FsAmount *rd)
{
	const FsParse *parse = r->parse;
	int			   before = rd->unit - 1;
	int			   after = fs_after_quantity(parse, rd->unit);
	int			   end = after + 3 < parse->nunits ? after + 3 : parse->nunits;
	FsDirection	   d;

	if (fs_set_last(&r->moving, rd->unit - 4, rd->unit) < 0 && fs_set_first(&r->moving, after, end) == end &&
		!fs_unit_has(parse, after, FS_C(ABOVE) | FS_C(BELOW)))
		return FS_DIR_NONE;
	/* over adverbs: "fell sharply 5%", "up about 3%" */
	while (before > rd->previous && rd->unit - before < 4 &&
		   fs_unit_has(parse, before, FS_C(INTENSIFY) | FS_C(WEAKEN)) && !fs_unit_has(parse, before, FS_C_DIRECTION))
		before--;
	d = before > rd->previous ? fs_direction_at(r, before, &rd->noun) : FS_DIR_NONE;
	if (d == FS_DIR_UP || d == FS_DIR_DOWN)
		return d;
	for (int i = after; i < end; i++)
	{
		const FsUnit *u = &parse->units[i];

		if (u->type != FS_U_WORD)
			break;
		d = fs_direction_at(r, i, &rd->noun);
		if ((d == FS_DIR_UP || d == FS_DIR_DOWN) &&
			(u->classes & (FS_C(NOUN) | FS_C(ADJ)) || !(u->classes & FS_C(VERB))))
			return d;
		if (fs_unit_has(parse, i, FS_C(ABOVE)) && i == after)
			return FS_DIR_UP;
		if (fs_unit_has(parse, i, FS_C(BELOW)) && i == after)
			return FS_DIR_DOWN;
		if (u->classes & (FS_C(FUNCTION) | FS_C(CLAUSE)) || fs_is_quantity(parse, i))
			break;
	}
	return FS_DIR_NONE;
}

/* See metric_impl.h. */
int
fs_written_sign(const FsParse *parse, const FsQuantity *q)
{
	const char *base = parse->sentence->text.data;

	uint32_t at = q->span.start;

	if (q->value.negative)
		return '-';
	if (at > 1 && base[at - 1] == ' ')
		at--;
	return at > 0 && base[at - 1] == '+' ? '+' : 0;
}

/* Whether the comparator is one of levels: "crashed below $72,000". */
static bool
at_level(const FsParse *parse, const FsAmount *rd)
{
	const FsSentence *s = parse->sentence;
	const FsToken	 *t = &s->tokens[rd->q->first];

	return fs_token_is(s->text, t, "below") || fs_token_is(s->text, t, "above") || fs_token_is(s->text, t, "under") ||
		   fs_token_is(s->text, t, "beyond");
}

/* See metric_impl.h. */
bool
fs_increase_of(const FsParse *parse, const FsAmount *rd)
{
	if (rd->joint != FS_J_OF || rd->at < 1)
		return false;
	/* "a decrease of $5 million", but "a low of $5" */
	if (fs_unit_has(parse, rd->at - 1, FS_C_DIRECTION))
		return !fs_unit_ends(parse, rd->at - 1, FS_W_low) && !fs_unit_ends(parse, rd->at - 1, FS_W_high) &&
			   !fs_unit_ends(parse, rd->at - 1, FS_W_lows) && !fs_unit_ends(parse, rd->at - 1, FS_W_highs);
	if (rd->noun.unit != rd->at - 1)
		return false;
	for (int i = rd->noun.unit - 1; i > rd->previous && i > rd->noun.unit - 5; i--)
		if (fs_unit_is(parse, i, FS_W_in) || fs_unit_is(parse, i, FS_W_to))
			return fs_unit_has(parse, i - 1, FS_C(UP) | FS_C(DOWN)) && fs_unit_has(parse, i - 1, FS_C(NOUN));
	return false;
}

/* Whether the amount goes on with what analysts expect: "earnings of 98 cents a share on revenue of $4.12 billion". */
static bool
goes_on(const FsMetricReader *r, const FsAmount *rd)
{
	bool tied = false;

	if (r->n == 0 || r->rows[r->n - 1].basis != FS_BASIS_CONSENSUS || rd->joint != FS_J_OF || !rd->own_noun ||
		rd->noun.unit < rd->previous)
		return false;
	for (int i = rd->previous + 1; i < rd->noun.unit; i++)
	{
		tied |= fs_unit_is(r->parse, i, FS_W_on) || fs_unit_is(r->parse, i, FS_W_and) ||
				fs_unit_is(r->parse, i, FS_W_with);
		if (r->parse->units[i].type == FS_U_PUNCT || fs_unit_has(r->parse, i, FS_C(VERB) | FS_C(BEAT) | FS_C(MISS)))
			return false;
	}
	return tied;
}

/* See metric_impl.h. */
FsSlot
fs_slot_of(const FsMetricReader *r, FsAmount *rd)
{
	const FsParse	 *parse = r->parse;
	const FsQuantity *q = rd->q;
	const FsMetric	 *last = r->n > 0 ? &r->rows[r->n - 1] : NULL;

	if (fs_is_consensus(parse, rd->unit, rd->previous) || goes_on(r, rd))
		return SLOT_CONSENSUS;
	if (q->kind == FS_UNIT_BASIS_POINTS || q->kind == FS_UNIT_POINTS)
		return SLOT_CHANGE;
	if (rd->noun.cue && q->kind == FS_UNIT_COUNT)
		return SLOT_VALUE;
	if (rd->joint == FS_J_FROM)
		return SLOT_PRIOR;
	if (rd->joint == FS_J_COMPARE && last &&
		(last->has_value ? last->unit == q->kind : last->has_change && last->change_unit == q->kind))
		return SLOT_PRIOR;
	if (rd->joint == FS_J_BY)
		return SLOT_CHANGE;
	if (rd->noun.unit < 0 && q->kind == FS_UNIT_MONEY)
		return SLOT_VALUE; /* "lost $5 million" is no change of anything */
	if (q->kind == FS_UNIT_PERCENT && fs_noun_is(&rd->noun, FS_V_job_cuts))
		return SLOT_VALUE; /* "lay off 5% of its workforce" */
	if (q->kind == FS_UNIT_PERCENT)
	{
		bool level = fs_metric_percent_level(r->text, &rd->noun);

		/* "a 24% premium": a level of the noun behind it */
		if (!level && rd->noun.unit > rd->unit && !rd->moved && !rd->noun.name)
			return SLOT_VALUE;
		/* "a premium of 24%" */
		if (!level && rd->noun.unit >= 0 && !rd->noun.name && !rd->moved && rd->own_noun &&
			(rd->joint == FS_J_OF || rd->joint == FS_J_BE || rd->joint == FS_J_AT))
			return SLOT_VALUE;
		if (!level)
			return SLOT_CHANGE;
		return rd->moved && rd->joint == FS_J_NONE && !fs_noun_is(&rd->noun, FS_V_stake) ? SLOT_CHANGE : SLOT_VALUE;
	}
	if (rd->moved && !at_level(parse, rd) && rd->joint != FS_J_TO && rd->joint != FS_J_AT && rd->joint != FS_J_BE)
	{
		/* "costs rose $5 million", "a decrease of $21 million"; not "sales $455 mln up" */
		if (rd->joint == FS_J_OF)
			return fs_increase_of(parse, rd) ? SLOT_CHANGE : SLOT_VALUE;
		if (fs_direction_at(r, rd->unit - 1, &rd->noun) != FS_DIR_NONE ||
			fs_unit_has(parse, fs_after_quantity(parse, rd->unit), FS_C(NOUN)))
			return rd->noun.cue ? SLOT_VALUE : SLOT_CHANGE;
	}
	if (r->last_prior && rd->joint == FS_J_OR && rd->per_share)
		return SLOT_PRIOR; /* "from $214 million, or $0.17 per share" */
	return SLOT_VALUE;
}

/* Whether "kept its forecast of" stands before the amount. */
static bool
kept_before(const FsParse *parse, const FsAmount *rd)
{
	bool guidance = false;

	if (!(parse->seen & (FS_C(EXPECT) | FS_C(GUIDANCE))))
		return false;
	for (int i = rd->unit - 1; i > rd->previous && i > rd->unit - 10; i--)
	{
		guidance |= fs_unit_has(parse, i, FS_C(EXPECT) | FS_C(GUIDANCE));
		if (guidance && (fs_unit_is(parse, i, FS_W_kept) || fs_unit_is(parse, i, FS_W_keeps) ||
						 (fs_unit_has(parse, i, FS_C(FLAT)) && fs_unit_has(parse, i, FS_C(VERB)))))
			return true;
		if (fs_unit_has(parse, i, FS_C(CLAUSE)))
			return false;
	}
	return false;
}

/* See metric_impl.h. */
bool
fs_growth_noun(const FsMetricReader *r, const FsNoun *noun)
{
	return noun->unit >= 0 && noun->span.len > 6 &&
		   memcmp(r->text.data + noun->span.start + noun->span.len - 6, "growth", 6) == 0;
}

/* See metric_impl.h. */
FsDirection
fs_row_direction(const FsMetricReader *r, const FsAmount *rd, FsSlot slot)
{
	const FsParse *parse = r->parse;
	int			   from = rd->previous;
	int			   sign = slot == SLOT_CHANGE ? fs_written_sign(parse, rd->q) : 0;
	FsDirection	   d;

	if (sign)
		return sign == '-' ? FS_DIR_DOWN : FS_DIR_UP;
	if (fs_noun_is(&rd->noun, FS_V_stake) && slot == SLOT_VALUE && rd->joint == FS_J_NONE)
		return FS_DIR_NONE; /* "picks up 25%" */
	if (rd->noun.cue && slot == SLOT_VALUE && !fs_noun_is(&rd->noun, FS_V_valuation) &&
		!fs_noun_is(&rd->noun, FS_V_equity))
		return FS_DIR_NONE;
	if (rd->at == 0 && rd->noun.unit > rd->unit && rd->joint == FS_J_TO)
		return fs_direction_at(r, rd->noun.unit + 1,
							   &rd->noun); /* "To $481 million from $433 million, profit rose" */
	if (slot == SLOT_VALUE && kept_before(parse, rd))
		return FS_DIR_FLAT;
	if (slot == SLOT_CHANGE && (rd->growth || (rd->joint == FS_J_OF && fs_growth_noun(r, &rd->noun))))
		return FS_DIR_UP;
	d = rd->beside;
	if (d != FS_DIR_NONE &&
		(slot == SLOT_CHANGE || rd->noun.unit > rd->unit || fs_direction_at(r, rd->unit - 1, &rd->noun) == d))
		return d;
	if (rd->noun.unit >= 0 && rd->noun.unit < rd->unit && rd->noun.unit > from)
	{
		int before = rd->noun.unit - 8 > from ? rd->noun.unit - 8 : from;

		d = fs_direction_between(r, rd->noun.unit, rd->unit, &rd->noun);
		if (d != FS_DIR_NONE)
			return d;
		/* "raised its dividend to", "cut costs by": a transitive verb before the noun */
		for (int i = rd->noun.unit - 1; i > before; i--)
		{
			if (fs_unit_has(parse, i, FS_C(CLAUSE)) || fs_unit_ch(parse, i, ','))
				break;
			if (fs_unit_has(parse, i, FS_C_DIRECTION) &&
				(fs_unit_has(parse, i, FS_C(TRANS)) || fs_unit_is(parse, i + 1, FS_W_in)) &&
				(rd->joint == FS_J_TO || rd->joint == FS_J_BY || rd->joint == FS_J_FROM || slot == SLOT_CHANGE))
				return fs_direction_at(r, i, &rd->noun);
		}
		return FS_DIR_NONE;
	}
	/* a noun behind the amount, or none: only words close by */
	if (rd->noun.unit < 0 || (rd->noun.unit > rd->unit && rd->joint != FS_J_TO))
		return FS_DIR_NONE;
	return fs_direction_between(r, from, rd->unit, &rd->noun);
}

/* The unit of the company that moves ("Ford dropped 5%", "$META + 6%") with nothing else between; -1 if none. */
static int
moved_name(const FsMetricReader *r, const FsAmount *rd)
{
	const FsParse *parse = r->parse;
	bool		   moves = fs_written_sign(parse, rd->q) != 0;

	for (int i = rd->unit - 1; i > rd->previous && i > rd->unit - 9; i--)
	{
		const FsUnit *u = &parse->units[i];

		if (u->type == FS_U_NAME || u->type == FS_U_TICKER)
		{
			/* "inventory at Target rose" */
			if (fs_unit_is(parse, i - 1, FS_W_at) || fs_unit_is(parse, i - 1, FS_W_of) ||
				fs_unit_is(parse, i - 1, FS_W_in) || fs_unit_is(parse, i - 1, FS_W_for) || possessive(parse, i + 1))
				return -1;
			/* "crude <CLc1> rose": the code of the noun before it */
			if (u->type == FS_U_TICKER && fs_metric_noun(r, i - 1).unit >= 0)
				return -1;
			return moves && fs_metric_noun(r, i).unit < 0 ? i : -1;
		}
		if (fs_unit_has(parse, i, FS_C(UP) | FS_C(DOWN)) || fs_direction_at(r, i, &rd->noun) != FS_DIR_NONE)
			moves = true;
		else if (u->type == FS_U_WORD && !(u->classes & (FS_C(INTENSIFY) | FS_C(WEAKEN) | FS_C(FUNCTION))))
			return -1;
	}
	return -1;
}

/* The direction of a percentage that has no noun: a word before it, or "lower", "up" behind. */
static FsDirection
price_direction(const FsMetricReader *r, const FsAmount *rd)
{
	const FsParse	 *parse = r->parse;
	const FsSentence *s = parse->sentence;
	int				  after = fs_after_quantity(parse, rd->unit);
	int				  t = parse->units[rd->unit].token + parse->units[rd->unit].count;
	FsDirection		  d = fs_direction_between(r, rd->previous, rd->unit, &rd->noun);

	if (fs_written_sign(parse, rd->q))
		return fs_written_sign(parse, rd->q) == '-' ? FS_DIR_DOWN : FS_DIR_UP;
	if (t + 1 < s->ntokens && fs_token_is(s->text, &s->tokens[t + 1], "circuit"))
	{ /* "locked at 20% upper circuit" */
		if (fs_token_is(s->text, &s->tokens[t], "upper"))
			return FS_DIR_UP;
		if (fs_token_is(s->text, &s->tokens[t], "lower"))
			return FS_DIR_DOWN;
	}
	if (d == FS_DIR_NONE && (fs_unit_has(parse, after, FS_C(ADJ)) || fs_unit_is(parse, after, FS_W_up) ||
							 fs_unit_is(parse, after, FS_W_down)))
		d = fs_direction_at(r, after, &rd->noun);
	return d;
}

/* See metric_impl.h. */
bool
fs_price_move(FsMetricReader *r, FsAmount *rd)
{
	const FsMetric *last = r->n > 0 ? &r->rows[r->n - 1] : NULL;
	int				name;

	if (rd->joint == FS_J_FROM || rd->joint == FS_J_COMPARE)
		return false;
	name = rd->joint == FS_J_NONE ? moved_name(r, rd) : -1;
	if (rd->own_noun && !(name >= 0 && name > rd->noun.unit && rd->noun.unit < rd->unit))
		return false;
	if (name >= 0)
		rd->noun.unit = -1;
	/* "growth of 2.1%" is none of a price */
	if (rd->joint == FS_J_OF && fs_unit_ends(r->parse, rd->at - 1, FS_W_growth))
		return false;
	rd->direction = price_direction(r, rd);
	if (rd->direction == FS_DIR_NONE && last &&
		(last->metric == FS_V_share_price || last->metric == FS_V_index_level) && last->has_change)
	{
		rd->direction = (FsDirection) last->direction;
		rd->noun = r->nouns[r->n - 1];
		return true;
	}
	if (rd->noun.unit < 0 && rd->direction != FS_DIR_NONE)
	{
		rd->noun.name = FS_V_share_price;
		rd->noun.unit = rd->unit;
		rd->noun.span = rd->q->span;
		return true;
	}
	return false;
}
