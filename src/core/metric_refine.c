/*
 * metric_refine.c - level 5: names and signs that depend on the amount.
 *
 * Profit per share is eps, a loss to compare with turns the sign, interest is
 * what stands before "per annum", and what is counted may be a metric itself.
 */
#include "metric_impl.h"

/* See metric_impl.h. */
bool
fs_idle_count(const FsParse *parse, const FsQuantity *q)
{
	const char *p = parse->sentence->text.data + q->noun.start;

#define IS(word) (memcmp(p, word, sizeof(word) - 1) == 0)
	switch (q->noun.len)
	{
		case 3:
			return IS("day");
		case 4:
			return IS("year") || IS("week") || IS("days") || IS("hour") || IS("ways");
		case 5:
			return IS("month") || IS("years") || IS("weeks") || IS("hours") || IS("times") || IS("steps") ||
				   IS("parts");
		case 6:
			return IS("months") || IS("points") || IS("minute") || IS("places") || IS("things") || IS("states") ||
				   IS("cities") || IS("others");
		case 7:
			return IS("quarter") || IS("minutes") || IS("notches") || IS("decades") || IS("reasons");
		case 8:
			return IS("quarters") || IS("analysts") || IS("sessions") || IS("projects");
		case 9:
			return IS("countries");
		default:
			return false;
	}
#undef IS
}

/* See metric_impl.h. */
bool
fs_per_share_after(const FsParse *parse, int unit)
{
	const FsSentence *s = parse->sentence;
	int				  t = parse->units[unit].token + parse->units[unit].count;

	if (t >= s->ntokens)
		return false;
	switch (s->tokens[t].term)
	{
		case FS_W_a:
		case FS_W_per:
		case FS_W_each:
			break;
		case FS_TERM_NONE:
			if (s->tokens[t].foldlen == 6 && fs_token_is(s->text, &s->tokens[t], "apiece"))
				return true;
			/* FALLTHROUGH */
		default:
			if (s->tokens[t].ch != '/')
				return false;
	}
	for (int i = t + 1; i < s->ntokens && i <= t + 3; i++)
		if (s->tokens[i].term == FS_W_share || s->tokens[i].term == FS_W_ads || s->tokens[i].term == FS_W_unit)
			return true;
	return false;
}

/* Whether "per annum" or "p.a." follows. */
static bool
per_annum_after(const FsParse *parse, int unit)
{
	const FsSentence *s = parse->sentence;
	int				  t = parse->units[unit].token + parse->units[unit].count;

	return t < s->ntokens && (fs_token_is(s->text, &s->tokens[t], "p.a.") ||
							  (t + 1 < s->ntokens && fs_token_is(s->text, &s->tokens[t], "per") &&
							   fs_token_is(s->text, &s->tokens[t + 1], "annum")));
}

/* See metric_impl.h. */
bool
fs_cuts_before(const FsParse *parse, const FsAmount *rd)
{
	for (int i = rd->unit - 1; i > rd->previous && i > rd->unit - 6; i--)
	{
		if (fs_unit_has(parse, i, FS_C(DOWN) | FS_C(NEGATIVE)) && fs_unit_has(parse, i, FS_C(VERB)))
			return true;
		if (fs_unit_first(parse, i) == FS_W_lay || fs_unit_first(parse, i) == FS_W_laid ||
			fs_unit_first(parse, i) == FS_W_lays || fs_unit_first(parse, i) == FS_W_cut ||
			fs_unit_first(parse, i) == FS_W_cuts || fs_unit_first(parse, i) == FS_W_dismiss ||
			fs_unit_last(parse, i) == FS_W_off)
			return true;
	}
	return false;
}

/* Whether "number of" stands before the noun. */
static bool
number_of(const FsParse *parse, int unit)
{
	for (int i = unit - 1; i >= 0 && i > unit - 5; i--)
		if (fs_unit_is(parse, i, FS_W_number) && fs_unit_is(parse, i + 1, FS_W_of))
			return true;
	return false;
}

/* Whether "funds from operations" stands before the amount. */
static bool
funds_from_operations(const FsMetricReader *r, const FsAmount *rd)
{
	for (int i = rd->unit - 1; i > rd->previous + 2 && i > rd->unit - 8; i--)
		if (fs_unit_is(r->parse, i, FS_W_operations) && fs_unit_is(r->parse, i - 1, FS_W_from) &&
			fs_unit_is(r->parse, i - 2, FS_W_funds))
			return true;
	return false;
}

/* An amount per share: profit is eps, a dividend one per share, no noun the share's price. */
static void
refine_per_share(const FsMetricReader *r, FsAmount *rd)
{
	FsNoun *noun = &rd->noun;

	/* "it lost $0.12 per share" */
	if (noun->unit < 0 && rd->joint == FS_J_NONE &&
		(fs_unit_is(r->parse, rd->unit - 1, FS_W_lost) || fs_unit_is(r->parse, rd->unit - 1, FS_W_earned)))
	{
		noun->unit = rd->unit - 1;
		noun->name = FS_V_eps;
		noun->flip = fs_unit_is(r->parse, rd->unit - 1, FS_W_lost);
		noun->cue = true;
		noun->span = fs_units_span(r->parse, rd->unit - 1, rd->unit - 1);
		rd->own_noun = true;
	}
	else if (fs_noun_is(noun, FS_V_net_income) || fs_noun_is(noun, FS_V_net_loss) ||
			 fs_noun_is(noun, FS_V_operating_income))
	{
		noun->flip = fs_noun_is(noun, FS_V_net_loss);
		noun->name = FS_V_eps;
	}
	else if (fs_noun_is(noun, FS_V_dividend))
		noun->name = FS_V_dividend_per_share;
	else if (funds_from_operations(r, rd))
		*noun = (FsNoun){ .unit = rd->unit, .name = FS_V_ffo_per_share, .span = rd->q->span };
	else if (noun->unit < 0 || fs_noun_is(noun, FS_V_deal_value) || (!noun->name && !rd->own_noun))
	{
		/* "added 14 cents per share to earnings" */
		noun->name = FS_V_share_price;
		for (int i = rd->unit + 1; i < r->parse->nunits && i < rd->unit + 9; i++)
		{
			FsNoun next = fs_metric_noun(r, i);

			if (fs_noun_is(&next, FS_V_net_income) || fs_noun_is(&next, FS_V_eps))
			{
				*noun = next;
				noun->name = FS_V_eps;
				break;
			}
		}
	}
}

/* Whether it is "delivered 466,140 vehicles". */
static bool
vehicles_sold(const FsMetricReader *r, const FsAmount *rd)
{
	const FsParse	 *parse = r->parse;
	const FsSentence *s = parse->sentence;

	if (rd->q->noun.len != 8 || memcmp(r->text.data + rd->q->noun.start, "vehicles", 8) != 0)
		return false;
	for (int i = rd->unit - 1; i > rd->previous && i > rd->unit - 4; i--)
		if (fs_token_in(s->text, &s->tokens[parse->units[i].token],
						"deliver delivered delivers sell sells sold shipped"))
			return true;
	return false;
}

/* A count: what is counted may be the metric. */
static void
refine_count(const FsMetricReader *r, FsAmount *rd)
{
	FsNoun			 *noun = &rd->noun;
	const FsQuantity *q = rd->q;
	FsValue			  name = vehicles_sold(r, rd) ? FS_V_units_sold : fs_metric_of_count(r->text, q->noun);
	bool			  follows = rd->joint == FS_J_FROM || rd->joint == FS_J_TO || rd->joint == FS_J_COMPARE;

	/* "lays off 370 workers", "cut 28 jobs" */
	if ((name == FS_V_headcount || name == FS_V_job_cuts) && fs_cuts_before(r->parse, rd))
	{
		*noun = (FsNoun){ .unit = rd->unit, .name = FS_V_job_cuts, .span = q->noun, .cue = true };
		rd->own_noun = true;
		return;
	}
	if (fs_noun_is(noun, FS_V_share_price) && number_of(r->parse, noun->unit))
	{
		noun->name = FS_V_shares_outstanding;
		return;
	}
	if ((name || !follows || noun->unit < 0) &&
		(!(rd->own_noun && noun->unit >= 0) || fs_noun_is(noun, FS_V_share_price)) && !fs_idle_count(r->parse, q))
	{
		noun->name = name;
		noun->span = q->noun;
		noun->unit = rd->unit;
		noun->flip = noun->bad = false;
		rd->own_noun = true;
	}
}

/* An amount of money: per share, or of results of which only the kind is named. */
static void
refine_money(const FsMetricReader *r, FsAmount *rd)
{
	FsNoun			 *noun = &rd->noun;
	const FsQuantity *q = rd->q;

	if (rd->per_share)
		refine_per_share(r, rd);
	else if (!q->scaled && q->value.exponent < 0 && fs_noun_is(noun, FS_V_dividend))
		noun->name = FS_V_dividend_per_share;
	/* "shares worth $1 billion" */
	if (q->scaled && fs_noun_is(noun, FS_V_share_price))
		noun->name = 0;
	/* "sees adjusted $2.05 to $2.10" */
	if (noun->unit < 0 && !q->scaled && !rd->per_share &&
		fs_decimal_compare(q->value, (FsDecimal){ .digits = 1000 }) < 0)
		for (int i = rd->unit - 1; i >= 0 && i > rd->unit - 8; i--)
			if (fs_unit_is(r->parse, i, FS_W_adjusted) || fs_unit_is(r->parse, i, FS_W_adj))
				noun->name = FS_V_eps;
}

/* "25 times earnings", "28 times its forward earnings". */
static void
refine_multiple(const FsMetricReader *r, FsAmount *rd)
{
	int	   i = rd->unit + 1;
	FsNoun next;

	while (i < rd->unit + 4 && i < r->parse->nunits &&
		   fs_token_in(r->text, &r->parse->sentence->tokens[r->parse->units[i].token],
					   "estimated expected forward future its projected the trailing"))
		i++;
	next = fs_metric_noun(r, i);
	if (fs_noun_is(&next, FS_V_net_income) || fs_noun_is(&next, FS_V_eps))
	{
		rd->noun = next;
		rd->noun.name = FS_V_pe_ratio;
		rd->own_noun = true;
	}
}

/* A bare number of shares is no price. */
static void
refine_number(const FsMetricReader *r, FsAmount *rd)
{
	if (!fs_noun_is(&rd->noun, FS_V_share_price))
		return;
	if (number_of(r->parse, rd->noun.unit))
		rd->noun.name = FS_V_shares_outstanding;
	else if (fs_decimal_compare(rd->q->value, (FsDecimal){ .digits = 100000 }) >= 0)
		rd->noun.name = 0;
}

/* See metric_impl.h. */
void
fs_refine_noun(const FsMetricReader *r, FsAmount *rd)
{
	switch (rd->q->kind)
	{
		case FS_UNIT_MONEY:
			refine_money(r, rd);
			break;
		case FS_UNIT_PERCENT:
			if (!rd->own_noun && per_annum_after(r->parse, rd->unit))
			{
				rd->noun = (FsNoun){
					.unit = rd->unit, .name = FS_V_interest_rate, .span = rd->q->span, .cue = rd->noun.cue
				};
				rd->own_noun = true;
			}
			break;
		case FS_UNIT_COUNT:
			refine_count(r, rd);
			break;
		case FS_UNIT_TIMES:
			refine_multiple(r, rd);
			break;
		case FS_UNIT_NONE:
			refine_number(r, rd);
			break;
		default:
			break;
	}
}

/* Whether the noun is a loss. */
static bool
is_loss(const FsNoun *noun)
{
	return noun->flip || fs_noun_is(noun, FS_V_net_loss) || fs_noun_is(noun, FS_V_operating_loss);
}

/* See metric_impl.h. */
void
fs_loss_reference(const FsMetricReader *r, FsAmount *rd)
{
	const FsNoun *last;
	FsJoint		  joint;
	int			  at;
	bool		  flip;

	/* "9 cents a share, compared with the 14-cent loss" */
	if (r->n > 0 && fs_noun_is(&r->nouns[r->n - 1], FS_V_eps) && fs_noun_is(&rd->noun, FS_V_net_loss) &&
		rd->noun.unit > rd->unit && rd->q->kind == FS_UNIT_MONEY && !rd->q->scaled)
	{
		rd->noun = r->nouns[r->n - 1];
		rd->noun.flip = true;
		rd->own_noun = false;
		return;
	}
	if (r->n == 0 || rd->joint != FS_J_OF || rd->noun.unit != rd->at - 1 || rd->noun.cue)
		return;
	last = &r->nouns[r->n - 1];
	/* "a loss of $84 million, or 31 cents a share, from a profit of $102 million" */
	if (r->n > 1 && fs_noun_is(last, FS_V_eps) && rd->q->scaled &&
		(fs_noun_is(last - 1, FS_V_net_loss) || fs_noun_is(last - 1, FS_V_net_income)))
		last--;
	joint = fs_joint(r->parse, rd->noun.unit, &at);
	if (!(joint == FS_J_COMPARE || joint == FS_J_FROM) ||
		!(fs_noun_is(&rd->noun, FS_V_net_loss) || fs_noun_is(&rd->noun, FS_V_net_income) ||
		  fs_noun_is(&rd->noun, FS_V_operating_loss) || (rd->noun.name != 0 && rd->noun.name == last->name)))
		return;
	flip = fs_noun_is(last, FS_V_net_loss) || fs_noun_is(last, FS_V_operating_loss) ? !is_loss(&rd->noun)
																					: is_loss(&rd->noun);
	rd->per_share |= fs_noun_is(last, FS_V_eps);
	rd->noun = *last;
	rd->noun.flip = flip;
	rd->joint = joint;
	rd->at = at;
	rd->own_noun = false;
}
