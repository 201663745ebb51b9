/*
 * number.c - quantities: values, units, ranges, comparators and roles.
 *
 * A quantity is shown as "value[..high] unit" with its comparator before it
 * unless that is eq; those that finsent_quantities reports are joined by "; ".
 */
#include "number.h"
#include "unit.h"

/* Show the quantities of a text; all: those with other roles too, role in brackets. */
static const char *
show(const char *string, bool all)
{
	static char				 out[4096];
	static FsQuantity		 q[FS_SENTENCE_TOKENS];
	static const char *const roles[] = { "", "[year]", "[date]", "[ordinal]", "[name]" };
	FsText					 text = unit_text(string);
	FsScan					*scan = fs_scan_start(unit_arena(), text, 0, text.len);
	FsSentence				 sentence;
	size_t					 n = 0;

	out[0] = '\0';
	while (fs_scan_next(scan, &sentence))
	{
		int count = fs_quantities_read(&sentence, q);

		for (int i = 0; i < count; i++)
		{
			char		value[64], high[64];
			const char *name = fs_unit_name(q[i].kind, q[i].currency);

			if (!all && !fs_quantity_reported(&q[i]))
				continue;
			fs_decimal_print(q[i].value, value);
			fs_decimal_print(q[i].high, high);
			n += (size_t) snprintf(out + n, sizeof(out) - n, "%s%s%s%s%s%s%s%s%.*s%s", n > 0 ? "; " : "",
								   q[i].comparator == FS_CMP_EQ ? "" : fs_comparator_name(q[i].comparator),
								   q[i].comparator == FS_CMP_EQ ? "" : " ", value, q[i].range ? ".." : "",
								   q[i].range ? high : "", name || q[i].kind == FS_UNIT_COUNT ? " " : "",
								   name ? name : "", q[i].kind == FS_UNIT_COUNT ? (int) q[i].noun.len : 0,
								   text.data + q[i].noun.start, all ? roles[q[i].role] : "");
		}
	}
	return out;
}

#define IS(text, want) CHECK_STR(show(text, false), want)
#define ALL(text, want) CHECK_STR(show(text, true), want)

static void
currencies_stand_before_or_after_glued_or_spaced(void)
{
	IS("USD34.6 million", "34600000 USD");
	IS("US$4.7 billion", "4700000000 USD");
	IS("$1MM", "1000000 USD");
	IS("EUR0.98", "0.98 EUR");
	IS("EUR 949.2 mn", "949200000 EUR");
	IS("Rs 126 crore", "1260000000 INR");
	IS("Rs16,189-crore", "161890000000 INR");
	IS("Rs 6.4 lakh", "640000 INR");
	IS("Rs. 500", "500 INR");
	IS("\xC2\xA3"
	   "1.2bn",
	   "1200000000 GBP");
	IS("\xC2\xA5"
	   "3 trillion",
	   "3000000000000 JPY");
	IS("A$5, C$6m, HK$7, NT$8", "5 AUD; 6000000 CAD; 7 HKD; 8 TWD");
	IS("CHF 8, SEK 9", "8 CHF; 9 SEK");
	IS("10 kronor", "10 SEK");
	IS("RMB 11", "11 CNY");
	IS("VND4,927 billion", "4927000000000 VND");
	IS("$17 Canadian dollars", "17 CAD");
	IS("20\xE2\x82\xAC and 115.5USD and 3.14US$", "20 EUR; 115.5 USD; 3.14 USD");
	IS("EUR59m and 48.5 MGBP", "59000000 EUR; 48500000 GBP");
	IS("&euro;9.1&nbsp;billion", "9100000000 EUR");
}

static void
minor_units_are_hundredths(void)
{
	IS("14 cents", "0.14 USD");
	IS("470 pence", "4.7 GBP");
	IS("3 dollars 50 cents", "3.5 USD");
	IS("15 dollars 50.", "15.5 USD");
	IS("more than 1 dollar and forty-two cents", "gt 1.42 USD");
	IS("12 paise", "0.12 INR");
}

static void
number_words_and_articles_count(void)
{
	IS("half a million dollars", "500000 USD");
	IS("a quarter million dollars", "250000 USD");
	IS("a grand", "1000 USD");
	IS("two billion", "2000000000");
	IS("two and a half billion euros", "2500000000 EUR");
	IS("one hundred and six dollars", "106 USD");
	IS("twenty-one million yen", "21000000 JPY");
	IS("two $500 checks", "500 USD");
	IS("1.5 dozen", "");
	IS("half a dozen plants", "6 plants");
	IS("in the first half to $2 million", "2000000 USD");
}

static void
separators_are_read_by_their_pattern(void)
{
	IS("$1,234,567.8", "1234567.8 USD");
	IS("CHF 1'234'567", "1234567 CHF");
	IS("1 234 567 euros", "1234567 EUR");
	IS("1\xC2\xA0"
	   "234\xC2\xA0"
	   "567 euros",
	   "1234567 EUR");
	IS("Rs 1,23,456", "123456 INR");
	IS("EUR 1.234.567,5", "1234567.5 EUR");
	IS("8,7 percent", "8.7 percent");
	IS("EUR 1.234 after EUR 8,75", "1234 EUR; 8.75 EUR");
	IS("EUR 1.234 after EUR 8.75", "1.234 EUR; 8.75 EUR");
	IS("\xEF\xBC\x84\xEF\xBC\x95\xEF\xBC\x90 bn", "50000000000 USD");
	IS("7 3/4 percent and 1/2 percent", "7.75 percent; 0.5 percent");
	IS("12345678901234567890 dollars", "");
}

static void
ranges_need_a_unit(void)
{
	IS("$2.56-$2.61", "2.56..2.61 USD");
	IS("between 5 and 7 percent", "5..7 percent");
	IS("in the range of $1.08 to $1.10", "1.08..1.1 USD");
	IS("$1-2 billion", "1000000000..2000000000 USD");
	IS("11-13 % per annum", "11..13 percent");
	IS("over 3-6 months", "gt 3..6 months");
	ALL("below 1-20 .", "lt 1[name]; 20[name]");
	IS("rose $1.20 to $45.10", "1.2 USD; 45.1 USD");
	IS("from $10 to $12", "10 USD; 12 USD");
}

static void
percentages_points_and_multiples_are_units(void)
{
	IS("5% 6 percent 7 per cent 8 pct", "5 percent; 6 percent; 7 percent; 8 percent");
	IS("2.3 percentage points", "2.3 pp");
	IS("50 bps and 25 basis points", "50 bps; 25 bps");
	IS("3x and 25.4 times earnings", "3 x; 25.4 x");
	IS("percents of twenty", "20 percent");
}

static void
signs_and_brackets_are_negative(void)
{
	IS("-5% and \xE2\x88\x92 6 %", "-5 percent; -6 percent");
	IS("$( 131 ) million", "-131000000 USD");
	IS("-$5 and $-1.3 mln", "-5 USD; -1300000 USD");
	IS("profit ($ 0.9 billion )", "900000000 USD");
}

static void
a_bracketed_amount_in_another_currency_is_a_conversion(void)
{
	static FsQuantity q[FS_SENTENCE_TOKENS];
	FsText			  text = unit_text("39.6 mln euro ($57.9 mln)");
	FsSentence		  sentence;

	IS("39.6 mln euro ($57.9 mln)", "39600000 EUR; 57900000 USD");
	CHECK(fs_scan_next(fs_scan_start(unit_arena(), text, 0, text.len), &sentence));
	CHECK_INT(fs_quantities_read(&sentence, q), 2);
	CHECK(!q[0].conversion);
	CHECK(q[1].conversion);
	CHECK_SPAN(text, q[0].span, "39.6 mln euro");
}

static void
tokenised_text_reads_as_clean_text(void)
{
	IS("EUR93 .9 m", "93900000 EUR");
	IS("$ 300 million", "300000000 USD");
	IS("4.76 %", "4.76 percent");
	IS("us $ 150 million and a $ 5 bill", "150000000 USD; 5 USD");
	IS("( x20ac ) 103 million", "103000000 EUR");
	IS("Rs 1 ,234 crore", "12340000000 INR");
}

static void
comparators_come_before(void)
{
	IS("more than $3, at least 4%, up to 5%, nearly $6, below $7",
	   "gt 3 USD; ge 4 percent; le 5 percent; approx 6 USD; lt 7 USD");
	IS("no more than 7 euros", "le 7 EUR");
}

static void
what_is_no_amount_has_a_role(void)
{
	ALL("in 2026", "2026[year]");
	ALL("on March 3, 2026", "3[date]; 2026[year]");
	ALL("on 6 August", "6[date]");
	ALL("at 10:30", "10[date]; 30[date]");
	ALL("the Boeing 737 and the iPhone 15", "737[name]; 15[name]");
	ALL("No. 1 of the S&P 500", "1[ordinal]; 500[name]");
	ALL("the F-150 pickup", "150[name]");
	IS("call +35891234567", "");
	IS("It employs 2000 people", "2000 people");
	IS("a 52-week high in 15 quarters", "52 week; 15 quarters");
	IS("It opened 10 new stores", "10 stores");
	IS("$1.4 million and 1.4 million sf", "1400000 USD; 1400000 sf");
}

static void
decimals_compare_and_print_exactly(void)
{
	char out[64];

	CHECK_INT(fs_decimal_compare((FsDecimal){ 12, 2, false }, (FsDecimal){ 1200, 0, false }), 0);
	CHECK_INT(fs_decimal_compare((FsDecimal){ 12, 2, false }, (FsDecimal){ 1199, 0, false }), 1);
	CHECK_INT(fs_decimal_compare((FsDecimal){ 5, -1, true }, (FsDecimal){ 5, -1, false }), -1);
	CHECK_INT(fs_decimal_compare((FsDecimal){ 5, -1, true }, (FsDecimal){ 4, -1, true }), -1);
	CHECK_INT(fs_decimal_compare((FsDecimal){ 0, 0, false }, (FsDecimal){ 0, 0, true }), 0);
	fs_decimal_print((FsDecimal){ 12, 8, false }, out);
	CHECK_STR(out, "1200000000");
	fs_decimal_print((FsDecimal){ 98, -2, true }, out);
	CHECK_STR(out, "-0.98");
	fs_decimal_print((FsDecimal){ 9999999999999999999u, -19, false }, out);
	CHECK_STR(out, "0.9999999999999999999");
	fs_decimal_print((FsDecimal){ 1, 3000, false }, out);
	CHECK_STR(out, "0");
}

/* Every comparator of the lexicon (but abbreviations: their dot is a token), by itself before an amount. */
static void
all_comparators_are_read(void)
{
	for (FsTerm term = FS_TERM_NUMBER + 1; term < fs_lexicon_size(); term++)
	{
		static FsQuantity q[FS_SENTENCE_TOKENS];
		FsText			  text;
		FsScan			 *scan;
		FsSentence		  sentence;
		char			  string[128];

		if (!(fs_entry(term)->classes & FS_C(COMPARATOR)) || strchr(fs_entry_text(term), '.'))
			continue;
		snprintf(string, sizeof(string), "%s 5 percent", fs_entry_text(term));
		text = unit_text(string);
		scan = fs_scan_start(unit_arena(), text, 0, text.len);
		CHECK_MSG(fs_scan_next(scan, &sentence) && fs_quantities_read(&sentence, q) == 1 && q[0].first == 0 &&
					  strcmp(fs_comparator_name(q[0].comparator), fs_entry_value(term)) == 0,
				  "no comparator: %s", string);
	}
}

int
main(void)
{
	RUN(currencies_stand_before_or_after_glued_or_spaced);
	RUN(minor_units_are_hundredths);
	RUN(number_words_and_articles_count);
	RUN(separators_are_read_by_their_pattern);
	RUN(ranges_need_a_unit);
	RUN(percentages_points_and_multiples_are_units);
	RUN(signs_and_brackets_are_negative);
	RUN(a_bracketed_amount_in_another_currency_is_a_conversion);
	RUN(tokenised_text_reads_as_clean_text);
	RUN(comparators_come_before);
	RUN(all_comparators_are_read);
	RUN(what_is_no_amount_has_a_role);
	RUN(decimals_compare_and_print_exactly);
	return unit_done();
}
