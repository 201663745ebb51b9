/*
 * rule_comparison.c - level 5: two figures of one kind, now and before.
 *
 * "Operating profit was EUR 13.1 mn, compared to EUR 8.7 mn a year earlier" says
 * a rise in no word.  A cue (from, compared with, versus ...) has the earlier
 * figure on its right and the present one on its left; "from A to B" has both on
 * its right, B being the present one.  The sign of the difference times the
 * polarity of the metric is the event.
 *
 *   - Only figures of one kind compare (money with money, percent with percent);
 *     a converted amount in brackets is passed over.
 *   - Words of loss make a figure negative; the earlier figure takes the loss
 *     over unless it says profit: "a loss of 1 mn, against 4 mn" is a smaller loss.
 *   - Ranges ("between", "varies from") are no comparison; figures that differ by
 *     more than 200 times are not of one thing.
 *
 * Limits.  Both figures must stand in the sentence with their cue; "from" before a
 * figure that is a source ("from sales of 5 mn") is taken for a comparison if a
 * figure of the same kind stands before it.
 */
#include "rule_context.h"

/* The kinds that compare with each other. */
static int
kind_of(const FsQuantity *q)
{
	switch ((FsUnitKind) q->kind)
	{
		case FS_UNIT_MONEY:
			return 1;
		case FS_UNIT_PERCENT:
		case FS_UNIT_POINTS:
		case FS_UNIT_BASIS_POINTS:
			return 2;
		case FS_UNIT_NONE:
			return q->scaled ? 1 : 3;
		default:
			return 3;
	}
}

/* The figure of a unit that is one. */
static const FsQuantity *
figure_at(const FsRuleContext *r, int at)
{
	return &r->parse->quantities[r->units[at].quantity];
}

/* Nearest figure right of at, within so many units; -1 if none. */
static int
figure_right(const FsRuleContext *r, int at, int within)
{
	for (int i = at, end = at + within; (i = fs_marked_right(r, FS_M_FIGURE, i, end - i)) >= 0;)
		if (!figure_at(r, i)->conversion)
			return i;
	return -1;
}

/* Nearest figure of a kind left of at, not a conversion; -1 if none. */
static int
figure_left(const FsRuleContext *r, int at, int within, int kind)
{
	for (int i = at, end = at - within; (i = fs_marked_left(r, FS_M_FIGURE, i, i - end)) >= 0;)
		if (!figure_at(r, i)->conversion && kind_of(figure_at(r, i)) == kind)
			return i;
	return -1;
}

/* -1 if the nearest such word before "to" says loss, 1 if it says profit, 0 if none. */
static int
loss_or_profit(const FsRuleContext *r, int from, int to)
{
	for (int i = to - 1; i >= from && i >= 0; i--)
	{
		FsTerm	 term = r->units[i].term;
		unsigned says = fs_unit_says(&r->units[i]);
		bool	 minus = (says & FS_SAYS_LOSS) | (term == FS_W_negative) | (term == FS_W_minus);
		bool plus = (says & (FS_SAYS_PROFIT | FS_SAYS_INCOME)) | (term == FS_W_positive) | (term == FS_W_earnings) |
					(term == FS_W_eps) | (term == FS_W_ebit);

		if (minus | plus)
			return minus ? -1 : 1;
	}
	return 0;
}

/* Whether one figure is more than 200 times the other. */
static bool
far_apart(FsDecimal a, FsDecimal b)
{
	FsDecimal *pair[2] = { &a, &b };

	if (a.digits == 0 || b.digits == 0)
		return false;
	a.negative = b.negative = false;
	if (fs_decimal_compare(a, b) > 0)
	{
		pair[0] = &b;
		pair[1] = &a;
	}
	while (pair[0]->digits > UINT64_MAX / 1000)
	{
		pair[0]->digits /= 10;
		pair[0]->exponent++;
	}
	pair[0]->digits *= 200;
	return fs_decimal_compare(*pair[0], *pair[1]) < 0;
}

/* Polarity of the metric that the present figure belongs to; FS_NO_METRIC if none. */
static int
metric_of(const FsRuleContext *r, int figure)
{
	for (int i = figure, end = figure - 14; (i = fs_marked_left(r, FS_M_METRIC, i, i - end)) >= 0;)
		if (!(fs_unit_says(&r->units[i]) & FS_SAYS_LOSS))
			return fs_metric_polarity(&r->units[i]);
	return FS_NO_METRIC;
}

/* "ranges from", "between": no comparison. */
static bool
is_range(const FsRuleContext *r, int cue)
{
	static const FsTerm words[] = { FS_W_range,	  FS_W_ranges, FS_W_ranging, FS_W_ranged,
									FS_W_between, FS_W_vary,   FS_W_varies,	 0 };

	for (int i = cue - 1; i >= 0 && i >= cue - 3; i--)
		if (fs_unit_in(&r->units[i], words))
			return true;
	return false;
}

/* The present figure of a cue; -1 if none.  *prior is moved for "from A to B". */
static int
present_figure(const FsRuleContext *r, int cue, int *prior)
{
	int kind = kind_of(figure_at(r, *prior));
	int left = figure_left(r, cue, 22, kind);
	int second = figure_right(r, *prior, 6);

	if (!strncmp(fs_entry_text(r->units[cue].term), "from", 4) && second >= 0 &&
		kind_of(figure_at(r, second)) == kind && r->units[second - 1].term == FS_W_to &&
		!(left >= 2 && r->units[left - 1].term == FS_W_to))
		return second;
	return left;
}

/* "up 38% from a year earlier, and guided to $75 billion": a reference that has no figure. */
static bool
names_only_the_past(const FsRuleContext *r, int cue, int prior)
{
	for (int i = cue + 1; i < prior && i <= cue + 3; i++)
		if (r->units[i].classes & FS_C(PAST))
		{
			while (++i < prior)
				if (r->units[i].ch == ',' || r->units[i].clause != r->units[cue].clause)
					return true;
			return false;
		}
	return false;
}

/* One cue with an earlier figure on its right. */
static void
compare_at(FsRuleContext *r, int cue)
{
	int		  prior = figure_right(r, cue, 14);
	int		  present;
	int		  polarity;
	int		  before;
	int		  now;
	int		  sign;
	FsDecimal a;
	FsDecimal b;

	if (prior < 0 || is_range(r, cue) || names_only_the_past(r, cue, prior))
		return;
	present = present_figure(r, cue, &prior);
	if (present < 0)
		return;
	a = figure_at(r, present)->value;
	b = figure_at(r, prior)->value;
	now = loss_or_profit(r, present - 10, present);
	before = present > cue ? loss_or_profit(r, cue, prior) : loss_or_profit(r, cue, prior);
	if (now == -1)
		a.negative = a.digits > 0;
	if (before == -1 || (before == 0 && now == -1))
		b.negative = b.digits > 0;
	polarity = now != 0 || before != 0 ? 1 : metric_of(r, present);
	if (now == 1 && metric_of(r, present) != FS_NO_METRIC)
		polarity = metric_of(r, present) != 0 ? metric_of(r, present) : 1;
	if (polarity == 0 || (far_apart(a, b) && now == before))
		return;
	if (polarity == FS_NO_METRIC && kind_of(figure_at(r, present)) == 3)
		return;
	sign = fs_decimal_compare(a, b);
	if (polarity == -1)
		sign = -sign;
	fs_add_event(r, cue, present, prior, sign * (polarity == FS_NO_METRIC ? 100 : 180), FS_RULE_COMPARISON);
}

void
fs_rule_comparison(FsRuleContext *r)
{
	if (r->parse->nquantities < 2)
		return;
	for (int k = 0; k < r->nheads; k++)
	{
		int i = r->heads[k];

		if ((r->units[i].classes & FS_C(COMPARE)) && !(r->units[i].classes & FS_C(PAST)))
			compare_at(r, i);
	}
}
