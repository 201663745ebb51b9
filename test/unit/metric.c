/*
 * metric.c - metrics: noun, value, change, prior, direction, basis.
 *
 * A row is shown as "name value[..high] unit, direction change unit, from
 * prior, basis"; what it lacks is left out.
 */
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
	return unit_done();
}
