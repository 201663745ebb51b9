/*
 * report_figures.c - level 10: counts, means and steps of a report's rows, in integers.
 *
 * The standard error of the mean is s / sqrt(n) with
 *
 *		s^2 = (sum x^2 - (sum x)^2 / n) / (n - 1)
 *
 * With scores in millionths, n up to FS_REPORT_ROWS and 128-bit products nothing
 * overflows and nothing is lost: se^2 = (n sum x^2 - (sum x)^2) / (n^2 (n - 1)).
 */
#include "report_parts.h"

/* Sums of scores. */
typedef struct Sums
{
	int64_t n;
	int64_t sum;
	int64_t squares;
} Sums;

static void
add_score(Sums *sums, int32_t score)
{
	sums->n++;
	sums->sum += score;
	sums->squares += (int64_t) score * score;
}

/* a / b rounded to the nearest, halves away from zero. */
static int64_t
divide(int64_t a, int64_t b)
{
	return a < 0 ? -((-a + b / 2) / b) : (a + b / 2) / b;
}

/* The square root, rounded down. */
static uint64_t
square_root(uint64_t x)
{
	uint64_t root = 0;

	for (uint64_t bit = UINT64_C(1) << 31; bit > 0; bit >>= 1)
		if ((root + bit) * (root + bit) <= x)
			root += bit;
	return root;
}

/* Mean and standard error of the sums, in 1/10000. */
static void
set_mean(FsReportFigures *figures, const Sums *sums)
{
	unsigned __int128 n = (unsigned __int128) sums->n;

	figures->news = (uint32_t) sums->n;
	figures->error = -1;
	if (sums->n == 0)
		return;
	figures->mean = (int32_t) divide(sums->sum, 100 * sums->n);
	if (sums->n > 1)
	{
		unsigned __int128 spread =
			n * (unsigned __int128) sums->squares - (unsigned __int128) ((__int128) sums->sum * sums->sum);

		/* the root of four times the square in millionths is twice the error */
		figures->error = (int32_t) divide((int64_t) square_root((uint64_t) (4 * spread / (n * n * (n - 1)))), 200);
	}
}

int64_t
fs_report_day(int64_t at)
{
	return at >= 0 ? at / FS_REPORT_DAY : -((-at + FS_REPORT_DAY - 1) / FS_REPORT_DAY);
}

FsReportFigures
fs_report_figures(const FsReport *report, const FsReportSeries *series, int64_t last_day)
{
	FsReportFigures figures = { .series = series };
	Sums			sums = { 0 };

	for (uint32_t i = series->first; i < series->first + series->n; i++)
	{
		const FsReportRow *row = &report->rows[i];

		if (row->has_score)
		{
			add_score(&sums, row->score);
			figures.last_day += fs_report_day(row->at) == last_day;
		}
		if (!row->has_price)
			continue;
		if (!figures.has_price)
			figures.price_first = figures.price_low = figures.price_high = row->price;
		figures.has_price = true;
		figures.price_last = row->price;
		figures.price_low = row->price < figures.price_low ? row->price : figures.price_low;
		figures.price_high = row->price > figures.price_high ? row->price : figures.price_high;
	}
	set_mean(&figures, &sums);
	return figures;
}

FsReportFigures
fs_report_total(const FsReport *report, int64_t last_day)
{
	FsReportFigures figures = { 0 };
	Sums			sums = { 0 };

	for (uint32_t s = 0; s < report->nseries; s++)
		for (uint32_t i = report->series[s].first; i < report->series[s].first + report->series[s].n; i++)
			if (report->rows[i].has_score)
			{
				add_score(&sums, report->rows[i].score);
				figures.last_day += fs_report_day(report->rows[i].at) == last_day;
			}
	set_mean(&figures, &sums);
	return figures;
}

bool
fs_report_time(const FsReport *report, FsReportTime *time)
{
	int64_t first = INT64_MAX;
	int64_t last = INT64_MIN;
	int64_t days;

	for (uint32_t s = 0; s < report->nseries; s++)
	{
		const FsReportSeries *series = &report->series[s];

		if (report->rows[series->first].at < first)
			first = report->rows[series->first].at;
		if (report->rows[series->first + series->n - 1].at > last)
			last = report->rows[series->first + series->n - 1].at;
	}
	if (report->nseries == 0)
		return false;
	days = fs_report_day(last) - fs_report_day(first) + 1;
	time->last = last;
	time->scale = 10000;
	time->first = fs_report_day(first) * FS_REPORT_DAY;
	time->step = days <= 2 ? 3600 : (days + FS_REPORT_STEPS - 1) / FS_REPORT_STEPS * FS_REPORT_DAY;
	time->steps = (uint32_t) (days <= 2 ? days * 24 : (days * FS_REPORT_DAY + time->step - 1) / time->step);
	return true;
}

void
fs_report_steps(const FsReport *report, const FsReportTime *time, const FsReportSeries *series,
				FsReportStep steps[FS_REPORT_STEPS])
{
	Sums	 sums = { 0 };
	uint32_t end = series->first + series->n;

	memset(steps, 0, FS_REPORT_STEPS * sizeof(FsReportStep));
	for (uint32_t i = series->first; i < end; i++)
	{
		const FsReportRow *row = &report->rows[i];
		uint32_t		   at = (uint32_t) ((row->at - time->first) / time->step);

		if (row->has_score)
			add_score(&sums, row->score);
		if (row->has_price)
		{
			steps[at].has_price = true;
			steps[at].price = row->price;
		}
		if ((i + 1 == end || (report->rows[i + 1].at - time->first) / time->step != at) && sums.n > 0)
		{
			steps[at].news = (uint32_t) sums.n;
			steps[at].mean = (int32_t) divide(sums.sum, 100 * sums.n);
			sums = (Sums){ 0 };
		}
	}
}
