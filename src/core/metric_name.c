/*
 * metric_name.c - level 5: which metric a word names.
 *
 * Metric nouns are lexicon entries of the metric classes; their value column
 * is the canonical name, with a leading minus where the noun is a loss that
 * the metric shows as a negative value ("pretax loss").  Nouns too general to
 * carry an amount ("demand", "results") name nothing.
 *
 * Amounts that no metric noun governs may still be named by a verb or a deal
 * word: "acquired X for $5 million" is a deal_value, "raises $5 mn" funding.
 * Those words are no metric nouns for the sentiment rules, hence a table here,
 * by the ids of the words.
 */
#include "metric_impl.h"

/* Which kinds of amount a cue takes. */
enum CueKinds
{
	CUE_MONEY = 1,
	CUE_PERCENT = 2,
	CUE_COUNT = 4,
};

/* What a cue names; 0: the word is none. */
typedef enum Cue
{
	CUE_NONE,
	CUE_DEAL_VALUE,
	CUE_DEBT,
	CUE_FUNDING,
	CUE_ORDER_VALUE,
	CUE_STAKE,
	CUE_EQUITY,
	CUE_FINE,
	CUE_ASSETS,
	CUE_INVESTMENT,
	CUE_LIABILITIES,
	CUE_INTEREST_RATE,
	CUE_BUYBACK,
	CUE_COST,
	CUE_VALUATION,
} Cue;

static const struct
{
	FsValue name;
	uint8_t kinds;
} cues[] = {
	[CUE_DEAL_VALUE] = { FS_V_deal_value, CUE_MONEY },
	[CUE_DEBT] = { FS_V_debt, CUE_MONEY },
	[CUE_FUNDING] = { FS_V_funding, CUE_MONEY },
	[CUE_ORDER_VALUE] = { FS_V_order_value, CUE_MONEY },
	[CUE_STAKE] = { FS_V_stake, CUE_PERCENT },
	[CUE_EQUITY] = { FS_V_equity, CUE_MONEY },
	[CUE_FINE] = { FS_V_fine, CUE_MONEY },
	[CUE_ASSETS] = { FS_V_assets, CUE_MONEY },
	[CUE_INVESTMENT] = { FS_V_investment, CUE_MONEY },
	[CUE_LIABILITIES] = { FS_V_liabilities, CUE_MONEY },
	[CUE_INTEREST_RATE] = { FS_V_interest_rate, CUE_PERCENT },
	[CUE_BUYBACK] = { FS_V_buyback, CUE_MONEY },
	[CUE_COST] = { FS_V_cost, CUE_MONEY },
	[CUE_VALUATION] = { FS_V_valuation, CUE_MONEY },
};

/* The cues that the lexicon knows, with those of an s more. */
static const uint8_t cue_words[FS_WORD_IDS] = {
	[FS_W_acquire] = CUE_DEAL_VALUE,
	[FS_W_acquires] = CUE_DEAL_VALUE,
	[FS_W_acquiring] = CUE_DEAL_VALUE,
	[FS_W_acquisition] = CUE_DEAL_VALUE,
	[FS_W_bid] = CUE_DEAL_VALUE,
	[FS_W_bids] = CUE_DEAL_VALUE,
	[FS_W_bought] = CUE_DEAL_VALUE,
	[FS_W_buy] = CUE_DEAL_VALUE,
	[FS_W_buying] = CUE_DEAL_VALUE,
	[FS_W_buyings] = CUE_DEAL_VALUE,
	[FS_W_buyout] = CUE_DEAL_VALUE,
	[FS_W_buys] = CUE_DEAL_VALUE,
	[FS_W_capital] = CUE_FUNDING,
	[FS_W_capitals] = CUE_FUNDING,
	[FS_W_contract] = CUE_ORDER_VALUE,
	[FS_W_contracts] = CUE_ORDER_VALUE,
	[FS_W_control] = CUE_STAKE,
	[FS_W_controls] = CUE_STAKE,
	[FS_W_deal] = CUE_DEAL_VALUE,
	[FS_W_deals] = CUE_DEAL_VALUE,
	[FS_W_equity] = CUE_EQUITY,
	[FS_W_financing] = CUE_FUNDING,
	[FS_W_fine] = CUE_FINE,
	[FS_W_fined] = CUE_FINE,
	[FS_W_fines] = CUE_FINE,
	[FS_W_funding] = CUE_FUNDING,
	[FS_W_goodwill] = CUE_ASSETS,
	[FS_W_hold] = CUE_STAKE,
	[FS_W_holds] = CUE_STAKE,
	[FS_W_invest] = CUE_INVESTMENT,
	[FS_W_invests] = CUE_INVESTMENT,
	[FS_W_ipo] = CUE_FUNDING,
	[FS_W_ipos] = CUE_FUNDING,
	[FS_W_liability] = CUE_LIABILITIES,
	[FS_W_offer] = CUE_DEAL_VALUE,
	[FS_W_offering] = CUE_FUNDING,
	[FS_W_offerings] = CUE_FUNDING,
	[FS_W_offers] = CUE_DEAL_VALUE,
	[FS_W_order] = CUE_ORDER_VALUE,
	[FS_W_orders] = CUE_ORDER_VALUE,
	[FS_W_own] = CUE_STAKE,
	[FS_W_penalty] = CUE_FINE,
	[FS_W_purchase] = CUE_DEAL_VALUE,
	[FS_W_purchases] = CUE_DEAL_VALUE,
	[FS_W_raise] = CUE_FUNDING,
	[FS_W_raised] = CUE_FUNDING,
	[FS_W_raises] = CUE_FUNDING,
	[FS_W_raising] = CUE_FUNDING,
	[FS_W_repurchase] = CUE_BUYBACK,
	[FS_W_repurchases] = CUE_BUYBACK,
	[FS_W_sell] = CUE_DEAL_VALUE,
	[FS_W_sells] = CUE_DEAL_VALUE,
	[FS_W_settle] = CUE_FINE,
	[FS_W_settlement] = CUE_FINE,
	[FS_W_settles] = CUE_FINE,
	[FS_W_sold] = CUE_DEAL_VALUE,
	[FS_W_spending] = CUE_COST,
	[FS_W_spendings] = CUE_COST,
	[FS_W_stake] = CUE_STAKE,
	[FS_W_stakes] = CUE_STAKE,
	[FS_W_takeover] = CUE_DEAL_VALUE,
	[FS_W_tender] = CUE_DEAL_VALUE,
	[FS_W_tenders] = CUE_DEAL_VALUE,
	[FS_W_transaction] = CUE_DEAL_VALUE,
	[FS_W_transactions] = CUE_DEAL_VALUE,
	[FS_W_valuation] = CUE_VALUATION,
	[FS_W_valuations] = CUE_VALUATION,
	[FS_W_value] = CUE_VALUATION,
	[FS_W_valued] = CUE_VALUATION,
	[FS_W_values] = CUE_VALUATION,
};

/* The cues that it does not know. */
static const struct
{
	FsWord	word;
	uint8_t cue;
} unknown_cues[] = {
	{ FS_WORD("borrow"), CUE_DEBT },   { FS_WORD("fpo"), CUE_FUNDING }, { FS_WORD("fundraising"), CUE_FUNDING },
	{ FS_WORD("judgment"), CUE_FINE }, { FS_WORD("qip"), CUE_FUNDING }, { FS_WORD("spend"), CUE_COST },
};

/* Bits of their lengths. */
static const uint32_t unknown_lengths = 1 << 3 | 1 << 5 | 1 << 6 | 1 << 8 | 1 << 11;

/* What words of the metric classes ask for a second look. */
typedef enum NounWord
{
	NW_PLAIN,
	NW_GENERAL, /* says too little to name an amount */
	NW_SHARE,
	NW_PRICE,
	NW_LOSS,
	NW_TAX,
	NW_NET,
	NW_CASH,
	NW_STOCK,
} NounWord;

static const uint8_t noun_words[FS_WORD_IDS] = {
	[FS_W_accidents] = NW_GENERAL,
	[FS_W_activity] = NW_GENERAL,
	[FS_W_age] = NW_GENERAL,
	[FS_W_amount] = NW_GENERAL,
	[FS_W_appetite] = NW_GENERAL,
	[FS_W_brand] = NW_GENERAL,
	[FS_W_business] = NW_GENERAL,
	[FS_W_cases] = NW_GENERAL,
	[FS_W_cash] = NW_CASH,
	[FS_W_circulation] = NW_GENERAL,
	[FS_W_claims] = NW_GENERAL,
	[FS_W_commodities] = NW_GENERAL,
	[FS_W_competition] = NW_GENERAL,
	[FS_W_competitiveness] = NW_GENERAL,
	[FS_W_complaints] = NW_GENERAL,
	[FS_W_concern] = NW_GENERAL,
	[FS_W_concerns] = NW_GENERAL,
	[FS_W_confidence] = NW_GENERAL,
	[FS_W_conversion] = NW_GENERAL,
	[FS_W_crime] = NW_GENERAL,
	[FS_W_deaths] = NW_GENERAL,
	[FS_W_delays] = NW_GENERAL,
	[FS_W_demand] = NW_GENERAL,
	[FS_W_disruptions] = NW_GENERAL,
	[FS_W_economy] = NW_GENERAL,
	[FS_W_efficiency] = NW_GENERAL,
	[FS_W_estimates] = NW_GENERAL,
	[FS_W_fear] = NW_GENERAL,
	[FS_W_fears] = NW_GENERAL,
	[FS_W_fines] = NW_GENERAL,
	[FS_W_forecast] = NW_GENERAL,
	[FS_W_forecasts] = NW_GENERAL,
	[FS_W_glut] = NW_GENERAL,
	[FS_W_growth] = NW_GENERAL,
	[FS_W_guidance] = NW_GENERAL,
	[FS_W_hiring] = NW_GENERAL,
	[FS_W_interest] = NW_GENERAL,
	[FS_W_jitters] = NW_GENERAL,
	[FS_W_limit] = NW_GENERAL,
	[FS_W_liquidity] = NW_GENERAL,
	[FS_W_loss] = NW_LOSS,
	[FS_W_metals] = NW_GENERAL,
	[FS_W_misery] = NW_GENERAL,
	[FS_W_net] = NW_NET,
	[FS_W_outlook] = NW_GENERAL,
	[FS_W_penalties] = NW_GENERAL,
	[FS_W_performance] = NW_GENERAL,
	[FS_W_permits] = NW_GENERAL,
	[FS_W_poverty] = NW_GENERAL,
	[FS_W_pressures] = NW_GENERAL,
	[FS_W_price] = NW_PRICE,
	[FS_W_productivity] = NW_GENERAL,
	[FS_W_prospects] = NW_GENERAL,
	[FS_W_quality] = NW_GENERAL,
	[FS_W_rating] = NW_GENERAL,
	[FS_W_result] = NW_GENERAL,
	[FS_W_results] = NW_GENERAL,
	[FS_W_return] = NW_GENERAL,
	[FS_W_returns] = NW_GENERAL,
	[FS_W_risk] = NW_GENERAL,
	[FS_W_risks] = NW_GENERAL,
	[FS_W_satisfaction] = NW_GENERAL,
	[FS_W_sentiment] = NW_GENERAL,
	[FS_W_severity] = NW_GENERAL,
	[FS_W_share] = NW_SHARE,
	[FS_W_shares] = NW_STOCK,
	[FS_W_shortage] = NW_GENERAL,
	[FS_W_shortages] = NW_GENERAL,
	[FS_W_size] = NW_GENERAL,
	[FS_W_solvency] = NW_GENERAL,
	[FS_W_starts] = NW_GENERAL,
	[FS_W_stock] = NW_STOCK,
	[FS_W_stress] = NW_GENERAL,
	[FS_W_target] = NW_GENERAL,
	[FS_W_tax] = NW_TAX,
	[FS_W_temperature] = NW_GENERAL,
	[FS_W_tension] = NW_GENERAL,
	[FS_W_tensions] = NW_GENERAL,
	[FS_W_term] = NW_GENERAL,
	[FS_W_uncertainty] = NW_GENERAL,
	[FS_W_volatility] = NW_GENERAL,
	[FS_W_weight] = NW_GENERAL,
	[FS_W_weighting] = NW_GENERAL,
	[FS_W_worries] = NW_GENERAL,
	[FS_W_worry] = NW_GENERAL,
};

/* Counted nouns that are metrics. */
static const struct
{
	FsWord	noun;
	FsValue name;
} counted[] = {
	{ FS_WORD("branches"), FS_V_stores },	 { FS_WORD("cars"), FS_V_units_sold },
	{ FS_WORD("customers"), FS_V_users },	 { FS_WORD("employees"), FS_V_headcount },
	{ FS_WORD("jobs"), FS_V_job_cuts },		 { FS_WORD("layoffs"), FS_V_job_cuts },
	{ FS_WORD("members"), FS_V_users },		 { FS_WORD("passengers"), FS_V_traffic },
	{ FS_WORD("restaurants"), FS_V_stores }, { FS_WORD("shops"), FS_V_stores },
	{ FS_WORD("stores"), FS_V_stores },		 { FS_WORD("subscribers"), FS_V_subscribers },
	{ FS_WORD("users"), FS_V_users },		 { FS_WORD("workers"), FS_V_headcount },
};

#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

/* The lexicon entry of a name that is no company's ("Dow Jones"), by its tokens. */
static FsTerm
entry_of_name(const FsParse *parse, const FsUnit *u)
{
	const FsToken *tokens = &parse->sentence->tokens[u->token];
	FsTerm		   phrase = tokens[0].term;
	uint16_t	   state = phrase;

	/* all of it, or nothing: "NASDAQ: AMZN" is no index */
	for (int i = 1; i < u->count; i++)
	{
		phrase = FS_TERM_NONE;
		if (state <= FS_TERM_NUMBER)
			break;
		state = fs_lexicon_step(state, tokens[i].term, &phrase);
	}
	return phrase;
}

/* Whether the token makes "cash" a way to pay: "cash offer". */
static bool
payment_word(const FsSentence *s, int token)
{
	if (token >= s->ntokens)
		return false;
	switch (s->tokens[token].term)
	{
		case FS_W_offer:
		case FS_W_tender:
		case FS_W_deal:
		case FS_W_bid:
		case FS_W_transaction:
		case FS_W_purchase:
		case FS_W_consideration:
			return true;
		default:
			return false;
	}
}

/* Whether a capital word that no rule knows follows a capital unit. */
static bool
name_goes_on(const FsParse *parse, int unit)
{
	const FsToken *tokens = parse->sentence->tokens;
	const FsUnit  *next = unit + 1 < parse->nunits ? &parse->units[unit + 1] : NULL;

	return next && (next->type == FS_U_WORD || next->type == FS_U_NAME) &&
		   tokens[parse->units[unit].token].flags & FS_T_CAPITAL && tokens[next->token].flags & FS_T_CAPITAL &&
		   !(next->classes & (FS_C_DIRECTION | FS_C_METRIC | FS_C(VERB) | FS_C(FUNCTION) | FS_C(FLAT)));
}

/* Whether what stands around a word of the metric classes makes it no metric. */
static bool
is_no_metric(const FsParse *parse, int unit, FsTerm term)
{
	switch (term < FS_WORD_IDS ? noun_words[term] : NW_PLAIN)
	{
		case NW_SHARE: /* "$2 per share", "$2 a share" */
			return unit > 0 && (fs_unit_is(parse, unit - 1, FS_W_per) || fs_unit_is(parse, unit - 1, FS_W_a) ||
								fs_unit_is(parse, unit - 1, FS_W_each) || fs_unit_is(parse, unit - 2, FS_W_per));
		case NW_PRICE: /* "markets price in a cut" */
			return fs_unit_is(parse, unit + 1, FS_W_in) && !fs_unit_is(parse, unit - 1, FS_W_the);
		case NW_LOSS: /* "a stop loss of Rs 538" */
			return fs_unit_is(parse, unit - 1, FS_W_stop);
		case NW_TAX: /* "a pre-tax gain", "after-tax" */
			return fs_unit_is(parse, unit - 1, FS_W_pre) || fs_unit_is(parse, unit - 1, FS_W_after);
		case NW_NET: /* "a net increase in X" is no profit */
			return fs_unit_has(parse, unit + 1, FS_C(NOUN)) && fs_unit_has(parse, unit + 1, FS_C_DIRECTION) &&
				   (fs_unit_is(parse, unit + 2, FS_W_in) || fs_unit_is(parse, unit + 2, FS_W_to) ||
					fs_unit_is(parse, unit + 2, FS_W_of)) &&
				   !fs_is_quantity(parse, unit + 3);
		case NW_CASH: /* "paid in cash", "in stock" say how, not how much; a cash offer is no cash */
			if (payment_word(parse->sentence, parse->units[unit].token + 1))
				return true;
			/* FALLTHROUGH */
		case NW_STOCK:
			return unit > 0 && fs_unit_is(parse, unit - 1, FS_W_in) && fs_is_quantity(parse, unit - 2);
		default:
			return false;
	}
}

/* Whether the metric class of an entry without a name is of a noun that says too little to name an amount. */
static bool
too_general(FsTerm term)
{
	const char *text;

	if (term < FS_WORD_IDS)
		return noun_words[term] == NW_GENERAL;
	text = fs_entry_text(term);
	return strcmp(text, "business confidence") == 0 || strcmp(text, "competitive position") == 0;
}

/* The name of a currency as a metric: its rate, or a price. */
static FsValue
price_of_currency(const char *code)
{
	return strncmp(code, "BTC", 3) == 0 || strncmp(code, "ETH", 3) == 0 ? FS_V_commodity_price : FS_V_fx_rate;
}

/* See metric_impl.h. */
bool
fs_name_metric(const FsParse *parse, int unit, FsNoun *noun)
{
	const FsUnit  *u = &parse->units[unit];
	FsTerm		   term = u->type == FS_U_NAME ? entry_of_name(parse, u) : u->term;
	const FsEntry *entry;
	FsValue		   value;
	bool		   loss; /* the value has a minus */

	if (term <= FS_TERM_NUMBER)
		return false;
	entry = fs_entry(term);
	/* "sales decline", "swung to a profit": a phrase with its metric at either end */
	if (!(entry->classes & FS_C_METRIC) && u->count > 1 && u->type == FS_U_WORD && entry->classes & FS_C_NAMES_METRIC)
	{
		term = fs_unit_last(parse, unit);
		if (!(fs_entry(term)->classes & FS_C_METRIC))
			term = fs_unit_first(parse, unit);
		entry = fs_entry(term);
	}
	if (!(entry->classes & FS_C_METRIC))
		return false;
	value = entry->value;
	loss = false;
	if (entry->classes & FS_C(CURRENCY))
		value = price_of_currency(fs_entry_value(term));
	else if (entry->classes & (FS_C(UNIT) | FS_C(NUMBER) | FS_C(SCALE) | FS_C(COMPARATOR)))
		return false;
	else if (value == 0 && too_general(term))
		return false;
	else
		loss = fs_value_text(value)[0] == '-';
	value += loss; /* the name itself */
	if (is_no_metric(parse, unit, term))
		return false;
	/* "Coffee Day": the first word of a name; "(NASDAQ: AMZN)" is no index */
	if ((value == FS_V_commodity_price && name_goes_on(parse, unit)) ||
		(value == FS_V_index_level && fs_unit_ch(parse, unit + 1, ':')))
		return false;
	/* "lifted its target" is a phrase of its own */
	if (term == FS_W_price && fs_unit_ends(parse, unit - 1, FS_W_target))
		value = FS_V_price_target;
	noun->unit = unit;
	noun->name = value;
	noun->flip = loss || (entry->classes & FS_C(TO_LOSS) && (value == FS_V_pretax_profit || value == FS_V_eps));
	noun->bad = (entry->classes & FS_C(BAD)) != 0;
	noun->cue = false;
	noun->span = fs_units_span(parse, unit, unit);
	return true;
}

/* The cue of a word that the lexicon does not know, or knows only without its s. */
static Cue
unknown_cue(FsText text, const FsToken *t)
{
	char   folded[FS_WORD_BYTES];
	size_t n;
	FsTerm stem;

	if (t->foldlen < 3 || t->foldlen > 13 ||
		(!(t->flags & FS_T_WIDE) && t->len == t->foldlen && (text.data[fs_token_end(t) - 1] | 0x20) != 's' &&
		 !(UINT32_C(1) << t->foldlen & unknown_lengths)))
		return CUE_NONE;
	n = fs_token_fold(text, t, folded);
	for (size_t i = 0; i < COUNT_OF(unknown_cues); i++)
		if ((n == unknown_cues[i].word.len || (n == unknown_cues[i].word.len + 1 && folded[n - 1] == 's')) &&
			memcmp(folded, unknown_cues[i].word.text, unknown_cues[i].word.len) == 0)
			return (Cue) unknown_cues[i].cue;
	if (n < 2 || folded[n - 1] != 's')
		return CUE_NONE;
	stem = fs_lexicon_word(folded, n - 1, fs_hash(folded, n - 1));
	return (Cue) cue_words[stem];
}

/* The cue that a unit is, as written, by its base form or without an s; CUE_NONE if it is none. */
static inline Cue
cue_of(const FsParse *parse, const FsUnit *u)
{
	const FsToken *t = &parse->sentence->tokens[u->token];

	if (u->count == 1 && u->term > FS_TERM_NUMBER)
		return (Cue) (cue_words[u->term] != CUE_NONE || u->lemma >= FS_WORD_IDS ? cue_words[u->term]
																				: cue_words[u->lemma]);
	if (u->count == 1)
		return unknown_cue(parse->sentence->text, t);
	if (u->term > FS_TERM_NUMBER && strcmp(fs_entry_text(u->lemma), "pick up") == 0)
		return CUE_STAKE;
	/* "a fine of" */
	if (u->count == 2 && t[1].term == FS_W_of)
		return (Cue) cue_words[t->term];
	return CUE_NONE;
}

/* See metric_impl.h. */
int
fs_cue_before(const FsParse *parse, int stop, int unit)
{
	for (int i = unit - 1; i >= stop; i--)
		if (parse->units[i].type == FS_U_WORD && cue_of(parse, &parse->units[i]) != CUE_NONE)
			return i;
	return -1;
}

/* See metric_impl.h. */
FsNoun
fs_metric_cue(const FsParse *parse, int unit, const FsQuantity *q)
{
	FsNoun		  noun = { .unit = -1 };
	const FsUnit *u = &parse->units[unit];
	uint8_t		  kind = q->kind == FS_UNIT_MONEY ? CUE_MONEY : q->kind == FS_UNIT_PERCENT ? CUE_PERCENT : CUE_COUNT;
	Cue			  cue = u->type == FS_U_WORD ? cue_of(parse, u) : CUE_NONE;

	if (cue == CUE_NONE)
		return noun;
	noun.name = cues[cue].name;
	/* "settlement exposure": the first part of another noun */
	if (!(u->classes & FS_C(VERB)) && unit + 1 < parse->nunits && parse->units[unit + 1].type == FS_U_WORD &&
		parse->units[unit + 1].classes == 0 && !fs_unit_is(parse, unit + 1, FS_W_worth))
		return noun;
	/* deals and orders are not small change */
	if (kind == CUE_MONEY && !q->scaled && (cue == CUE_DEAL_VALUE || cue == CUE_FUNDING || cue == CUE_ORDER_VALUE) &&
		fs_decimal_compare(q->value, (FsDecimal){ .digits = 100000 }) < 0)
		return noun;
	/* "buys 70% of X for $5 million": a stake and its price */
	if (kind == CUE_PERCENT && cue == CUE_DEAL_VALUE)
		noun.name = FS_V_stake;
	else if (kind == CUE_MONEY && cue == CUE_STAKE)
		noun.name = FS_V_deal_value;
	else if (!(cues[cue].kinds & kind))
		return noun;
	noun.unit = unit;
	noun.span = fs_units_span(parse, unit, unit);
	noun.cue = true;
	return noun;
}

/* Whether the folded span ends in the word. */
static inline bool
span_ends(FsText text, FsSpan span, FsWord word)
{
	const char *end = text.data + span.start + span.len - word.len;

	if (span.len < word.len || (end[word.len - 1] | 0x20) != word.text[word.len - 1])
		return false;
	for (uint32_t i = 0; i < word.len; i++)
		if ((end[i] | 0x20) != word.text[i])
			return false;
	return true;
}

/* See metric_impl.h. */
const uint8_t fs_metric_bits[FS_VALUE_END] = {
	[FS_V_gross_margin] = FS_M_PERCENT,	  [FS_V_operating_margin] = FS_M_PERCENT,
	[FS_V_net_margin] = FS_M_PERCENT,	  [FS_V_ebitda_margin] = FS_M_PERCENT,
	[FS_V_pretax_margin] = FS_M_PERCENT,  [FS_V_market_share] = FS_M_PERCENT,
	[FS_V_stake] = FS_M_PERCENT,		  [FS_V_interest_rate] = FS_M_PERCENT,
	[FS_V_yield] = FS_M_PERCENT,		  [FS_V_inflation] = FS_M_PERCENT,
	[FS_V_gdp_growth] = FS_M_PERCENT,	  [FS_V_unemployment_rate] = FS_M_PERCENT,
	[FS_V_revenue_mix] = FS_M_PERCENT,	  [FS_V_share_price] = FS_M_MARKET,
	[FS_V_commodity_price] = FS_M_MARKET, [FS_V_index_level] = FS_M_MARKET,
	[FS_V_fx_rate] = FS_M_MARKET,
};

/* See metric_impl.h. */
bool
fs_written_in_percent(FsText text, const FsNoun *noun)
{
	static const FsWord ends[] = {
		FS_WORD("rate"),   FS_WORD("rates"),	 FS_WORD("ratio"),		 FS_WORD("margin"),		 FS_WORD("margins"),
		FS_WORD("factor"), FS_WORD("occupancy"), FS_WORD("utilisation"), FS_WORD("utilization"), FS_WORD("roe"),
		FS_WORD("roce"),   FS_WORD("nim"),		 FS_WORD("on equity"),	 FS_WORD("on assets"),	 FS_WORD("npa"),
		FS_WORD("npas"),   FS_WORD("gearing"),	 FS_WORD("churn"),
	};

	if (noun->name == FS_V_tax)
		return span_ends(text, noun->span, ends[0]);
	for (size_t i = 0; i < COUNT_OF(ends); i++)
		if (span_ends(text, noun->span, ends[i]))
			return true;
	return false;
}

/* See metric_impl.h. */
FsValue
fs_metric_of_count(FsText text, FsSpan span)
{
	for (size_t i = 0; i < COUNT_OF(counted); i++)
		if (span.len == counted[i].noun.len && span_ends(text, span, counted[i].noun))
			return counted[i].name;
	return 0;
}
