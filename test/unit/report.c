/*
 * report.c - the page about many tickers: its figures, dates and scales.
 */
#include "unit.h"
#include "report.h"

#define DAY INT64_C(86400)

/* The page of one ticker's rows, terminated. */
static const char *
page(const FsReportRow *rows, uint32_t n)
{
	FsReportSeries series = { { "AAA", 3 }, 0, n };
	FsReport	   report = { .zone = "UTC", .rows = rows, .series = &series, .nseries = n > 0 };
	FsString	   out = fs_report_html(unit_arena(), &report);

	fs_append(unit_arena(), &out, "", 1);
	return out.data;
}

/* News of a score, in 1/1000000, at a time. */
static FsReportRow
news(int64_t at, int32_t score)
{
	return (FsReportRow){ .at = at, .score = score, .has_score = true };
}

/* Days since 2000-01-01 and what they are called. */
static const struct
{
	int64_t		day;
	const char *name;
} days[] = {
	{ 0, "1&nbsp;Jan&nbsp;2000" },		{ 59, "29&nbsp;Feb&nbsp;2000" },   { 60, "1&nbsp;Mar&nbsp;2000" },
	{ -1, "31&nbsp;Dec&nbsp;1999" },	{ 9558, "3&nbsp;Mar&nbsp;2026" },  { 36525, "1&nbsp;Jan&nbsp;2100" },
	{ 36583, "28&nbsp;Feb&nbsp;2100" }, { 36584, "1&nbsp;Mar&nbsp;2100" }, { -146097, "1&nbsp;Jan&nbsp;1600" },
};

static void
days_have_their_dates(void)
{
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++)
	{
		FsReportRow first = news(days[i].day * DAY, 0);
		FsReportRow last = news(days[i].day * DAY + DAY - 1, 0);

		CHECK(strstr(page(&first, 1), days[i].name) != NULL);
		CHECK(strstr(page(&last, 1), days[i].name) != NULL);
	}
}

/* 0.1, 0.2, 0.6: mean 0.3, variance 0.07, standard error sqrt(0.07 / 3) = 0.15275. */
static void
means_have_their_error(void)
{
	FsReportRow rows[] = { news(0, 100000), news(DAY, 200000), news(2 * DAY, 600000) };
	FsReportRow same[] = { news(0, -1000000), news(0, -1000000) };

	CHECK(strstr(page(rows, 3), "value=\"0.3000\">+0.30</data>") != NULL);
	CHECK(strstr(page(rows, 3), "class=\"se\" value=\"0.1528\">0.15</data>") != NULL);
	CHECK(strstr(page(same, 2), "value=\"-1.0000\">&minus;1.00</data>") != NULL);
	CHECK(strstr(page(same, 2), "class=\"se\" value=\"0.0000\"") != NULL);
	CHECK(strstr(page(rows, 1), "class=\"se\"") == NULL);
}

static void
many_rows_do_not_overflow(void)
{
	uint32_t	 n = FS_REPORT_ROWS;
	FsReportRow *rows = unit_alloc(NULL, n * sizeof(FsReportRow));

	for (uint32_t i = 0; i < n; i++)
	{
		rows[i] = news(i * DAY, i % 2 ? 1000000 : -1000000);
		rows[i].has_price = true;
		rows[i].price = i % 2 ? FS_REPORT_PRICE_MAX : -FS_REPORT_PRICE_MAX;
	}
	CHECK(strstr(page(rows, n), "value=\"0.0000\">0.00</data>") != NULL);
	CHECK(strstr(page(rows, n), "class=\"se\" value=\"0.0010\"") != NULL);
	CHECK(strstr(page(rows, n), "10,000,000,000,000") != NULL);
}

static void
an_empty_report_says_so(void)
{
	CHECK(strstr(page(NULL, 0), "The query gave no news and no prices.") != NULL);
}

int
main(void)
{
	RUN(days_have_their_dates);
	RUN(means_have_their_error);
	RUN(many_rows_do_not_overflow);
	RUN(an_empty_report_says_so);
	return unit_done();
}
