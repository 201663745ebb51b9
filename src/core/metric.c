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

/* The place of a quantity in its row. */
typedef enum Slot
{
	SLOT_VALUE,
	SLOT_CHANGE,
	SLOT_PRIOR,
	SLOT_CONSENSUS,
} Slot;

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

/* Whether a counted noun is a stretch of time or another thing no metric counts. */
static bool
idle_count(const FsParse *parse, const FsQuantity *q)
{
	static const char *const words[] = {
		"month",	"months",	"year",		"years",   "week",	   "weeks",	  "day",	   "days",
		"quarter",	"quarters", "hours",	"minutes", "points",   "notches", "countries", "times",
		"analysts", "decades",	"hour",		"minute",  "places",   "steps",	  "ways",	   "things",
		"things",	"states",	"sessions", "cities",  "projects", "reasons", "parts",	   "others",
	};
	const char *p = parse->sentence->text.data + q->noun.start;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (q->noun.len == strlen(words[i]) && memcmp(p, words[i], q->noun.len) == 0)
			return true;
	return false;
}

/* Whether "a share", "per diluted share", "apiece" follows the unit. */
static bool
per_share_after(const FsParse *parse, int unit)
{
	const FsSentence *s = parse->sentence;
	int t = parse->units[unit].token + parse->units[unit].count;

	if (t >= s->ntokens)
		return false;
	if (fs_token_is(s->text, &s->tokens[t], "apiece"))
		return true;
	if (!(fs_token_is(s->text, &s->tokens[t], "a") || fs_token_is(s->text, &s->tokens[t], "per") ||
		  fs_token_is(s->text, &s->tokens[t], "each") || s->tokens[t].ch == '/'))
		return false;
	for (int i = t + 1; i < s->ntokens && i <= t + 3; i++)
		if (fs_token_is(s->text, &s->tokens[i], "share") || fs_token_is(s->text, &s->tokens[i], "ads") ||
			fs_token_is(s->text, &s->tokens[i], "unit"))
			return true;
	return false;
}

/* The direction that stands right before or after the quantity. */
static FsDirection
adjacent_direction(const FsParse *parse, const FsAmount *rd)
{
	int before = rd->unit - 1;
	int after = fs_after_quantity(parse, rd->unit);
	FsDirection d;

	/* over adverbs: "fell sharply 5%", "up about 3%" */
	while (before > rd->previous && rd->unit - before < 4 &&
		   fs_unit_has(parse, before, FS_C(INTENSIFY) | FS_C(WEAKEN)) && !fs_unit_has(parse, before, FS_C_DIRECTION))
		before--;
	d = before > rd->previous ? fs_unit_direction(parse, before, &rd->noun) : FS_DIR_NONE;
	if (d == FS_DIR_UP || d == FS_DIR_DOWN)
		return d;
	for (int i = after; i < parse->nunits && i < after + 3; i++)
	{
		const FsUnit *u = &parse->units[i];

		if (u->type != FS_U_WORD)
			break;
		d = fs_unit_direction(parse, i, &rd->noun);
		if ((d == FS_DIR_UP || d == FS_DIR_DOWN) && !(u->classes & FS_C(VERB) && !(u->classes & FS_C(NOUN))))
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

/* Sign written before the amount: '+', '-' or 0. */
static int
written_sign(const FsParse *parse, const FsQuantity *q)
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
	const FsToken *t = &s->tokens[rd->q->first];

	return fs_token_is(s->text, t, "below") || fs_token_is(s->text, t, "above") || fs_token_is(s->text, t, "under") ||
		   fs_token_is(s->text, t, "beyond");
}

/* What place the quantity takes. */
static Slot
slot_of(const FsMetricReader *r, FsAmount *rd)
{
	const FsParse *parse = r->parse;
	const FsQuantity *q = rd->q;
	const FsMetric *last = r->n > 0 ? &r->rows[r->n - 1] : NULL;
	bool level = fs_metric_percent_level(r->text, &rd->noun);

	if (fs_is_consensus(parse, rd->unit, rd->previous))
		return SLOT_CONSENSUS;
	if (q->kind == FS_UNIT_BASIS_POINTS || q->kind == FS_UNIT_POINTS)
		return SLOT_CHANGE;
	if (rd->joint == FS_J_FROM)
		return SLOT_PRIOR;
	if (rd->joint == FS_J_COMPARE && last &&
		(last->has_value ? last->unit == q->kind : last->has_change && last->change_unit == q->kind))
		return SLOT_PRIOR;
	if (rd->joint == FS_J_BY)
		return SLOT_CHANGE;
	if (rd->noun.unit < 0)
		return SLOT_VALUE;		/* "lost $5 million" is no change of anything */
	if (q->kind == FS_UNIT_PERCENT)
	{
		/* "a 24% premium": a level of the noun behind it */
		if (!level && rd->noun.unit > rd->unit && !rd->moved && !rd->noun.name)
			return SLOT_VALUE;
		if (!level)
			return SLOT_CHANGE;
		return rd->moved && rd->joint == FS_J_NONE && !fs_noun_is(&rd->noun, "stake") ? SLOT_CHANGE : SLOT_VALUE;
	}
	if (rd->moved && !at_level(parse, rd) && rd->joint != FS_J_TO && rd->joint != FS_J_AT && rd->joint != FS_J_BE)
	{
		/* "costs rose $5 million", "a decrease of $21 million"; not "sales $455 mln up" */
		if (rd->joint == FS_J_OF)
			return fs_unit_has(parse, rd->at - 1, FS_C_DIRECTION) ? SLOT_CHANGE : SLOT_VALUE;
		if (fs_unit_direction(parse, rd->unit - 1, &rd->noun) != FS_DIR_NONE ||
			fs_unit_has(parse, fs_after_quantity(parse, rd->unit), FS_C(NOUN)))
			return rd->noun.cue ? SLOT_VALUE : SLOT_CHANGE;
	}
	if (r->last_prior && rd->joint == FS_J_OR && rd->per_share)
		return SLOT_PRIOR; /* "from $214 million, or $0.17 per share" */
	return SLOT_VALUE;
}

/* What to call an amount that no noun names: the words behind it ("a $5 million bond"), else itself. */
static FsSpan
phrase_near(const FsParse *parse, const FsAmount *rd)
{
	int			i = fs_after_quantity(parse, rd->unit);
	int			first,
				last;

	if (fs_unit_is(parse, i, "of") || fs_unit_is(parse, i, "in") || fs_unit_is(parse, i, "for"))
		i++;
	while (i < parse->nunits && (fs_unit_is(parse, i, "the") || fs_unit_is(parse, i, "a") || fs_unit_is(parse, i, "its")))
		i++;
	first = i;
	last = -1;
	for (; i < parse->nunits && i < first + 3; i++)
	{
		const FsUnit *u = &parse->units[i];

		if (u->type != FS_U_WORD || u->classes & (FS_C(FUNCTION) | FS_C(CLAUSE) | FS_C(PERIOD) | FS_C(PAST) | FS_C(SAY)) ||
			(u->classes & FS_C(VERB) && !(u->classes & FS_C(NOUN))))
			break;
		last = i;
	}
	return last >= 0 ? fs_units_span(parse, first, last) : rd->q->span;
}

/* Start a row. */
static FsMetric *
new_row(FsMetricReader *r, const FsAmount *rd)
{
	FsMetric *row = &r->rows[r->n];

	if (r->n == FS_METRICS_MAX)
		return NULL;
	memset(row, 0, sizeof(*row));
	row->company = -1;
	row->name = rd->noun.unit >= 0 ? rd->noun.name : NULL;
	row->name_span = rd->noun.unit >= 0 ? rd->noun.span : phrase_near(r->parse, rd);
	row->span = rd->q->span;
	row->comparator = rd->q->comparator;
	r->nouns[r->n] = rd->noun;
	r->units[r->n] = r->first_units[r->n] = rd->unit;
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
joins_last(const FsMetricReader *r, const FsAmount *rd, Slot slot)
{
	const FsMetric *row;
	const FsNoun *noun;

	if (r->n == 0 || slot == SLOT_CONSENSUS)
		return false;
	row = &r->rows[r->n - 1];
	noun = &r->nouns[r->n - 1];
	if (row->basis == FS_BASIS_CONSENSUS)
		return false;
	for (int i = r->units[r->n - 1] + 1; i < rd->unit; i++)
		if (fs_unit_ch(r->parse, i, ';'))
			return false;
	if (rd->own_noun && rd->noun.unit >= 0 && rd->noun.unit != noun->unit)
	{
		/* a noun between belongs to this quantity, unless it says the same again */
		bool same = rd->noun.name && noun->name && strcmp(rd->noun.name, noun->name) == 0;

		if (rd->noun.unit > rd->unit && slot == SLOT_CHANGE)
			return false;
		if (!same && !(slot == SLOT_PRIOR && rd->joint == FS_J_FROM && rd->at == rd->unit - 1))
			return false;
		if (same && rd->joint == FS_J_AND)
			return false;
	}
	if (slot == SLOT_CHANGE)
		return !row->has_change && rd->joint != FS_J_AND &&
			   !(row->has_value && row->has_prior && rd->joint == FS_J_NONE && !rd->moved);
	if (slot == SLOT_PRIOR)
		return !row->has_prior && (same_kind(row, rd->q) || (!row->has_value && row->change_unit == rd->q->kind));
	if (row->has_value || !same_kind(row, rd->q))
		return false;
	return rd->joint == FS_J_TO || rd->joint == FS_J_AT || rd->joint == FS_J_BE || row->has_prior ||
		   (rd->joint == FS_J_NONE && row->has_change && !rd->own_noun);
}

/* Whether "number of" stands before the noun. */
static bool
number_of(const FsParse *parse, int unit)
{
	for (int i = unit - 1; i >= 0 && i > unit - 5; i--)
		if (fs_unit_is(parse, i, "number") && fs_unit_is(parse, i + 1, "of"))
			return true;
	return false;
}

/* Names that depend on the amount: per share, dividends, share prices, multiples. */
static void
refine_noun(const FsMetricReader *r, FsAmount *rd)
{
	FsNoun *noun = &rd->noun;
	const FsQuantity *q = rd->q;

	if (rd->per_share && q->kind == FS_UNIT_MONEY)
	{
		if (fs_noun_is(noun, "net_income") || fs_noun_is(noun, "net_loss") || fs_noun_is(noun, "operating_income"))
		{
			noun->flip = fs_noun_is(noun, "net_loss");
			noun->name = "eps";
		}
		else if (fs_noun_is(noun, "dividend"))
			noun->name = "dividend_per_share";
		else if (noun->unit < 0 || fs_noun_is(noun, "deal_value"))
			noun->name = "share_price";
	}
	else if (fs_noun_is(noun, "dividend") && q->kind == FS_UNIT_MONEY && !q->scaled && q->value.exponent < 0)
		noun->name = "dividend_per_share";
	if (q->kind == FS_UNIT_TIMES && (fs_noun_is(noun, "net_income") || noun->unit < 0))
		noun->name = noun->unit < 0 ? NULL : "pe_ratio";
	if (q->kind == FS_UNIT_NONE && fs_noun_is(noun, "share_price") && number_of(r->parse, noun->unit))
		noun->name = "shares_outstanding";
	if (q->kind == FS_UNIT_COUNT)
	{
		const char *name = fs_metric_of_count(r->text, q->noun);
		bool follows = rd->joint == FS_J_FROM || rd->joint == FS_J_TO || rd->joint == FS_J_COMPARE;

		if (fs_noun_is(noun, "share_price") && number_of(r->parse, noun->unit))
		{
			noun->name = "shares_outstanding";
			return;
		}
		if ((name || !follows || noun->unit < 0) &&
			(!(rd->own_noun && noun->unit >= 0) || fs_noun_is(noun, "share_price")) && !idle_count(r->parse, q))
		{
			noun->name = name;
			noun->span = q->noun;
			noun->unit = rd->unit;
			noun->flip = noun->bad = false;
			rd->own_noun = true;
		}
	}
}

/* Whether a quantity without canonical noun is worth a row. */
static bool
worth_row(const FsMetricReader *r, const FsAmount *rd, Slot slot)
{
	const FsQuantity *q = rd->q;

	if (q->kind == FS_UNIT_COUNT)
	{
		if (idle_count(r->parse, q))
			return false;
		if (rd->noun.unit == rd->unit)
			return rd->noun.name || fs_decimal_compare(q->value, (FsDecimal){ .digits = 10000 }) >= 0;
		return rd->noun.unit >= 0 &&
			   (rd->own_noun || rd->joint == FS_J_FROM || rd->joint == FS_J_TO || rd->joint == FS_J_COMPARE);
	}
	if (q->kind == FS_UNIT_NONE)
		return rd->noun.unit >= 0 &&
			   (rd->own_noun || rd->joint == FS_J_FROM || rd->joint == FS_J_TO || rd->joint == FS_J_COMPARE);
	if (q->kind == FS_UNIT_TIMES)
		return fs_noun_is(&rd->noun, "pe_ratio");
	if (q->kind == FS_UNIT_PERCENT && slot == SLOT_CHANGE)
		return rd->noun.unit >= 0 && (rd->direction != FS_DIR_NONE || r->n > 0);
	return true;
}

/* Whether the noun itself says growth: "net sales growth of 5%". */
static bool
growth_noun(const FsMetricReader *r, const FsNoun *noun)
{
	return noun->unit >= 0 && noun->span.len > 6 &&
		   memcmp(r->text.data + noun->span.start + noun->span.len - 6, "growth", 6) == 0;
}

/* Direction of the row from the words between noun and quantity, or beside it. */
static FsDirection
row_direction(const FsMetricReader *r, const FsAmount *rd, Slot slot)
{
	const FsParse *parse = r->parse;
	int from = rd->previous;
	int sign = slot == SLOT_CHANGE ? written_sign(parse, rd->q) : 0;
	FsDirection d;

	if (sign)
		return sign == '-' ? FS_DIR_DOWN : FS_DIR_UP;
	if (fs_noun_is(&rd->noun, "stake") && slot == SLOT_VALUE && rd->joint == FS_J_NONE)
		return FS_DIR_NONE;		/* "picks up 25%" */
	if (rd->noun.cue && slot == SLOT_VALUE && !fs_noun_is(&rd->noun, "valuation") && !fs_noun_is(&rd->noun, "equity"))
		return FS_DIR_NONE;
	if (slot == SLOT_CHANGE && rd->joint == FS_J_OF && growth_noun(r, &rd->noun))
		return FS_DIR_UP;
	d = adjacent_direction(parse, rd);
	if (d != FS_DIR_NONE &&
		(slot == SLOT_CHANGE || rd->noun.unit > rd->unit || fs_unit_direction(parse, rd->unit - 1, &rd->noun) == d))
		return d;
	if (rd->noun.unit >= 0 && rd->noun.unit < rd->unit && rd->noun.unit > from)
	{
		int before = rd->noun.unit - 8 > from ? rd->noun.unit - 8 : from;

		d = fs_direction_between(parse, rd->noun.unit, rd->unit, &rd->noun);
		if (d != FS_DIR_NONE)
			return d;
		/* "raised its dividend to", "cut costs by": a transitive verb before the noun */
		for (int i = rd->noun.unit - 1; i > before; i--)
		{
			if (fs_unit_has(parse, i, FS_C(CLAUSE)) || fs_unit_ch(parse, i, ','))
				break;
			if (fs_unit_has(parse, i, FS_C_DIRECTION) &&
				(fs_unit_has(parse, i, FS_C(TRANS)) || fs_unit_is(parse, i + 1, "in")) &&
				(rd->joint == FS_J_TO || rd->joint == FS_J_BY || rd->joint == FS_J_FROM || slot == SLOT_CHANGE))
				return fs_unit_direction(parse, i, &rd->noun);
		}
		return FS_DIR_NONE;
	}
	/* a noun behind the amount, or none: only words close by */
	if (rd->noun.unit < 0 || rd->noun.unit > rd->unit)
		return rd->joint == FS_J_TO ? fs_direction_between(parse, from, rd->unit, &rd->noun) : FS_DIR_NONE;
	return fs_direction_between(parse, from, rd->unit, &rd->noun);
}

/* The unit of the company that moves ("Ford dropped 5%", "$META + 6%") with nothing else between; -1 if none. */
static int
moved_name(const FsMetricReader *r, const FsAmount *rd)
{
	const FsParse *parse = r->parse;
	bool		moves = written_sign(parse, rd->q) != 0;

	for (int i = rd->unit - 1; i > rd->previous && i > rd->unit - 9; i--)
	{
		const FsUnit *u = &parse->units[i];

		if (u->type == FS_U_NAME || u->type == FS_U_TICKER)
			return moves && fs_metric_noun(parse, i).unit < 0 ? i : -1;
		if (fs_unit_has(parse, i, FS_C(UP) | FS_C(DOWN)) || fs_unit_direction(parse, i, &rd->noun) != FS_DIR_NONE)
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
	const FsParse *parse = r->parse;
	const FsSentence *s = parse->sentence;
	int			after = fs_after_quantity(parse, rd->unit);
	int			t = parse->units[rd->unit].token + parse->units[rd->unit].count;
	FsDirection d = fs_direction_between(parse, rd->previous, rd->unit, &rd->noun);

	if (written_sign(parse, rd->q))
		return written_sign(parse, rd->q) == '-' ? FS_DIR_DOWN : FS_DIR_UP;
	if (t + 1 < s->ntokens && fs_token_is(s->text, &s->tokens[t + 1], "circuit"))
	{							/* "locked at 20% upper circuit" */
		if (fs_token_is(s->text, &s->tokens[t], "upper"))
			return FS_DIR_UP;
		if (fs_token_is(s->text, &s->tokens[t], "lower"))
			return FS_DIR_DOWN;
	}
	if (d == FS_DIR_NONE && (fs_unit_has(parse, after, FS_C(ADJ)) || fs_unit_is(parse, after, "up") || fs_unit_is(parse, after, "down")))
		d = fs_unit_direction(parse, after, &rd->noun);
	return d;
}

/* A move of a price without a noun: "Ford dropped 5%", then "and Magna 3%". */
static bool
price_move(FsMetricReader *r, FsAmount *rd)
{
	const FsMetric *last = r->n > 0 ? &r->rows[r->n - 1] : NULL;

	int			name;

	if (rd->q->kind != FS_UNIT_PERCENT || rd->joint == FS_J_FROM || rd->joint == FS_J_COMPARE)
		return false;
	name = rd->joint == FS_J_NONE ? moved_name(r, rd) : -1;
	if (rd->own_noun && !(name >= 0 && name > rd->noun.unit && rd->noun.unit < rd->unit))
		return false;
	if (name >= 0)
		rd->noun.unit = -1;
	rd->direction = price_direction(r, rd);
	if (rd->direction == FS_DIR_NONE && last && last->name &&
		(strcmp(last->name, "share_price") == 0 || strcmp(last->name, "index_level") == 0) && last->has_change)
	{
		rd->direction = (FsDirection) last->direction;
		rd->noun = r->nouns[r->n - 1];
		return true;
	}
	if (rd->noun.unit < 0 && rd->direction != FS_DIR_NONE)
	{
		rd->noun.name = "share_price";
		rd->noun.unit = rd->unit;
		rd->noun.span = rd->q->span;
		return true;
	}
	return false;
}

/* Whether the noun is a loss. */
static bool
is_loss(const FsNoun *noun)
{
	return noun->flip || fs_noun_is(noun, "net_loss") || fs_noun_is(noun, "operating_loss");
}

/*
 * "compared to a loss of EUR 65mn": the noun repeats that of the row before, the
 * joint is the one before it, and loss against profit changes the sign.
 */
static void
loss_reference(const FsMetricReader *r, FsAmount *rd)
{
	const FsNoun *last;
	FsJoint joint;
	int at;
	bool flip;

	if (r->n == 0 || rd->joint != FS_J_OF || rd->noun.unit != rd->at - 1 || rd->noun.cue)
		return;
	last = &r->nouns[r->n - 1];
	joint = fs_joint(r->parse, rd->noun.unit, &at);
	if (!(joint == FS_J_COMPARE || joint == FS_J_FROM) ||
		!(fs_noun_is(&rd->noun, "net_loss") || fs_noun_is(&rd->noun, "net_income") ||
		  fs_noun_is(&rd->noun, "operating_loss") ||
		  (rd->noun.name && last->name && strcmp(rd->noun.name, last->name) == 0)))
		return;
	flip =
		fs_noun_is(last, "net_loss") || fs_noun_is(last, "operating_loss") ? !is_loss(&rd->noun) : is_loss(&rd->noun);
	rd->per_share |= fs_noun_is(last, "eps");
	rd->noun = *last;
	rd->noun.flip = flip;
	rd->joint = joint;
	rd->at = at;
	rd->own_noun = false;
}

/* Whether the row's name is this. */
static bool
named(const FsMetric *row, const char *name)
{
	return row->name && strcmp(row->name, name) == 0;
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
		bool share = named(row, "eps") || named(row, "dividend_per_share");

		if (row->basis == FS_BASIS_CONSENSUS)
			return NULL;

		if (share == rd->per_share && row->has_value && !row->has_prior && same_kind(row, rd->q) &&
			(named(&r->rows[r->n - 1], "eps") || named(&r->rows[r->n - 2], "eps")))
			return row;
	}
	return NULL;
}

/* Read one quantity into the rows. */
static void
read_quantity(FsMetricReader *r, int unit, int previous)
{
	const FsParse *parse = r->parse;
	FsAmount rd = { .q = fs_quantity_of(parse, unit), .unit = unit, .previous = previous };
	FsMetric *row;
	Slot slot;
	bool moving;

	if (previous == unit - 1 && previous >= 0 && fs_quantity_of(parse, previous)->kind == FS_UNIT_MONEY &&
		rd.q->kind == FS_UNIT_MONEY && memcmp(fs_quantity_of(parse, previous)->currency, rd.q->currency, 4) != 0)
		return; /* the same amount in another currency */
	rd.joint = fs_joint(parse, unit, &rd.at);
	rd.per_share = per_share_after(parse, unit);
	fs_find_noun(r, &rd);
	loss_reference(r, &rd);
	moving = price_move(r, &rd);
	refine_noun(r, &rd);
	rd.moved = adjacent_direction(parse, &rd) != FS_DIR_NONE ||
			   (rd.joint == FS_J_OF && fs_unit_has(parse, rd.at - 1, FS_C_DIRECTION));
	slot = moving ? SLOT_CHANGE : slot_of(r, &rd);
	if (!moving)
		rd.direction = row_direction(r, &rd, slot);
	row = slot == SLOT_PRIOR ? row_of_prior(r, &rd) : NULL;
	if (row)
		;
	else if (!moving && joins_last(r, &rd, slot))
		row = &r->rows[r->n - 1];
	else
	{
		if (!worth_row(r, &rd, slot))
			return;
		row = new_row(r, &rd);
		if (!row)
			return;
	}
	r->units[row - r->rows] = unit;
	r->last_prior = slot == SLOT_PRIOR;
	if (slot == SLOT_CONSENSUS)
	{
		if (rd.q->kind == FS_UNIT_PERCENT && !fs_metric_percent_level(r->text, &rd.noun))
			put_change(row, rd.q);
		else
			put_value(row, rd.q, rd.noun.flip);
		row->basis = FS_BASIS_CONSENSUS;
		row->direction = row->has_change ? rd.direction : FS_DIR_NONE;
		return;
	}
	if (slot == SLOT_CHANGE)
		put_change(row, rd.q);
	else if (slot == SLOT_PRIOR)
		put_prior(row, rd.q, row->name == rd.noun.name ? rd.noun.flip : r->nouns[row - r->rows].flip);
	else
		put_value(row, rd.q, rd.noun.flip);
	if (row->direction == FS_DIR_NONE)
		row->direction = rd.direction;
	/* "sales rose by 5 percent and profit by 3 percent" */
	if (row->direction == FS_DIR_NONE && slot == SLOT_CHANGE && rd.joint == FS_J_BY && row > r->rows)
		row->direction = (row - 1)->direction;
	/* "..., or $0.04 per share" moves with its total; a smaller loss is a higher figure */
	if (slot == SLOT_VALUE && rd.joint == FS_J_OR && rd.per_share && row > r->rows && row->direction == FS_DIR_NONE)
		row->direction = (row - 1)->direction == FS_DIR_NONE || !rd.noun.flip ? (row - 1)->direction
						 : (row - 1)->direction == FS_DIR_UP				  ? FS_DIR_DOWN
																			  : FS_DIR_UP;
	if (row->basis == FS_BASIS_ACTUAL)
		row->basis = fs_basis_of(parse, unit, rd.noun.unit);
}

/* What is settled when the row is whole: names, basis, periods, company. */
static void
finish_row(FsMetricReader *r, int i)
{
	FsMetric *row = &r->rows[i];
	int first_unit = r->first_units[i];

	if (!row->has_value && !row->has_change && row->has_prior)
	{ /* "from X" alone: it is the value */
		row->has_value = true;
		row->has_prior = false;
		row->value = row->prior;
	}
	if (!row->has_value && named(row, "share_price") && row->has_change)
		row->name = "share_price_change";
	if (named(row, "price_target") && row->basis == FS_BASIS_ACTUAL)
		row->basis = FS_BASIS_FORECAST;
	fs_find_periods(r->parse, first_unit, r->units[i], &row->period, &row->prior_period);
	if (!row->has_prior && row->prior_period.len > 0 && !row->has_change)
		row->prior_period.len = 0;
	fs_metric_company(r, first_unit, row);
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
int
fs_metrics_find(FsMetricState *state, const FsParse *parse, const FsMention *mentions, int nmentions,
				FsMetric out[FS_METRICS_MAX])
{
	FsMetricReader r;
	int previous = -1;
	bool any = false;

	for (int i = 0; i < parse->nquantities && !any; i++)
		any = candidate(&parse->quantities[i]);
	r.parse = parse;
	r.text = parse->sentence->text;
	r.mentions = mentions;
	r.nmentions = nmentions;
	r.state = state;
	r.last_prior = false;
	r.n = 0;
	r.rows = out;
	for (int i = 0; i < parse->nunits && any; i++)
	{
		if (!fs_is_quantity(parse, i) || !candidate(fs_quantity_of(parse, i)))
			continue;
		read_quantity(&r, i, previous);
		previous = i;
	}
	if (r.n > 1)
		fs_merge_years(&r);
	for (int i = 0; i < r.n; i++)
		finish_row(&r, i);
	update_state(state, mentions, nmentions);
	return r.n;
}
