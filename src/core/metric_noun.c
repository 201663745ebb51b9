/*
 * metric_noun.c - level 5: which noun governs an amount.
 *
 * In this order: the noun between this amount and the last when it is joined by
 * "of", "at", "to", "was"; the noun right after ("$1.9 billion loss", "$16
 * billion of equity"); the nearest to the left, causes skipped ("rose on strong
 * demand to ..."); a verb or deal word that names amounts ("acquired",
 * "raises"); the noun of the row before.
 */
#include "metric_impl.h"

/* The metric noun within a few units from i, over modifiers only. */
static FsNoun
noun_within(const FsMetricReader *r, int i, int steps, bool phrase)
{
	const FsParse *parse = r->parse;
	FsNoun		   none = { .unit = -1 };

	for (; i < parse->nunits && steps-- > 0; i++)
	{
		const FsUnit *u = &parse->units[i];
		FsNoun		  noun;

		if (u->type != FS_U_WORD && !(phrase && u->type == FS_U_NAME))
			return none;
		noun = fs_metric_noun(r, i);
		if (noun.unit >= 0)
		{
			FsNoun next = fs_metric_noun(r, i + 1);

			if (fs_noun_is(&noun, FS_V_share_price) && next.unit < 0)
				return none;
			return next.unit >= 0 ? next : noun;
		}
		if (phrase ? (u->classes & (FS_C(CLAUSE) | FS_C(COMPARE) | FS_C(SAY)) || fs_unit_is(parse, i, FS_W_and))
				   : (u->classes & (FS_C(FUNCTION) | FS_C(CLAUSE) | FS_C(COMPARE) | FS_C(SAY) | FS_C(PAST)) ||
					  (u->classes & FS_C_DIRECTION && u->classes & FS_C(VERB) && !(u->classes & FS_C(NOUN)))))
			return none;
	}
	return none;
}

/* Whether the noun is "share capital". */
static bool
share_capital(const FsMetricReader *r, const FsNoun *noun)
{
	return noun->unit >= 0 && !noun->name && noun->span.len == 13 && (r->text.data[noun->span.start] | 0x20) == 's' &&
		   memcmp(r->text.data + noun->span.start + 6, "capital", 7) == 0;
}

/* Whether a verb of spending stands before the amount. */
static bool
spends_before(const FsParse *parse, const FsAmount *rd)
{
	const FsSentence *s = parse->sentence;

	for (int i = rd->unit - 1; i > rd->previous && i > rd->unit - 4; i--)
		if (fs_token_in(s->text, &s->tokens[parse->units[i].token], "spend spends spending spent"))
			return true;
	return false;
}

/* The noun to the right: "$1.9 billion loss", "$16 billion of equity", "a $25 fall in crude". */
static FsNoun
right_noun(const FsMetricReader *r, const FsAmount *rd)
{
	const FsParse *parse = r->parse;
	int			   i = fs_after_quantity(parse, rd->unit);
	FsNoun		   noun = { .unit = -1 };

	/* "$2.6 billion a year in interest payments" */
	if ((fs_unit_is(parse, i, FS_W_a) || fs_unit_is(parse, i, FS_W_per)) && fs_unit_is(parse, i + 1, FS_W_year))
		i += 2;
	if (i >= parse->nunits || fs_is_quantity(parse, i))
		return noun;
	if (rd->q->kind == FS_UNIT_COUNT)
		return noun;
	if (fs_unit_has(parse, i, FS_C_DIRECTION) && fs_unit_has(parse, i, FS_C(NOUN)) &&
		(fs_unit_is(parse, i + 1, FS_W_in) || fs_unit_is(parse, i + 1, FS_W_of)))
		return noun_within(r, i + 2, 5, true);
	if (fs_unit_is(parse, i, FS_W_of) || fs_unit_is(parse, i, FS_W_in) || fs_unit_is(parse, i, FS_W_worth))
	{
		int next = i + 1 + fs_unit_is(parse, i + 1, FS_W_of);

		if (rd->q->kind == FS_UNIT_PERCENT)
		{
			/* "23 % of the Russian market" */
			for (int k = next; k < next + 4 && fs_unit_is(parse, i, FS_W_of); k++)
				if (fs_unit_is(parse, k, FS_W_market) && !fs_unit_has(parse, k + 1, FS_C_METRIC))
				{
					noun.unit = k;
					noun.name = FS_V_market_share;
					noun.span = fs_units_span(parse, k, k);
					return noun;
				}
			noun = noun_within(r, next, 4, true);
			if (fs_unit_is(parse, i, FS_W_of) && (fs_noun_is(&noun, FS_V_revenue)))
				noun.name = FS_V_revenue_mix;
			/* "lay off 5% of its workforce" */
			else if (fs_noun_is(&noun, FS_V_headcount) && fs_cuts_before(parse, rd))
				noun.name = FS_V_job_cuts;
			else if (fs_unit_is(parse, i, FS_W_of) &&
					 (fs_noun_is(&noun, FS_V_stake) || fs_noun_is(&noun, FS_V_share_price) ||
					  fs_noun_is(&noun, FS_V_shares_outstanding) || share_capital(r, &noun)))
				noun.name = FS_V_stake;
			else
				noun.unit = -1;
			return noun;
		}
		return noun_within(r, next, 5, true);
	}
	/* "spent $240 million on capital expenditures" */
	if (fs_unit_is(parse, i, FS_W_on) && spends_before(parse, rd))
		return noun_within(r, i + 1, 4, true);
	return noun_within(r, i, 3, false);
}

/* Whether the unit makes what follows a condition of the figure: "profit excluding charges". */
static bool
qualifier(const FsParse *parse, int unit)
{
	switch (fs_unit_word(parse, unit))
	{
		case FS_W_excluding:
		case FS_W_before:
		case FS_W_including:
		case FS_W_despite:
		case FS_W_after:
		case FS_W_without:
		case FS_W_at:
			return true;
		default:
			return false;
	}
}

/* The unit before "on the", "for", "of its" that stand before a unit; -1 if they do not. */
static int
on_noun(const FsParse *parse, int unit)
{
	int i = unit - 1;

	while (i >= 0 && i > unit - 4 &&
		   (fs_unit_is(parse, i, FS_W_the) || fs_unit_is(parse, i, FS_W_its) || parse->units[i].type == FS_U_NAME ||
			fs_unit_is(parse, i, FS_W_a)))
		i--;
	return fs_unit_is(parse, i, FS_W_on) || fs_unit_is(parse, i, FS_W_for) || fs_unit_is(parse, i, FS_W_of) ? i - 1
																											: -1;
}

/* The nearest metric noun in units (from, to); nouns with a canonical name win near by. */
static FsNoun
left_noun(const FsMetricReader *r, int from, int to)
{
	const FsParse *parse = r->parse;
	FsNoun		   best = { .unit = -1 };
	int			   stop = from + 1 > to - FS_METRIC_WINDOW ? from + 1 : to - FS_METRIC_WINDOW;
	int			   semicolon = fs_set_last(&r->stops, stop, to);

	stop = semicolon + 1 > stop ? semicolon + 1 : stop;
	for (int i = to; (i = fs_set_last(&r->named, stop, i)) >= 0;)
	{
		FsNoun noun = r->found[i];

		/* "on strong demand", "due to heavy capex": a cause, not the subject */
		if (i > 0 && to - i > 1 && best.unit < 0)
		{
			int p = i - 1;

			while (p > from && i - p < 4 && parse->units[p].type == FS_U_WORD &&
				   !fs_unit_has(parse, p, FS_C(FUNCTION) | FS_C(CLAUSE)))
				p--;
			/* "revenue, net of interest expense" */
			p -= fs_unit_is(parse, p, FS_W_of) && fs_unit_is(parse, p - 1, FS_W_net);
			if ((qualifier(parse, p) || fs_unit_is(parse, p, FS_W_net)) && left_noun(r, from, p).unit >= 0)
			{
				i = p;
				continue;
			}
			if (fs_unit_is(parse, p, FS_W_on) ||
				(fs_unit_ends(parse, p, FS_W_to) && fs_unit_first(parse, p) == FS_W_due) ||
				fs_unit_is(parse, p, FS_W_amid))
			{
				bool linked = false;

				for (int k = i + 1; k < to; k++)
					linked |= fs_unit_is(parse, k, FS_W_of) || fs_unit_is(parse, k, FS_W_was);
				if (!linked && left_noun(r, from, p).unit >= 0)
				{
					i = p;
					continue;
				}
			}
		}
		/* "its price target on the stock" */
		if (fs_noun_is(&noun, FS_V_share_price) && on_noun(parse, i) >= 0)
		{
			FsNoun of = fs_metric_noun(r, on_noun(parse, i));

			if (fs_noun_is(&of, FS_V_price_target))
				return of;
		}
		if (noun.name)
			return noun;
		if (best.unit < 0)
			best = noun;
		else if (best.unit - i > 5)
			break;
	}
	return best;
}

/* A verb or deal word that names the amount, to the left or right after it. */
static FsNoun
cue_noun(const FsMetricReader *r, const FsAmount *rd)
{
	const FsParse *parse = r->parse;
	FsNoun		   noun = { .unit = -1 };
	int			   from = rd->joint == FS_J_FOR ? -1 : rd->previous;
	int			   stop = rd->unit - 20 > from ? rd->unit - 20 : from + 1;

	for (int i = rd->unit + 1; i < parse->nunits && i <= rd->unit + 3; i++)
	{
		if (parse->units[i].type != FS_U_WORD || fs_unit_has(parse, i, FS_C(VERB) | FS_C(CLAUSE)))
			break;
		noun = fs_metric_cue(parse, i, rd->q);
		if (noun.unit >= 0)
			return noun;
	}
	for (int i = fs_set_last(&r->stops, stop, rd->unit); i >= 0; i = fs_set_last(&r->stops, stop, i))
		if (fs_unit_ch(parse, i, ';'))
			stop = i + 1;
	for (int i = rd->unit; (i = fs_cue_before(parse, stop, i)) >= 0;)
	{
		noun = fs_metric_cue(parse, i, rd->q);
		/* "buys 70% of X" takes a stake; "loans to buy flats at 11%" does not */
		if (fs_noun_is(&noun, FS_V_stake) && !fs_unit_is(parse, rd->unit + 1, FS_W_of) &&
			!fs_unit_is(parse, rd->unit + 1, FS_W_in) && !fs_unit_is(parse, i, FS_W_stake))
			noun.unit = -1;
		if (noun.unit >= 0)
			return noun;
	}
	return noun;
}

/* Whether the noun is a market price, which many sentences name beside other amounts. */
static bool
weak(const FsNoun *noun)
{
	return noun->unit >= 0 && fs_metric_bits[noun->name] & FS_M_MARKET;
}

/* The unit of the noun that the quantity before counts ("15,000 jobs, ..."), else that quantity's. */
static int
past_counted(const FsParse *parse, int previous)
{
	const FsQuantity *q;

	if (previous < 0)
		return previous;
	q = fs_quantity_of(parse, previous);
	if (q->kind == FS_UNIT_COUNT)
		for (int i = previous + 1; i < parse->nunits && i < previous + 4; i++)
			if (fs_units_span(parse, i, i).start == q->noun.start)
				return i;
	return previous;
}

/*
 * Whether something else than the nearest noun names the money: a target, a
 * verb of dealing, the price of a stake.
 */
static bool
names_money(const FsMetricReader *r, FsAmount *rd, FsNoun left)
{
	const FsParse *parse = r->parse;

	/* "buy with a target of Rs 450" */
	if (rd->q->kind == FS_UNIT_MONEY && !rd->q->scaled && left.unit < 0)
		for (int i = rd->unit - 1; i > rd->previous && i > rd->unit - 4; i--)
			if (fs_unit_is(parse, i, FS_W_target) &&
				(i == rd->unit - 1 || fs_unit_is(parse, i + 1, FS_W_of) || fs_unit_is(parse, i + 1, FS_W_at) ||
				 fs_unit_is(parse, i + 1, FS_W_to)))
			{
				rd->noun = (FsNoun){ .unit = i, .name = FS_V_price_target, .span = fs_units_span(parse, i, i) };
				return true;
			}
	/* "may raise $5 million via shares", "sold a stake for $5 million": the verb names the money */
	if (rd->q->kind == FS_UNIT_MONEY && left.unit >= 0)
	{
		FsNoun cue = { .unit = -1 };

		/* "purchased shares at the last price for an aggregate $20 million" */
		if (rd->joint == FS_J_FOR && rd->q->scaled && weak(&left))
		{
			int stop = rd->unit - FS_METRIC_WINDOW + 1 > 0 ? rd->unit - FS_METRIC_WINDOW + 1 : 0;

			for (int i = rd->unit; cue.unit < 0 && (i = fs_cue_before(parse, stop, i)) >= 0;)
				cue = fs_metric_cue(parse, i, rd->q);
			if (fs_noun_is(&cue, FS_V_deal_value))
			{
				rd->noun = cue;
				return true;
			}
			cue.unit = -1;
		}
		if (rd->joint == FS_J_FOR && fs_noun_is(&left, FS_V_stake))
		{
			rd->noun.name = FS_V_deal_value;
			return true;
		}
		if (rd->q->scaled && weak(&left))
			for (int i = rd->unit; cue.unit < 0 && (i = fs_cue_before(parse, left.unit + 1, i)) >= 0;)
				cue = fs_metric_cue(parse, i, rd->q);
		if (cue.unit >= 0)
		{
			rd->noun = cue;
			return true;
		}
	}
	return false;
}

/* "earnings per share were at a loss of": the noun is the subject, the loss its sign. */
static void
loss_of_subject(const FsMetricReader *r, FsAmount *rd, FsNoun *left)
{
	FsNoun direct, subject;

	if (rd->joint != FS_J_OF)
		return;
	direct = fs_metric_noun(r, rd->at - 1);
	if (!fs_noun_is(&direct, FS_V_net_loss))
		return;
	subject = left_noun(r, rd->previous, direct.unit);
	if (direct.unit - subject.unit > 6)
		return;
	if (fs_noun_is(&subject, FS_V_eps) || fs_noun_is(&subject, FS_V_pretax_profit) ||
		fs_noun_is(&subject, FS_V_operating_cash_flow))
	{
		subject.flip = true;
		rd->noun = *left = subject;
	}
	else if (fs_noun_is(&subject, FS_V_operating_income))
	{
		direct.name = FS_V_operating_loss;
		rd->noun = *left = direct;
	}
}

/* The noun of the row before, or of the sentence's beginning. */
static void
inherit_noun(const FsMetricReader *r, FsAmount *rd)
{
	const FsParse *parse = r->parse;

	rd->own_noun = false;
	if (r->n > 0)
	{
		rd->noun = r->nouns[r->n - 1];
		/* what a stake or a share price cannot be */
		if (rd->q->kind == FS_UNIT_MONEY && fs_noun_is(&rd->noun, FS_V_stake))
			rd->noun.name = FS_V_deal_value;
		else if (rd->q->kind == FS_UNIT_MONEY && rd->q->scaled && fs_noun_is(&rd->noun, FS_V_share_price) &&
				 !fs_listed(parse, rd->previous, rd->unit))
			rd->noun = (FsNoun){ .unit = -1 };
	}
	else
		rd->noun = left_noun(r, -1, rd->unit);
}

/* "From $26 billion a year ago, free cash flow fell to": the noun behind the comma. */
static bool
opens_sentence(const FsMetricReader *r, FsAmount *rd)
{
	const FsParse *parse = r->parse;
	int			   i = rd->unit + 1;

	while (i < parse->nunits && i < rd->unit + 8 && !fs_unit_ch(parse, i, ','))
		i++;
	if (!fs_unit_ch(parse, i, ','))
		return false;
	for (i++; i < parse->nunits && parse->units[i].type == FS_U_WORD; i++)
	{
		FsNoun noun = fs_metric_noun(r, i);

		if (noun.unit >= 0)
		{
			rd->noun = noun;
			return true;
		}
		if (fs_unit_has(parse, i, FS_C(VERB)))
			break;
	}
	return false;
}

/* See metric_impl.h. */
void
fs_find_noun(const FsMetricReader *r, FsAmount *rd)
{
	const FsParse *parse = r->parse;
	/* "to an annual rate of": the rate is no noun of its own */
	bool   rate = rd->joint == FS_J_TO && rd->unit - rd->at > 2 && fs_unit_ends(parse, rd->unit - 1, FS_W_of);
	FsNoun left = left_noun(r, past_counted(parse, rd->previous), rate ? rd->at : rd->unit);
	bool   tied = rd->joint == FS_J_OF || rd->joint == FS_J_BE || rd->joint == FS_J_AT || rd->joint == FS_J_TO ||
				left.unit == rd->unit - 1;

	rd->own_noun = true;
	rd->noun = left;
	if (left.unit < 0 && rd->at == 0 && (rd->joint == FS_J_FROM || rd->joint == FS_J_TO) && opens_sentence(r, rd))
		return;
	if (names_money(r, rd, left))
		return;
	/* "an order worth $9.1 billion" */
	if (left.unit >= 0 && !left.name && rd->q->kind == FS_UNIT_MONEY)
	{
		FsNoun cue = fs_metric_cue(parse, left.unit, rd->q);

		if (fs_noun_is(&cue, FS_V_order_value))
			rd->noun = left = cue;
	}
	loss_of_subject(r, rd, &left);
	/* "the fair value of restricted stock was $2 billion" */
	if (rd->q->kind == FS_UNIT_MONEY && rd->q->scaled && rd->joint == FS_J_BE && fs_noun_is(&left, FS_V_share_price))
	{
		FsNoun further = left_noun(r, rd->previous, left.unit);

		if (further.unit >= 0)
			rd->noun = left = further;
	}
	/* "a value of $18 billion": the deal word is nearer than the noun */
	if (rd->joint == FS_J_OF && rd->at > rd->previous + 1 && left.unit < rd->at - 3)
	{
		FsNoun cue = fs_metric_cue(parse, rd->at - 1, rd->q);

		if (cue.unit >= 0)
		{
			rd->noun = cue;
			return;
		}
	}
	if (!(left.unit >= 0 && tied && !fs_noun_is(&left, FS_V_share_price)))
	{
		FsNoun right = right_noun(r, rd);

		if (right.unit >= 0)
			rd->noun = right;
	}
	/* what is measured in percent is not measured in money */
	if (rd->q->kind == FS_UNIT_MONEY && fs_metric_percent_level(r->text, &rd->noun) &&
		!fs_noun_is(&rd->noun, FS_V_stake))
		rd->noun.unit = -1;
	/* "invested $1 billion in bitcoin", "bought for a price of $1 billion" */
	if (rd->q->kind == FS_UNIT_MONEY && rd->q->scaled &&
		((rd->noun.unit > rd->unit && weak(&rd->noun)) ||
		 (rd->joint == FS_J_FOR && fs_noun_is(&rd->noun, FS_V_product_price))))
	{
		FsNoun cue = cue_noun(r, rd);

		if (cue.unit >= 0)
			rd->noun = cue;
	}
	if (rd->noun.unit >= 0)
		return;
	if (rd->q->kind != FS_UNIT_COUNT &&
		!(r->n > 0 && (rd->joint == FS_J_TO || rd->joint == FS_J_FROM || rd->joint == FS_J_COMPARE)))
	{
		rd->noun = cue_noun(r, rd);
		if (rd->noun.unit >= 0)
			return;
	}
	inherit_noun(r, rd);
}
