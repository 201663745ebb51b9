/*
 * horizon.c - time horizons are read as months, and only those that lie ahead.
 */
#include "horizon.h"
#include "unit.h"

/* The horizons of a text as "3-6 12-24". */
static const char *
horizons(const char *s)
{
	static char out[256];
	FsHorizon	found[FS_HORIZONS_MAX];
	FsSentence	sentence;
	FsText		text = unit_text(s);
	FsScan	   *scan = fs_scan_start(unit_arena(), text, 0, text.len);
	size_t		len = 0;

	out[0] = '\0';
	while (fs_scan_next(scan, &sentence))
	{
		int n = fs_horizons_find(&sentence, found);

		for (int i = 0; i < n && len < sizeof(out) - 32; i++)
			len +=
				(size_t) sprintf(out + len, "%s%d-%d", len > 0 ? " " : "", (int) found[i].low, (int) found[i].high);
	}
	return out;
}

static void
ranges_are_both_ends(void)
{
	CHECK_STR(horizons("Margins should widen over the next 3-6 months."), "3-6");
	CHECK_STR(horizons("Over 12-24 months the mix improves."), "12-24");
	CHECK_STR(horizons("The plant opens within 12 to 18 months."), "12-18");
	CHECK_STR(horizons("Shipments resume in six to eight months."), "6-8");
	CHECK_STR(horizons("Supply stays tight for four to six months."), "4-6");
	CHECK_STR(horizons("We see payback in two to three years."), "24-36");
	CHECK_STR(horizons("A six-to-nine-month delay, then recovery over the next 2 - 3 quarters."), "6-9 6-9");
	CHECK_STR(horizons("A six-to-nine-month delay is likely."), "6-9");
	CHECK_STR(horizons("It will take two to three quarters to clear the stock."), "6-9");
	CHECK_STR(horizons("Completion takes twenty-four to thirty months."), "24-30");
}

static void
a_limit_starts_today(void)
{
	CHECK_STR(horizons("Costs will fall in the next three months."), "0-3");
	CHECK_STR(horizons("It plans ten openings over the next two years."), "0-24");
	CHECK_STR(horizons("It will be phased in over 18 months."), "0-18");
	CHECK_STR(horizons("They expect a sale within a year."), "0-12");
	CHECK_STR(horizons("Over the next year the board will shrink."), "0-12");
	CHECK_STR(horizons("Over the next half year it may shrink."), "0-6");
	CHECK_STR(horizons("The move will take up to 18 months."), "0-18");
	CHECK_STR(horizons("The next couple of years will decide."), "0-24");
}

static void
a_point_is_one_month(void)
{
	CHECK_STR(horizons("It has a 12-month price target of $40."), "12-12");
	CHECK_STR(horizons("Founders cannot sell for six months."), "6-6");
	CHECK_STR(horizons("Six months from now the loan will be due."), "6-6");
	CHECK_STR(horizons("It should break even in 1.5 years."), "18-18");
}

static void
the_past_is_no_horizon(void)
{
	CHECK_STR(horizons("Sales fell over the past 12 months."), "");
	CHECK_STR(horizons("Shares hit a 12-month low."), "");
	CHECK_STR(horizons("The yield on the 10-year note rose."), "");
	CHECK_STR(horizons("It will report for the six months ended June."), "");
	CHECK_STR(horizons("Sales rose in the six to nine months to June."), "");
	CHECK_STR(horizons("The stock rose for the first time in ten months."), "");
	CHECK_STR(horizons("It will be the best growth in five quarters."), "");
	CHECK_STR(horizons("He left two years ago, and 3-4 years earlier he joined."), "");
	CHECK_STR(horizons("Profit in the last 3-6 months was flat."), "");
	CHECK_STR(horizons("The target will be met by year-end."), "");
}

static void
signs_of_other_scripts_count(void)
{
	CHECK_STR(horizons("Over the next \xEF\xBC\x93\xE2\x80\x93\xEF\xBC\x96 months we expect more."), "3-6");
	CHECK_STR(horizons("The gap closes over the next 6&ndash;9 months."), "6-9");
	CHECK_STR(horizons("Over 12\xE2\x80\x94"
					   "24 months it pays."),
			  "12-24");
}

static void
several_in_one_sentence(void)
{
	CHECK_STR(horizons("Over the next 3-6 months watch prices; over 12-24 months, volumes."), "3-6 12-24");
	CHECK_STR(horizons("Due in six to eight months, and integration should take 12 to 24 months after that."),
			  "6-8 12-24");
}

/* A sentence of nothing but units is read in time that its length decides. */
static void
many_units_stay_cheap(void)
{
	char *s = unit_alloc(NULL, 400001);

	for (int i = 0; i < 20000; i++)
		memcpy(s + i * 20, "in six months, or a ", 20);
	s[400000] = '\0';
	CHECK_STR(horizons(s), "");
}

int
main(void)
{
	RUN(ranges_are_both_ends);
	RUN(a_limit_starts_today);
	RUN(a_point_is_one_month);
	RUN(the_past_is_no_horizon);
	RUN(signs_of_other_scripts_count);
	RUN(several_in_one_sentence);
	RUN(many_units_stay_cheap);
	return unit_done();
}
