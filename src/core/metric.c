/*
 * metric.c - level 5: rows of metrics from the quantities of a sentence.
 *
 * Quantities are read from left to right.  Each is given a noun (the metric
 * that governs it) and a place in a row:
 *
 *   change   a percentage of an amount, basis points, anything after "by" or
 *            directly after a direction ("fell $300 million", "a 4% rise")
 *   prior    after "from", "compared with", "against"
 *   value    anything else
 *
 * It joins the row of the quantity before when that row has the place free and
 * no noun of another metric stands between; otherwise it starts a row.
 *
 * Example: "Revenue rose 8% to $777 million from $719 million a year ago":
 * 8% stands after a direction, so it is a change of revenue; "to" gives the
 * value of the same row; "from" its prior.  "..., and EBITDA 12%" brings a noun
 * and so a row of its own.
 *
 * The noun is, in this order: the one between this quantity and the last when
 * it is joined by "of", "at", "to", "was"; the one right after ("$1.9 billion
 * loss", "$16 billion of equity"); the nearest to the left; a verb or deal word
 * that names amounts ("acquired", "raises"); the noun of the row before.
 *
 * What has no noun at all is a move of the share price if it is a percentage
 * with a direction ("Ford dropped 5%"), and an amount of no canonical name if it
 * is money.  Limits: one sentence at a time; a product's number stays with the
 * company that the mentions give.
 */
#include "metric_impl.h"

/* Whether the quantity can be part of a metric at all. */
static bool
candidate(const FsQuantity *q)
{
	if (q->role != FS_ROLE_AMOUNT || q->conversion)
		return false;
	if (q->kind == FS_UNIT_NONE)
		return q->scaled || q->value.exponent < 0 || q->value.digits >= 1000;
	return true;
}

/* Whether the unit can be part of a plain noun phrase. */
static bool
phrase_unit(const FsParse *parse, int unit)
{
	const FsUnit *u;

	if (unit < 0 || unit >= parse->nunits)
		return false;
	u = &parse->units[unit];
	return u->type == FS_U_WORD && !(u->classes & FS_C(VERB) && !(u->classes & FS_C(NOUN))) &&
		   !(u->classes & (FS_C(FUNCTION) | FS_C(CLAUSE) | FS_C(PERIOD) | FS_C(PAST) | FS_C(SAY) | FS_C(COMPARE)));
}

/*
 * What to call an amount that no noun names: the words behind it ("a $5
 * million bond"), those that it is said of ("exposure was $5 million"), or itself.
 */
static FsSpan
phrase_near(const FsParse *parse, const FsAmount *rd)
{
	int i = fs_after_quantity(parse, rd->unit);
	int first, last;

	if (rd->joint == FS_J_BE || rd->joint == FS_J_OF || rd->joint == FS_J_AT || rd->joint == FS_J_TO)
	{
		last = rd->at - 1;
		if (!phrase_unit(parse, last) && last > 0)
			last--; /* "exposure climbed to" */
		first = last;
		while (first > rd->previous + 1 && last - first < 3 && phrase_unit(parse, first - 1))
			first--;
		if (last > rd->previous && phrase_unit(parse, last))
			return fs_units_span(parse, first, last);
	}
	if (fs_unit_is(parse, i, FS_W_of) || fs_unit_is(parse, i, FS_W_in) || fs_unit_is(parse, i, FS_W_for))
		i++;
	while (i < parse->nunits &&
		   (fs_unit_is(parse, i, FS_W_the) || fs_unit_is(parse, i, FS_W_a) || fs_unit_is(parse, i, FS_W_its)))
		i++;
	last = -1;
	for (first = i; i < first + 3 && phrase_unit(parse, i); i++)
		last = i;
	return last >= 0 ? fs_units_span(parse, first, last) : rd->q->span;
}

/* Start a row. */
static FsMetric *
new_row(FsMetricReader *r, const FsAmount *rd)
{
	FsMetric *row = &r->rows[r->n];

	if (r->n == FS_METRICS_MAX)
		return NULL;
	/* in parts small enough to be cleared by plain stores */
	memset(row, 0, offsetof(FsMetric, value));
	memset(&row->value, 0, offsetof(FsMetric, noun) - offsetof(FsMetric, value));
	memset(&row->noun, 0, sizeof(*row) - offsetof(FsMetric, noun));
	row->company = -1;
	row->metric = rd->noun.name;
	row->name_span = rd->noun.unit >= 0 ? rd->noun.span : phrase_near(r->parse, rd);
	row->span = rd->q->span;
	row->comparator = rd->q->comparator;
	r->nouns[r->n] = rd->noun;
	r->units[r->n] = r->first_units[r->n] = rd->unit;
	r->prior_units[r->n] = -1;
	r->n++;
	return row;
}

/* Put the quantity in as value. */
static void
put_value(FsMetric *row, const FsQuantity *q, bool flip)
{
	row->has_value = true;
	row->value = q->value;
	row->unit = q->kind;
	memcpy(row->currency, q->currency, 4);
	row->noun = q->noun;
	row->has_high = q->range;
	row->high = q->high;
	row->span = q->span;
	row->comparator = q->comparator;
	if (flip && !row->value.negative)
	{
		row->value.negative = true;
		row->high.negative = true;
	}
}

/* Put the quantity in as change. */
static void
put_change(FsMetric *row, const FsQuantity *q)
{
	row->has_change = true;
	row->change = q->value;
	row->change.negative = false;
	row->change_unit = q->kind;
	memcpy(row->change_currency, q->currency, 4);
	if (!row->has_value)
	{
		row->noun = q->noun;
		row->comparator = q->comparator;
		row->has_high = q->range;
		row->high = q->high;
		row->high.negative = false;
	}
}

/* Put the quantity in as prior. */
static void
put_prior(FsMetric *row, const FsQuantity *q, bool flip)
{
	row->has_prior = true;
	row->prior = q->value;
	row->prior.negative |= flip;
	if (!row->has_value && !row->has_change)
	{
		row->unit = q->kind;
		memcpy(row->currency, q->currency, 4);
		row->noun = q->noun;
	}
}

/* Whether value kinds can stand in one row. */
static bool
same_kind(const FsMetric *row, const FsQuantity *q)
{
	if (row->has_value || (row->has_prior && !row->has_change))
		return row->unit == q->kind && (q->kind != FS_UNIT_MONEY || memcmp(row->currency, q->currency, 4) == 0);
	return true;
}

/* Whether the quantity continues the last row. */
static bool
joins_last(const FsMetricReader *r, const FsAmount *rd, FsSlot slot)
{
	const FsMetric *row;
	const FsNoun   *noun;

	if (r->n == 0 || slot == SLOT_CONSENSUS)
		return false;
	row = &r->rows[r->n - 1];
	noun = &r->nouns[r->n - 1];
	if (row->basis == FS_BASIS_CONSENSUS)
		return false;
	for (int i = fs_set_last(&r->stops, r->units[r->n - 1] + 1, rd->unit); i >= 0;
		 i = fs_set_last(&r->stops, r->units[r->n - 1] + 1, i))
		if (fs_unit_ch(r->parse, i, ';'))
			return false;
	if (rd->own_noun && rd->noun.unit >= 0 && rd->noun.unit != noun->unit)
	{
		/* a noun between belongs to this quantity, unless it says the same again */
		bool same = rd->noun.name != 0 && rd->noun.name == noun->name;

		if (rd->noun.unit > rd->unit && slot == SLOT_CHANGE)
			return false;
		if (!same && !(slot == SLOT_PRIOR && rd->joint == FS_J_FROM && rd->at == rd->unit - 1))
			return false;
		if (same && rd->joint == FS_J_AND)
			return false;
	}
	if (slot == SLOT_CHANGE && rd->joint == FS_J_OR && row->has_change && row->change_unit != FS_UNIT_PERCENT &&
		rd->q->kind == FS_UNIT_PERCENT)
		return true; /* "down 62 points, or 0.18%" */
	/* "(or a 1.5 percent impact on X)" moves nothing */
	if (slot == SLOT_CHANGE && rd->direction == FS_DIR_NONE && row->direction == FS_DIR_NONE && rd->joint != FS_J_BY)
		return false;
	if (slot == SLOT_CHANGE)
		return !row->has_change && rd->joint != FS_J_AND &&
			   !(row->has_value && row->has_prior && rd->joint == FS_J_NONE && !rd->moved);
	if (slot == SLOT_PRIOR)
		return !row->has_prior && (same_kind(row, rd->q) || (!row->has_value && row->change_unit == rd->q->kind));
	/* "Q2 up 33% at Rs 89 crore": no share costs that, the profit does */
	if (!row->has_value && fs_row_named(row, FS_V_share_price) && rd->q->kind == FS_UNIT_MONEY && rd->q->scaled &&
		rd->joint == FS_J_AT && row->has_change && !rd->own_noun)
		return true;
	if (row->has_value || !same_kind(row, rd->q) || (fs_row_named(row, FS_V_share_price) && rd->q->scaled))
		return false;
	return rd->joint == FS_J_TO || rd->joint == FS_J_AT || rd->joint == FS_J_BE || row->has_prior ||
		   (rd->joint == FS_J_NONE && row->has_change && !rd->own_noun);
}

/* Whether a quantity without canonical noun is worth a row. */
static bool
worth_row(const FsMetricReader *r, const FsAmount *rd, FsSlot slot)
{
	const FsQuantity *q = rd->q;

	if (q->kind == FS_UNIT_COUNT)
	{
		if (fs_idle_count(r->parse, q)) /* "fell 317 points" */
			return slot == SLOT_CHANGE && fs_noun_is(&rd->noun, FS_V_index_level) && rd->direction != FS_DIR_NONE;
		if (rd->noun.unit == rd->unit)
			return rd->noun.name || fs_decimal_compare(q->value, (FsDecimal){ .digits = 10000 }) >= 0;
		return rd->noun.unit >= 0 &&
			   (rd->own_noun || rd->joint == FS_J_FROM || rd->joint == FS_J_TO || rd->joint == FS_J_COMPARE);
	}
	if (q->kind == FS_UNIT_NONE)
		return rd->noun.unit >= 0 &&
			   (rd->own_noun || rd->joint == FS_J_FROM || rd->joint == FS_J_TO || rd->joint == FS_J_COMPARE);
	if (q->kind == FS_UNIT_TIMES)
		return fs_noun_is(&rd->noun, FS_V_pe_ratio);
	if (q->kind == FS_UNIT_PERCENT && slot == SLOT_CHANGE)
		return rd->noun.unit >= 0 && (rd->direction != FS_DIR_NONE || r->n > 0);
	return true;
}

/*
 * "a loss of $58 million, or $0.04 per share, from $214 million, or $0.17 per
 * share": the row that a prior belongs to when total and per share alternate.
 */
static FsMetric *
row_of_prior(const FsMetricReader *r, const FsAmount *rd)
{
	if (r->n < 2 || rd->own_noun)
		return NULL;
	for (int i = r->n - 1; i >= r->n - 2; i--)
	{
		FsMetric *row = &r->rows[i];
		bool	  share = fs_row_named(row, FS_V_eps) || fs_row_named(row, FS_V_dividend_per_share);

		if (row->basis == FS_BASIS_CONSENSUS)
			return NULL;

		if (share == rd->per_share && row->has_value && !row->has_prior && same_kind(row, rd->q) &&
			(fs_row_named(&r->rows[r->n - 1], FS_V_eps) || fs_row_named(&r->rows[r->n - 2], FS_V_eps)))
			return row;
	}
	return NULL;
}

/*
 * "Sales, which were $2.1 billion a year ago, climbed to $2.4 billion": the
 * value of the row before becomes its earlier one.
 */
static bool
was_before(FsMetricReader *r, const FsAmount *rd)
{
	const FsParse *parse = r->parse;
	FsMetric	  *row = r->n > 0 ? &r->rows[r->n - 1] : NULL;
	int			   which = -1;

	if (!row || rd->own_noun || rd->joint != FS_J_TO || rd->direction == FS_DIR_NONE || !row->has_value ||
		row->has_prior || row->has_change || !same_kind(row, rd->q) || r->nouns[r->n - 1].unit < 0)
		return false;
	for (int i = r->nouns[r->n - 1].unit + 1; i < r->units[r->n - 1]; i++)
		if (fs_unit_is(parse, i, FS_W_which))
			which = i;
	if (which < 0)
		return false;
	row->has_prior = true;
	row->prior = row->value;
	row->has_value = row->has_high = false;
	r->prior_units[r->n - 1] = r->units[r->n - 1];
	return true;
}

/* Whether the count that was passed over last is of points. */
static bool
counts_points(const FsMetricReader *r)
{
	const FsQuantity *q = fs_quantity_of(r->parse, r->idle);

	return q->noun.len >= 5 && memcmp(r->text.data + q->noun.start, "point", 5) == 0;
}

/* Put the quantity into its place of the row, with direction and basis. */
static void
put_quantity(FsMetricReader *r, FsAmount *rd, FsMetric *row, FsSlot slot)
{
	r->units[row - r->rows] = rd->unit;
	r->last_prior = slot == SLOT_PRIOR;
	if (slot == SLOT_CONSENSUS)
	{
		if (rd->q->kind == FS_UNIT_PERCENT && !fs_metric_percent_level(r->text, &rd->noun))
			put_change(row, rd->q);
		else
			put_value(row, rd->q, rd->noun.flip);
		row->basis = FS_BASIS_CONSENSUS;
		row->direction = row->has_change ? rd->direction : FS_DIR_NONE;
		return;
	}
	if (slot == SLOT_CHANGE)
		put_change(row, rd->q);
	else if (slot == SLOT_PRIOR)
	{
		bool flip = row->metric == rd->noun.name ? rd->noun.flip : r->nouns[row - r->rows].flip;

		r->prior_units[row - r->rows] = rd->unit;
		/* "from a profit of $102 million, or 37 cents a share": of the sign of the total */
		for (int i = 0; i < r->n && rd->joint == FS_J_OR && rd->per_share; i++)
			if (r->prior_units[i] == rd->previous)
				flip = fs_row_named(&r->rows[i], FS_V_net_loss) != r->rows[i].prior.negative;
		put_prior(row, rd->q, flip);
	}
	else
	{
		if (fs_row_named(row, FS_V_share_price) && rd->joint == FS_J_AT && rd->q->kind == FS_UNIT_MONEY &&
			rd->q->scaled)
			row->metric = FS_V_net_income;
		if (rd->per_share && fs_row_named(row, FS_V_dividend))
			row->metric = FS_V_dividend_per_share;
		put_value(row, rd->q, rd->noun.flip);
	}
	if (row->direction == FS_DIR_NONE)
		row->direction = rd->direction;
	/* "sales rose by 5 percent and profit by 3 percent", "rose 4% and 9%, respectively" */
	if (row->direction == FS_DIR_NONE && slot == SLOT_CHANGE && row > r->rows &&
		(rd->joint == FS_J_BY || (r->respective && fs_listed(r->parse, rd->previous, rd->unit))))
		row->direction = (row - 1)->direction;
	/* "..., or $0.04 per share" moves with its total; a smaller loss is a higher figure */
	if (slot == SLOT_VALUE && rd->joint == FS_J_OR && rd->per_share && row > r->rows && row->direction == FS_DIR_NONE)
		row->direction = (row - 1)->direction == FS_DIR_NONE || !rd->noun.flip ? (row - 1)->direction
						 : (row - 1)->direction == FS_DIR_UP				   ? FS_DIR_DOWN
																			   : FS_DIR_UP;
	if (row->basis == FS_BASIS_ACTUAL)
		row->basis = fs_basis_of(r, rd->unit);
}

/* Read one quantity into the rows; false if it is none that others refer to. */
static bool
read_quantity(FsMetricReader *r, int unit, int previous)
{
	const FsParse *parse = r->parse;
	FsAmount	   rd = { .q = fs_quantity_of(parse, unit), .unit = unit, .previous = previous };
	FsQuantity	   money;
	FsMetric	  *row;
	FsSlot		   slot;
	bool		   moving;
	bool		   idle;

	if (previous == unit - 1 && previous >= 0 && fs_quantity_of(parse, previous)->kind == FS_UNIT_MONEY &&
		rd.q->kind == FS_UNIT_MONEY && memcmp(fs_quantity_of(parse, previous)->currency, rd.q->currency, 4) != 0)
		return true; /* the same amount in another currency */
	rd.joint = fs_joint(parse, unit, &rd.at);
	/* "to $4.10-$4.30 from $4.60 to $4.80": the upper end of the earlier range */
	if (rd.joint == FS_J_TO && r->last_prior && r->n > 0 && r->rows[r->n - 1].has_value && previous == unit - 2 &&
		rd.at == unit - 1 && r->rows[r->n - 1].unit == rd.q->kind)
		return true;
	/* "3.4 billion kronor, versus 2.9 billion": of the currency before */
	if (rd.q->kind == FS_UNIT_NONE && rd.q->scaled && (rd.joint == FS_J_COMPARE || rd.joint == FS_J_FROM) &&
		r->n > 0 && r->rows[r->n - 1].has_value && r->rows[r->n - 1].unit == FS_UNIT_MONEY)
	{
		money = *rd.q;
		money.kind = FS_UNIT_MONEY;
		memcpy(money.currency, r->rows[r->n - 1].currency, 4);
		rd.q = &money;
	}
	idle = rd.q->kind == FS_UNIT_COUNT && fs_idle_count(parse, rd.q);
	if (idle)
	{
		/* points count for indices, time for nothing */
		r->idle = unit;
		if (!counts_points(r))
			return false;
	}
	rd.per_share = fs_per_share_after(parse, unit);
	fs_find_noun(r, &rd);
	if (r->respective)
		fs_respective_noun(r, &rd);
	if (idle && !fs_noun_is(&rd.noun, FS_V_index_level))
		return false;
	fs_loss_reference(r, &rd);
	moving = rd.q->kind == FS_UNIT_PERCENT && fs_price_move(r, &rd);
	fs_refine_noun(r, &rd);
	/* "Dow futures gain 57 points, or 0.2%" */
	if (rd.joint == FS_J_OR && r->idle >= 0 && unit - r->idle < 5 && rd.q->kind == FS_UNIT_PERCENT &&
		(fs_noun_is(&rd.noun, FS_V_share_price) || fs_noun_is(&rd.noun, FS_V_commodity_price)) && counts_points(r))
		rd.noun.name = FS_V_index_level;
	rd.beside = fs_adjacent_direction(r, &rd);
	rd.moved = rd.beside != FS_DIR_NONE || fs_increase_of(parse, &rd);
	slot = moving ? SLOT_CHANGE : fs_slot_of(r, &rd);
	if (!moving)
		rd.direction = fs_row_direction(r, &rd, slot);
	row = slot == SLOT_PRIOR ? row_of_prior(r, &rd) : NULL;
	if (row)
		;
	else if (slot == SLOT_VALUE && was_before(r, &rd))
		row = &r->rows[r->n - 1];
	else if ((!moving || rd.joint == FS_J_OR) && joins_last(r, &rd, slot))
		row = &r->rows[r->n - 1];
	else
	{
		if (!worth_row(r, &rd, slot))
			return true;
		row = new_row(r, &rd);
		if (!row)
			return true;
	}
	put_quantity(r, &rd, row, slot);
	return true;
}

/* What is settled when the row is whole: names, basis, periods, company. */
static void
finish_row(FsMetricReader *r, int i)
{
	FsMetric *row = &r->rows[i];
	int		  first_unit = r->first_units[i];

	if (!row->has_value && !row->has_change && row->has_prior)
	{ /* "from X" alone: it is the value */
		row->has_value = true;
		row->has_prior = false;
		row->value = row->prior;
	}
	if (!row->has_value && fs_row_named(row, FS_V_share_price) && row->has_change)
		row->metric = FS_V_share_price_change;
	if (fs_row_named(row, FS_V_price_target) && row->basis == FS_BASIS_ACTUAL)
		row->basis = FS_BASIS_FORECAST;
	if (!row->has_prior)
		r->prior_units[i] = -1;
	fs_find_periods(r, i, &row->period, &row->prior_period);
	if (!row->has_prior && row->prior_period.len > 0 && !row->has_change)
	{ /* "sales in the year-earlier period were $5 million" */
		if (row->period.len == 0)
			row->period = row->prior_period;
		row->prior_period.len = 0;
	}
	fs_metric_company(r, first_unit, row);
	row->name = row->metric != 0 ? fs_value_text(row->metric) : NULL;
}

/* Remember the company that the sentence speaks of. */
static void
update_state(FsMetricState *state, const FsMention *mentions, int nmentions)
{
	const FsMention *best = NULL;

	for (int i = 0; i < nmentions; i++)
		if (!mentions[i].as_source && (!best || (mentions[i].subject && !best->subject)))
			best = &mentions[i];
	if (!best)
		return;
	state->company = best->company;
	memset(state->symbol, 0, sizeof(state->symbol));
	if (best->company < 0)
		memcpy(state->symbol, best->symbol, sizeof(state->symbol));
}

/* See metric.h. */
bool
fs_metrics_possible(const FsParse *parse)
{
	for (int i = 0; i < parse->nquantities; i++)
		if (candidate(&parse->quantities[i]))
			return true;
	return false;
}

/* See metric.h. */
int
fs_metrics_find(FsMetricState *state, const FsParse *parse, const FsMention *mentions, int nmentions,
				FsMetric out[FS_METRICS_MAX])
{
	FsMetricReader r;
	int			   previous = -1;

	r.n = 0;
	if (fs_metrics_possible(parse))
	{
		r.parse = parse;
		r.text = parse->sentence->text;
		r.mentions = mentions;
		r.nmentions = nmentions;
		r.state = state;
		r.last_prior = false;
		r.idle = -1;
		r.rows = out;
		fs_metric_survey(&r);
		r.respective = r.any_listed && fs_says_respectively(parse);
		for (int i = fs_set_first(&r.amounts, 0, parse->nunits); i < parse->nunits;
			 i = fs_set_first(&r.amounts, i + 1, parse->nunits))
			/* a count of time stands between no amount and its noun: "fell to a five-month low of 9.7 percent" */
			if (candidate(fs_quantity_of(parse, i)) && read_quantity(&r, i, previous))
				previous = i;
	}
	if (r.n > 1)
		fs_merge_years(&r);
	for (int i = 0; i < r.n; i++)
		finish_row(&r, i);
	update_state(state, mentions, nmentions);
	return r.n;
}
