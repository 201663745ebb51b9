/*
 * metric.c - metrics: noun, value, change, prior, direction, basis.
 *
 * A row is shown as "name value[..high] unit, direction change unit, from
 * prior, basis"; what it lacks is left out.
 */
#include "../../src/core/metric_impl.h"
#include "document.h"
#include "unit.h"

static size_t
put(char *out, size_t n, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	n += (size_t) vsnprintf(out + n, 4096 - n, format, args);
	va_end(args);
	return n;
}

/* The rows of a text, joined by "; ". */
static const char *
show(const char *string)
{
	static char		  out[4096];
	FsText			  text = unit_text(string);
	FsError			  error;
	const FsDocument *d = fs_document_read(unit_arena(), text, (FsText){ NULL, 0 }, FS_WANT_METRICS, &error);
	size_t			  n = 0;

	out[0] = '\0';
	for (uint32_t i = 0; i < d->nmetrics; i++)
	{
		const FsMetric *m = &d->metrics[i];
		const char	   *unit = fs_unit_name(m->unit, m->currency);
		char			value[64];

		n = m->name
				? put(out, n, "%s%s", i > 0 ? "; " : "", m->name)
				: put(out, n, "%s(%.*s)", i > 0 ? "; " : "", (int) m->name_span.len, text.data + m->name_span.start);
		if (m->has_value)
		{
			fs_decimal_print(m->value, value);
			n = put(out, n, " %s%s%s", m->comparator == FS_CMP_EQ ? "" : fs_comparator_name(m->comparator),
					m->comparator == FS_CMP_EQ ? "" : " ", value);
			fs_decimal_print(m->high, value);
			if (m->has_high)
				n = put(out, n, "..%s", value);
			n = unit
					? put(out, n, " %s", unit)
					: put(out, n, "%s%.*s", m->noun.len > 0 ? " " : "", (int) m->noun.len, text.data + m->noun.start);
		}
		if (m->direction)
			n = put(out, n, ", %s", fs_direction_name(m->direction));
		if (m->has_change)
		{
			fs_decimal_print(m->change, value);
			n = put(out, n, ", by %s %s", value, fs_unit_name(m->change_unit, m->change_currency));
		}
		if (m->has_prior)
		{
			fs_decimal_print(m->prior, value);
			n = put(out, n, ", from %s", value);
		}
		if (m->basis != FS_BASIS_ACTUAL)
			n = put(out, n, ", %s", fs_basis_name(m->basis));
	}
	return out;
}

#define IS(text, want) CHECK_STR(show(text), want)

static void
level_and_change_are_one_row(void)
{
	IS("Revenue rose 11.1 percent to $481.1 million.", "revenue 481100000 USD, up, by 11.1 percent");
	IS("Net sales fell 9.4 % to EUR 12.2 mn from EUR 13.5 mn.",
	   "revenue 12200000 EUR, down, by 9.4 percent, from 13500000");
	IS("Q1 net up 7% to Rs 26 crore", "net_income 260000000 INR, up, by 7 percent");
	IS("Gross margin widened 120 basis points to 41.5%.", "gross_margin 41.5 percent, up, by 120 bps");
	IS("Net written premiums were $7.2 billion, up 3%.", "premiums 7200000000 USD, up, by 3 percent");
	IS("Comparable sales rose 4%.", "revenue, up, by 4 percent");
}

static void
prior_values_come_from_from_and_compare(void)
{
	IS("Free cash flow dropped to $2.2 billion from nearly $6 billion a year ago.",
	   "free_cash_flow 2200000000 USD, down, from 6000000000");
	IS("Operating profit totalled EUR 13.1 mn, compared to EUR 8.7 mn a year earlier.",
	   "operating_income 13100000 EUR, from 8700000");
	IS("Deposits fell from $9 billion to $7 billion.", "deposits 7000000000 USD, down, from 9000000000");
	IS("Total debt was reduced to $26 billion from a peak of more than $35 billion.",
	   "debt 26000000000 USD, down, from 35000000000");
}

static void
losses_carry_their_sign(void)
{
	IS("The net loss narrowed to $5 million.", "net_loss 5000000 USD, down");
	IS("The operating result was EUR 3.6 million negative.", "operating_income -3600000 EUR");
	IS("The operating result showed a loss of EUR 3.6 million.", "operating_loss 3600000 EUR");
	IS("Pretax loss totaled EUR 17mn compared to a loss of EUR 5mn in the corresponding period.",
	   "pretax_profit -17000000 EUR, from -5000000");
	IS("Earnings per share were at loss of EUR0 .12 .", "eps -0.12 EUR");
	IS("Net loss narrowed to $58 million, or $0.04 per share, from $99 million, or $0.07 per share, a year ago.",
	   "net_loss 58000000 USD, down, from 99000000; eps -0.04 USD, up, from -0.07");
}

static void
nouns_stand_before_or_after(void)
{
	IS("It booked $14.6 billion of orders.", "orders 14600000000 USD");
	IS("an operating profit of EUR8 .1 m on net sales of EUR59m",
	   "operating_income 8100000 EUR; revenue 59000000 EUR");
	IS("It kept its forecast of $1.4 billion in operating profit.",
	   "operating_income 1400000000 USD, flat, forecast");
	IS("active customers climbed 31% to 111 million", "users 111000000, up, by 31 percent");
	IS("The order backlog reached $364 million.", "backlog 364000000 USD");
	IS("shares trade at 25.4 times earnings", "pe_ratio 25.4 x");
	IS("It was fined $12 million.", "fine 12000000 USD");
	IS("Alpha raises $5 mn from Beta", "funding 5000000 USD");
	IS("It sold 40 million new shares at $17 per share.", "(shares) 40000000 shares; share_price 17 USD");
	IS("Zyzzt decided to lay off 370 workers.", "job_cuts 370 workers");
	IS("Buy Zyzzt with a target of Rs 450: broker", "price_target 450 INR, forecast");
	IS("Its stake is 12 % of the share capital.", "stake 12 percent");
	IS("Alpha buys 70% of Beta for $9 million", "stake 70 percent; deal_value 9000000 USD");
}

static void
estimates_are_rows_of_their_own(void)
{
	IS("q2 sales $464.4 million versus analyst estimate of $444.5 million.",
	   "revenue 464400000 USD; revenue 444500000 USD, consensus");
}

static void
basis_says_forecast_or_hypothesis(void)
{
	IS("sees fy 2026 revenue $5.5 billion to $5.6 billion.", "revenue 5500000000..5600000000 USD, forecast");
	IS("The run rate would be $50 billion if operated alone.", "run_rate 50000000000 USD, hypothetical");
	IS("The price target is $510.", "price_target 510 USD, forecast");
}

static void
years_in_a_list_give_value_and_prior(void)
{
	IS("Depreciation expense during 2020 , 2019 and 2018 was $ 3 million , $ 2 million and $ 1 million , "
	   "respectively .",
	   "cost 3000000 USD, from 2000000; cost 1000000 USD");
	IS("The liability was $ 9 million in 2019 and $ 10 million in 2020 .", "liabilities 10000000 USD, from 9000000");
}

static void
prices_move_apart_from_fundamentals(void)
{
	IS("The stock lost 5.1% to $10.12.", "share_price 10.12 USD, down, by 5.1 percent");
	IS("The Nikkei 225 was 0.5 pct lower at 38,000.64 points.", "index_level 38000.64 points, down, by 0.5 percent");
	IS("Zyzzt shares fell 3%.", "share_price_change, down, by 3 percent");
	IS("Zyzzt shares crack 3%.", "share_price_change, down, by 3 percent");
	IS("Zyzzt shares zoom 3%.", "share_price_change, up, by 3 percent");
	IS("Crude futures decline 0.58% on supply", "commodity_price, down, by 0.58 percent");
	IS("The S&P 500 fell 1.1% to 5,912.40 points", "index_level 5912.4 points, down, by 1.1 percent");
}

static void
what_is_no_metric_gives_no_row(void)
{
	IS("On 6 August 2010 the Boeing 737 flew for 15 quarters.", "");
	IS("Over the next 3-6 months, three of 20 plants reopen.", "");
	IS("", "");
}

/* The last and first members as a search unit by unit finds them. */
static int
plain_last(const bool *in, int from, int to)
{
	for (int i = to - 1; i >= from && i >= 0; i--)
		if (in[i])
			return i;
	return -1;
}

static int
plain_first(const bool *in, int from, int to)
{
	for (int i = from < 0 ? 0 : from; i < to; i++)
		if (in[i])
			return i;
	return to;
}

static void
sets_find_their_neighbours_across_words(void)
{
	static const int members[] = { 0, 1, 62, 63, 64, 65, 127, 128, 191, 300, 510, 511 };
	FsUnitSet		 set = { { 0 } };
	bool			 in[FS_SENTENCE_TOKENS] = { false };
	int				 wrong = 0;

	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
	{
		set.bits[members[i] / 64] |= UINT64_C(1) << members[i] % 64;
		in[members[i]] = true;
	}
	for (int from = -3; from < FS_SENTENCE_TOKENS; from++)
		for (int to = from < 0 ? 0 : from; to <= FS_SENTENCE_TOKENS; to++)
			wrong += fs_set_last(&set, from, to) != plain_last(in, from, to) ||
					 fs_set_first(&set, from, to) != plain_first(in, from, to);
	CHECK_INT(wrong, 0);
	CHECK(fs_set_has(&set, 512, 511) && !fs_set_has(&set, 511, 511) && !fs_set_has(&set, 512, -1));
}

/* Whether the survey of a sentence says of each unit what the unit itself says. */
static int
survey_faults(const FsSentence *sentence)
{
	FsMetricReader r = { .text = sentence->text };
	FsParse		   parse;
	FsNoun		   noun = { .unit = 0 };
	FsNoun		   found;
	int			   faults = 0;

	fs_parse_init(unit_arena(), &parse);
	fs_parse_sentence(sentence, NULL, &parse);
	r.parse = &parse;
	fs_metric_survey(&r);
	for (int i = 0; i < parse.nunits; i++)
	{
		const FsUnit *u = &parse.units[i];
		bool		  word = u->type == FS_U_WORD;

		faults += fs_set_has(&r.amounts, parse.nunits, i) != fs_is_quantity(&parse, i);
		faults += fs_set_has(&r.stops, parse.nunits, i) != (fs_unit_ch(&parse, i, ';') || fs_unit_ch(&parse, i, '|'));
		faults += fs_set_has(&r.named, parse.nunits, i) !=
				  ((word || u->type == FS_U_NAME) && fs_name_metric(&parse, i, &found));
		faults += !fs_set_has(&r.moving, parse.nunits, i) && fs_unit_direction(&parse, i, &noun) != FS_DIR_NONE;
		faults += !fs_set_has(&r.planned, parse.nunits, i) && (u->classes & FS_C_PLANS) != 0;
		faults += !fs_set_has(&r.dated, parse.nunits, i) && (u->type == FS_U_DATE || u->classes & FS_C_DATED);
	}
	return faults;
}

static void
the_survey_says_what_each_unit_says(void)
{
	static const char *const part =
		"revenue rose 5% to $7 billion; profit | margin fell 3 points in 2025, if sales decline, stocks shed 4% and ";
	char	   text[4096] = "";
	FsScan	  *scan;
	FsSentence sentence;
	int		   sentences = 0;

	/* amounts and stops at every place of a block of 64 units */
	for (int i = 0; i < 16; i++)
		strcat(text, part);
	for (size_t skip = 0; skip < strlen(part); skip += 3)
	{
		scan = fs_scan_start(unit_arena(), unit_text(text + skip), 0, (uint32_t) strlen(text + skip));
		while (fs_scan_next(scan, &sentence))
		{
			CHECK_INT(survey_faults(&sentence), 0);
			sentences++;
		}
	}
	CHECK(sentences > 30);
}

static void
verbs_and_deal_words_name_amounts(void)
{
	/* the lexicon knows the word, its lemma, only its singular, or none of them */
	IS("It bought the firm for $5 million.", "deal_value 5000000 USD");
	IS("It plans to borrow $5 million.", "debt 5000000 USD, forecast");
	IS("It made takeovers for $5 million.", "deal_value 5000000 USD");
	IS("It buys them for $5 million.", "deal_value 5000000 USD");
	IS("It settles for $5 million.", "fine 5000000 USD");
}

int
main(void)
{
	RUN(level_and_change_are_one_row);
	RUN(prior_values_come_from_from_and_compare);
	RUN(losses_carry_their_sign);
	RUN(nouns_stand_before_or_after);
	RUN(estimates_are_rows_of_their_own);
	RUN(basis_says_forecast_or_hypothesis);
	RUN(years_in_a_list_give_value_and_prior);
	RUN(prices_move_apart_from_fundamentals);
	RUN(what_is_no_metric_gives_no_row);
	RUN(verbs_and_deal_words_name_amounts);
	RUN(sets_find_their_neighbours_across_words);
	RUN(the_survey_says_what_each_unit_says);
	return unit_done();
}
