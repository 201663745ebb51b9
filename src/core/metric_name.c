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
 * Those words are no metric nouns for the sentiment rules, hence a table here.
 */
#include "metric_impl.h"

/* Which kinds of amount a cue takes. */
enum CueKinds
{
	CUE_MONEY = 1,
	CUE_PERCENT = 2,
	CUE_COUNT = 4,
};

typedef struct Cue
{
	const char *word;
	const char *name;
	uint8_t		kinds;
} Cue;

/* Sorted by word; looked up by the text of the unit's base form. */
static const Cue cues[] = {
	{ "acquire", "deal_value", CUE_MONEY },
	{ "acquiring", "deal_value", CUE_MONEY },
	{ "acquisition", "deal_value", CUE_MONEY },
	{ "bid", "deal_value", CUE_MONEY },
	{ "borrow", "debt", CUE_MONEY },
	{ "bought", "deal_value", CUE_MONEY },
	{ "buy", "deal_value", CUE_MONEY },
	{ "buying", "deal_value", CUE_MONEY },
	{ "buyout", "deal_value", CUE_MONEY },
	{ "capital", "funding", CUE_MONEY },
	{ "contract", "order_value", CUE_MONEY },
	{ "contracts", "order_value", CUE_MONEY },
	{ "control", "stake", CUE_PERCENT },
	{ "deal", "deal_value", CUE_MONEY },
	{ "equity", "equity", CUE_MONEY },
	{ "financing", "funding", CUE_MONEY },
	{ "fine", "fine", CUE_MONEY },
	{ "fined", "fine", CUE_MONEY },
	{ "fpo", "funding", CUE_MONEY },
	{ "fund raising", "funding", CUE_MONEY },
	{ "funding", "funding", CUE_MONEY },
	{ "fundraising", "funding", CUE_MONEY },
	{ "goodwill", "assets", CUE_MONEY },
	{ "hold", "stake", CUE_PERCENT },
	{ "invest", "investment", CUE_MONEY },
	{ "ipo", "funding", CUE_MONEY },
	{ "judgment", "fine", CUE_MONEY },
	{ "liability", "liabilities", CUE_MONEY },
	{ "mop up", "funding", CUE_MONEY },
	{ "offer", "deal_value", CUE_MONEY },
	{ "offering", "funding", CUE_MONEY },
	{ "order", "order_value", CUE_MONEY },
	{ "own", "stake", CUE_PERCENT },
	{ "penalty", "fine", CUE_MONEY },
	{ "per annum", "interest_rate", CUE_PERCENT },
	{ "pick up", "stake", CUE_PERCENT },
	{ "purchase", "deal_value", CUE_MONEY },
	{ "qip", "funding", CUE_MONEY },
	{ "raise", "funding", CUE_MONEY },
	{ "raised", "funding", CUE_MONEY },
	{ "raises", "funding", CUE_MONEY },
	{ "raising", "funding", CUE_MONEY },
	{ "repurchase", "buyback", CUE_MONEY },
	{ "sell", "deal_value", CUE_MONEY },
	{ "settle", "fine", CUE_MONEY },
	{ "settlement", "fine", CUE_MONEY },
	{ "sold", "deal_value", CUE_MONEY },
	{ "spend", "cost", CUE_MONEY },
	{ "spending", "cost", CUE_MONEY },
	{ "stake", "stake", CUE_PERCENT },
	{ "takeover", "deal_value", CUE_MONEY },
	{ "tender", "deal_value", CUE_MONEY },
	{ "transaction", "deal_value", CUE_MONEY },
	{ "valuation", "valuation", CUE_MONEY },
	{ "value", "valuation", CUE_MONEY },
	{ "valued", "valuation", CUE_MONEY },
};

/* Nouns of the metric classes that say too little to name an amount; sorted. */
static const char *const general[] = {
	"accidents",
	"activity",
	"age",
	"amount",
	"appetite",
	"brand",
	"business",
	"business confidence",
	"cases",
	"circulation",
	"claims",
	"commodities",
	"competition",
	"competitive position",
	"competitiveness",
	"complaints",
	"concern",
	"concerns",
	"confidence",
	"conversion",
	"crime",
	"deaths",
	"delays",
	"demand",
	"disruptions",
	"economy",
	"efficiency",
	"estimates",
	"fear",
	"fears",
	"fines",
	"forecast",
	"forecasts",
	"glut",
	"growth",
	"guidance",
	"hiring",
	"interest",
	"jitters",
	"limit",
	"liquidity",
	"metals",
	"misery",
	"outlook",
	"penalties",
	"performance",
	"permits",
	"poverty",
	"pressures",
	"productivity",
	"prospects",
	"quality",
	"rating",
	"result",
	"results",
	"return",
	"returns",
	"risk",
	"risks",
	"satisfaction",
	"sentiment",
	"severity",
	"shortage",
	"shortages",
	"size",
	"solvency",
	"starts",
	"stress",
	"target",
	"temperature",
	"tension",
	"tensions",
	"term",
	"uncertainty",
	"volatility",
	"weight",
	"weighting",
	"worries",
	"worry",
};

/* Counted nouns that are metrics; sorted. */
static const struct
{
	FsWord		noun;
	const char *name;
} counted[] = {
	{ FS_WORD("branches"), "stores" },	  { FS_WORD("cars"), "units_sold" },
	{ FS_WORD("customers"), "users" },	  { FS_WORD("employees"), "headcount" },
	{ FS_WORD("jobs"), "job_cuts" },	  { FS_WORD("layoffs"), "job_cuts" },
	{ FS_WORD("members"), "users" },	  { FS_WORD("passengers"), "traffic" },
	{ FS_WORD("restaurants"), "stores" }, { FS_WORD("shops"), "stores" },
	{ FS_WORD("stores"), "stores" },	  { FS_WORD("subscribers"), "subscribers" },
	{ FS_WORD("users"), "users" },		  { FS_WORD("workers"), "headcount" },
};

/* Canonical names whose level is a percentage. */
static const char *const percent_levels[] = {
	"gross_margin", "operating_margin", "net_margin", "ebitda_margin", "pretax_margin", "market_share",
	"stake",		"interest_rate",	"yield",	  "inflation",	   "gdp_growth",	"unemployment_rate",
	"revenue_mix",
};

#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

/* The element of a sorted table that begins with this text, NULL if there is none. */
static const void *
find_text(const char *text, const void *table, size_t count, size_t size)
{
	size_t low = 0;

	while (low < count)
	{
		size_t		middle = (low + count) / 2;
		const void *element = (const char *) table + middle * size;
		/* The analyser does not see that the element is one of a constant table: NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage) */
		int order = fs_compare(text, *(const char *const *) element);

		if (order == 0)
			return element;
		if (order < 0)
			count = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* The lexicon entry of a unit; a name that is no company's ("Dow Jones") is looked up by its tokens. */
static FsTerm
entry_of(const FsParse *parse, int unit)
{
	const FsUnit	 *u = &parse->units[unit];
	const FsSentence *s = parse->sentence;
	uint16_t		  state;
	FsTerm			  phrase;

	if (u->type != FS_U_NAME)
		return u->term;
	phrase = s->tokens[u->token].term;
	state = phrase;
	/* all of it, or nothing: "NASDAQ: AMZN" is no index */
	for (int i = 1; i < u->count; i++)
	{
		phrase = FS_TERM_NONE;
		if (state <= FS_TERM_NUMBER)
			break;
		state = fs_lexicon_step(state, s->tokens[u->token + i].term, &phrase);
	}
	return phrase;
}

/* Whether the token makes "cash" a way to pay: "cash offer". */
static bool
payment_word(const FsParse *parse, int token)
{
	static const char *const words[] = {
		"offer", "tender", "deal", "bid", "transaction", "purchase", "consideration"
	};
	const FsSentence *s = parse->sentence;

	for (size_t i = 0; token < s->ntokens && i < COUNT_OF(words); i++)
		if (fs_token_is(s->text, &s->tokens[token], words[i]))
			return true;
	return false;
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

/* See metric_impl.h. */
FsNoun
fs_metric_noun(const FsParse *parse, int unit)
{
	FsNoun		   noun = { .unit = -1 };
	const FsEntry *entry;
	const char	  *value;
	const char	  *text;
	FsTerm		   term;

	if (unit < 0 || unit >= parse->nunits ||
		(parse->units[unit].type != FS_U_WORD && parse->units[unit].type != FS_U_NAME))
		return noun;
	term = entry_of(parse, unit);
	if (term <= FS_TERM_NUMBER)
		return noun;
	entry = fs_entry(term);
	/* "sales decline", "swung to a profit": a phrase with its metric at either end */
	if (!(entry->classes & FS_C_METRIC) && parse->units[unit].count > 1 && parse->units[unit].type == FS_U_WORD &&
		entry->classes & (FS_C_DIRECTION | FS_C_POLARITY | FS_C(TO_PROFIT) | FS_C(TO_LOSS)))
	{
		term = fs_unit_last(parse, unit);
		if (!(fs_entry(term)->classes & FS_C_METRIC))
			term = fs_unit_first(parse, unit);
		entry = fs_entry(term);
	}
	if (!(entry->classes & FS_C_METRIC))
		return noun;
	text = fs_entry_text(term);
	value = fs_entry_value(term);
	if (entry->classes & FS_C(CURRENCY))
		value = strncmp(value, "BTC", 3) == 0 || strncmp(value, "ETH", 3) == 0 ? "commodity_price" : "fx_rate";
	else if (entry->classes & (FS_C(UNIT) | FS_C(NUMBER) | FS_C(SCALE) | FS_C(COMPARATOR)))
		return noun;
	if (value[0] == '\0' && find_text(text, general, COUNT_OF(general), sizeof(general[0])))
		return noun;
	/* "$2 per share", "$2 a share" */
	if (unit > 0 && fs_compare(text, "share") == 0 &&
		(fs_unit_is(parse, unit - 1, FS_W_per) || fs_unit_is(parse, unit - 1, FS_W_a) ||
		 fs_unit_is(parse, unit - 1, FS_W_each) || fs_unit_is(parse, unit - 2, FS_W_per)))
		return noun;
	/* "markets price in a cut" */
	if (fs_compare(text, "price") == 0 && fs_unit_is(parse, unit + 1, FS_W_in) &&
		!fs_unit_is(parse, unit - 1, FS_W_the))
		return noun;
	if (fs_compare(text, "loss") == 0 && fs_unit_is(parse, unit - 1, FS_W_stop))
		return noun; /* "a stop loss of Rs 538" */
	/* "a pre-tax gain", "after-tax" */
	if (fs_compare(text, "tax") == 0 &&
		(fs_unit_is(parse, unit - 1, FS_W_pre) || fs_unit_is(parse, unit - 1, FS_W_after)))
		return noun;
	/* "a net increase in X" is no profit */
	if (fs_compare(text, "net") == 0 && fs_unit_has(parse, unit + 1, FS_C(NOUN)) &&
		fs_unit_has(parse, unit + 1, FS_C_DIRECTION) &&
		(fs_unit_is(parse, unit + 2, FS_W_in) || fs_unit_is(parse, unit + 2, FS_W_to) ||
		 fs_unit_is(parse, unit + 2, FS_W_of)) &&
		!fs_is_quantity(parse, unit + 3))
		return noun;
	/* "Coffee Day": the first word of a name */
	if (fs_compare(value, "commodity_price") == 0 && name_goes_on(parse, unit))
		return noun;
	/* "paid in cash", "in stock" say how, not how much */
	if (unit > 0 && fs_unit_is(parse, unit - 1, FS_W_in) && fs_is_quantity(parse, unit - 2) &&
		(strcmp(text, "cash") == 0 || strcmp(text, "stock") == 0 || strcmp(text, "shares") == 0))
		return noun;
	/* "(NASDAQ: AMZN)" is no index, a cash offer no cash */
	if (fs_compare(value, "index_level") == 0 && fs_unit_ch(parse, unit + 1, ':'))
		return noun;
	if (fs_compare(text, "cash") == 0 && payment_word(parse, parse->units[unit].token + 1))
		return noun;
	/* "lifted its target" is a phrase of its own */
	if (fs_compare(text, "price") == 0 && fs_unit_ends(parse, unit - 1, FS_W_target))
		value = "price_target";
	noun.unit = unit;
	noun.flip = value[0] == '-' || (entry->classes & FS_C(TO_LOSS) &&
									(strcmp(value, "pretax_profit") == 0 || strcmp(value, "eps") == 0));
	noun.name = value[0] == '\0' ? NULL : value + (value[0] == '-');
	noun.bad = (entry->classes & FS_C(BAD)) != 0;
	noun.span = fs_units_span(parse, unit, unit);
	return noun;
}

/* The cue that a unit is, as written, by its base form or without an s; NULL if none. */
static const Cue *
cue_of(const FsParse *parse, int unit)
{
	const FsUnit  *u = &parse->units[unit];
	const FsText   text = parse->sentence->text;
	const FsToken *t = &parse->sentence->tokens[u->token];
	const Cue	  *cue = NULL;
	bool		   known = u->term > FS_TERM_NUMBER;
	char		   folded[FS_WORD_BYTES + 1];
	size_t		   n;

	/* no cue has two letters */
	if (known && fs_entry(u->term)->length < 3 && fs_entry(u->lemma)->length < 3)
		return NULL;
	if (known)
		cue = find_text(fs_entry_text(u->term), cues, COUNT_OF(cues), sizeof(cues[0]));
	if (known && !cue && u->lemma != u->term)
		cue = find_text(fs_entry_text(u->lemma), cues, COUNT_OF(cues), sizeof(cues[0]));
	/* "a fine of" */
	if (!cue && u->count == 2 && fs_unit_ends(parse, unit, FS_W_of))
		return find_text(fs_entry_text(t->term), cues, COUNT_OF(cues), sizeof(cues[0]));
	if (cue || u->count > 1 ||
		(known && !(t->flags & FS_T_WIDE) && t->len == t->foldlen && (text.data[fs_token_end(t) - 1] | 0x20) != 's'))
		return cue;
	n = fs_token_fold(text, t, folded);
	folded[n] = '\0';
	if (n > 0 && !known)
		cue = find_text(folded, cues, COUNT_OF(cues), sizeof(cues[0]));
	if (cue || n == 0 || folded[n - 1] != 's')
		return cue;
	folded[n - 1] = '\0';
	return find_text(folded, cues, COUNT_OF(cues), sizeof(cues[0]));
}

/* See metric_impl.h. */
FsNoun
fs_metric_cue(const FsParse *parse, int unit, const FsQuantity *q)
{
	FsNoun		  noun = { .unit = -1 };
	const FsUnit *u = &parse->units[unit];
	uint8_t		  kind = q->kind == FS_UNIT_MONEY ? CUE_MONEY : q->kind == FS_UNIT_PERCENT ? CUE_PERCENT : CUE_COUNT;
	const Cue	 *cue = u->type == FS_U_WORD ? cue_of(parse, unit) : NULL;

	if (!cue)
		return noun;
	noun.name = cue->name;
	/* "settlement exposure": the first part of another noun */
	if (!(u->classes & FS_C(VERB)) && unit + 1 < parse->nunits && parse->units[unit + 1].type == FS_U_WORD &&
		parse->units[unit + 1].classes == 0 && !fs_unit_is(parse, unit + 1, FS_W_worth))
		return noun;
	/* deals and orders are not small change */
	if (kind == CUE_MONEY && !q->scaled && fs_decimal_compare(q->value, (FsDecimal){ .digits = 100000 }) < 0 &&
		(strcmp(noun.name, "deal_value") == 0 || strcmp(noun.name, "funding") == 0 ||
		 strcmp(noun.name, "order_value") == 0))
		return noun;
	/* "buys 70% of X for $5 million": a stake and its price */
	if (kind == CUE_PERCENT && strcmp(noun.name, "deal_value") == 0)
		noun.name = "stake";
	else if (kind == CUE_MONEY && strcmp(noun.name, "stake") == 0)
		noun.name = "deal_value";
	else if (!(cue->kinds & kind))
		return noun;
	noun.unit = unit;
	noun.span = fs_units_span(parse, unit, unit);
	noun.cue = true;
	return noun;
}

/* Whether the folded span ends in the word. */
static bool
span_ends(FsText text, FsSpan span, FsWord word)
{
	const char *end = text.data + span.start + span.len - word.len;

	if (span.len < word.len)
		return false;
	for (uint32_t i = 0; i < word.len; i++)
		if ((end[i] | 0x20) != word.text[i])
			return false;
	return true;
}

/* See metric_impl.h. */
bool
fs_metric_percent_level(FsText text, const FsNoun *noun)
{
	static const FsWord ends[] = {
		FS_WORD("rate"),   FS_WORD("rates"),	 FS_WORD("ratio"),		 FS_WORD("margin"),		 FS_WORD("margins"),
		FS_WORD("factor"), FS_WORD("occupancy"), FS_WORD("utilisation"), FS_WORD("utilization"), FS_WORD("roe"),
		FS_WORD("roce"),   FS_WORD("nim"),		 FS_WORD("on equity"),	 FS_WORD("on assets"),	 FS_WORD("npa"),
		FS_WORD("npas"),   FS_WORD("gearing"),	 FS_WORD("churn"),
	};

	if (noun->unit < 0)
		return false;
	if (noun->name)
	{
		for (size_t i = 0; i < COUNT_OF(percent_levels); i++)
			if (fs_compare(noun->name, percent_levels[i]) == 0)
				return true;
		return fs_compare(noun->name, "tax") == 0 && span_ends(text, noun->span, (FsWord) FS_WORD("rate"));
	}
	for (size_t i = 0; i < COUNT_OF(ends); i++)
		if (span_ends(text, noun->span, ends[i]))
			return true;
	return false;
}

/* See metric_impl.h. */
const char *
fs_metric_of_count(FsText text, FsSpan span)
{
	for (size_t i = 0; i < COUNT_OF(counted); i++)
		if (span.len == counted[i].noun.len && span_ends(text, span, counted[i].noun))
			return counted[i].name;
	return NULL;
}
