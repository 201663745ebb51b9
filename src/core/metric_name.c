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
#include <stdlib.h>

#include "metric_impl.h"

/* Which kinds of amount a cue takes. */
enum CueKinds
{
	CUE_MONEY = 1,
	CUE_PERCENT = 2,
	CUE_COUNT = 4,
};

/* Sorted by word; looked up by the text of the unit's base form. */
static const struct
{
	const char *word;
	const char *name;
	uint8_t		kinds;
} cues[] = {
	{ "acquire", "deal_value", CUE_MONEY },
	{ "acquisition", "deal_value", CUE_MONEY },
	{ "bid", "deal_value", CUE_MONEY },
	{ "borrow", "debt", CUE_MONEY },
	{ "bought", "deal_value", CUE_MONEY },
	{ "buy", "deal_value", CUE_MONEY },
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
	const char *noun;
	const char *name;
} counted[] = {
	{ "branches", "stores" },	  { "cars", "units_sold" },	   { "customers", "users" },
	{ "employees", "headcount" }, { "jobs", "job_cuts" },	   { "layoffs", "job_cuts" },
	{ "members", "users" },		  { "passengers", "traffic" }, { "restaurants", "stores" },
	{ "shops", "stores" },		  { "stores", "stores" },	   { "subscribers", "subscribers" },
	{ "users", "users" },		  { "workers", "headcount" },
};

/* Canonical names whose level is a percentage. */
static const char *const percent_levels[] = {
	"gross_margin", "operating_margin", "net_margin", "ebitda_margin", "pretax_margin", "market_share",
	"stake",		"interest_rate",	"yield",	  "inflation",	   "gdp_growth",	"unemployment_rate",
	"revenue_mix",
};

#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

static int
compare_word(const void *key, const void *element)
{
	return strcmp((const char *) key, *(const char *const *) element);
}

/* See metric_impl.h. */
bool
fs_noun_is(const FsNoun *noun, const char *name)
{
	return noun->unit >= 0 && noun->name && strcmp(noun->name, name) == 0;
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
	if (value[0] == '\0' && bsearch(text, general, COUNT_OF(general), sizeof(general[0]), compare_word))
		return noun;
	/* "$2 per share", "$2 a share" */
	if (unit > 0 && strcmp(text, "share") == 0 &&
		(fs_unit_is(parse, unit - 1, FS_W_per) || fs_unit_is(parse, unit - 1, FS_W_a) ||
		 fs_unit_is(parse, unit - 1, FS_W_each) || fs_unit_is(parse, unit - 2, FS_W_per)))
		return noun;
	/* "markets price in a cut" */
	if (strcmp(text, "price") == 0 && fs_unit_is(parse, unit + 1, FS_W_in) && !fs_unit_is(parse, unit - 1, FS_W_the))
		return noun;
	if (strcmp(text, "loss") == 0 && fs_unit_is(parse, unit - 1, FS_W_stop))
		return noun; /* "a stop loss of Rs 538" */
	/* "a pre-tax gain", "after-tax" */
	if (strcmp(text, "tax") == 0 &&
		(fs_unit_is(parse, unit - 1, FS_W_pre) || fs_unit_is(parse, unit - 1, FS_W_after)))
		return noun;
	/* "a net increase in X" is no profit */
	if (strcmp(text, "net") == 0 && fs_unit_has(parse, unit + 1, FS_C(NOUN)) &&
		fs_unit_has(parse, unit + 1, FS_C_DIRECTION) &&
		(fs_unit_is(parse, unit + 2, FS_W_in) || fs_unit_is(parse, unit + 2, FS_W_to) ||
		 fs_unit_is(parse, unit + 2, FS_W_of)) &&
		!fs_is_quantity(parse, unit + 3))
		return noun;
	/* "Coffee Day": the first word of a name */
	if (strcmp(value, "commodity_price") == 0 && name_goes_on(parse, unit))
		return noun;
	/* "paid in cash", "in stock" say how, not how much */
	if (unit > 0 && (strcmp(text, "cash") == 0 || strcmp(text, "stock") == 0 || strcmp(text, "shares") == 0) &&
		fs_unit_is(parse, unit - 1, FS_W_in) && fs_is_quantity(parse, unit - 2))
		return noun;
	/* "(NASDAQ: AMZN)" is no index, a cash offer no cash */
	if (strcmp(value, "index_level") == 0 && fs_unit_ch(parse, unit + 1, ':'))
		return noun;
	if (strcmp(text, "cash") == 0 && payment_word(parse, parse->units[unit].token + 1))
		return noun;
	noun.unit = unit;
	noun.flip = value[0] == '-' || (entry->classes & FS_C(TO_LOSS) &&
									(strcmp(value, "pretax_profit") == 0 || strcmp(value, "eps") == 0));
	noun.name = value[0] == '\0' ? NULL : value + (value[0] == '-');
	noun.bad = (entry->classes & FS_C(BAD)) != 0;
	noun.span = fs_units_span(parse, unit, unit);
	return noun;
}

/* See metric_impl.h. */
FsNoun
fs_metric_cue(const FsParse *parse, int unit, const FsQuantity *q)
{
	FsNoun		  noun = { .unit = -1 };
	const FsUnit *u = &parse->units[unit];
	uint8_t		  kind = q->kind == FS_UNIT_MONEY ? CUE_MONEY : q->kind == FS_UNIT_PERCENT ? CUE_PERCENT : CUE_COUNT;

	char folded[FS_WORD_BYTES + 1];

	if (u->type != FS_U_WORD)
		return noun;
	for (int pass = 0; pass < 3; pass++)
	{
		const char *text = folded;
		size_t		low = 0, high = COUNT_OF(cues);

		/* as written, its base form, without an s */
		if (pass < 2 && u->term > FS_TERM_NUMBER)
			text = fs_entry_text(pass == 0 ? u->term : u->lemma);
		else
		{
			size_t n = fs_token_fold(parse->sentence->text, &parse->sentence->tokens[u->token], folded);

			if (pass == 1 || n == 0 || u->count > 1 || (pass == 2 && folded[n - 1] != 's'))
				continue;
			folded[pass == 2 ? n - 1 : n] = '\0';
		}
		while (low < high)
		{
			size_t middle = (low + high) / 2;
			int	   order = strcmp(text, cues[middle].word);

			if (order == 0)
			{
				noun.name = cues[middle].name;
				/* "settlement exposure": the first part of another noun */
				if (!(u->classes & FS_C(VERB)) && unit + 1 < parse->nunits &&
					parse->units[unit + 1].type == FS_U_WORD && parse->units[unit + 1].classes == 0)
					return noun;
				/* deals and orders are not small change */
				if (kind == CUE_MONEY && !q->scaled &&
					fs_decimal_compare(q->value, (FsDecimal){ .digits = 100000 }) < 0 &&
					(strcmp(noun.name, "deal_value") == 0 || strcmp(noun.name, "funding") == 0 ||
					 strcmp(noun.name, "order_value") == 0))
					return noun;
				/* "buys 70% of X for $5 million": a stake and its price */
				if (kind == CUE_PERCENT && strcmp(noun.name, "deal_value") == 0)
					noun.name = "stake";
				else if (kind == CUE_MONEY && strcmp(noun.name, "stake") == 0)
					noun.name = "deal_value";
				else if (!(cues[middle].kinds & kind))
					return noun;
				noun.unit = unit;
				noun.span = fs_units_span(parse, unit, unit);
				noun.cue = true;
				return noun;
			}
			if (order < 0)
				high = middle;
			else
				low = middle + 1;
		}
	}
	return noun;
}

/* Whether the folded span ends in the word. */
static bool
span_ends(FsText text, FsSpan span, const char *word)
{
	size_t n = strlen(word);

	if (span.len < n)
		return false;
	for (size_t i = 0; i < n; i++)
		if ((text.data[span.start + span.len - n + i] | 0x20) != word[i])
			return false;
	return true;
}

/* See metric_impl.h. */
bool
fs_metric_percent_level(FsText text, const FsNoun *noun)
{
	static const char *const ends[] = {
		"rate", "rates", "ratio", "margin",	   "margins",	"factor", "occupancy", "utilisation", "utilization",
		"roe",	"roce",	 "nim",	  "on equity", "on assets", "npa",	  "npas",	   "gearing",	  "churn",
	};

	if (noun->unit < 0)
		return false;
	if (noun->name)
	{
		for (size_t i = 0; i < COUNT_OF(percent_levels); i++)
			if (strcmp(noun->name, percent_levels[i]) == 0)
				return true;
		return strcmp(noun->name, "tax") == 0 && span_ends(text, noun->span, "rate");
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
		if (span.len == strlen(counted[i].noun) && span_ends(text, span, counted[i].noun))
			return counted[i].name;
	return NULL;
}
