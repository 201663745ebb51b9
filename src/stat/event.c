/*
 * event.c - event study: what a return should have been, and how much it was off.
 *
 * With R the security's return and M the market's, over the L days of an
 * estimation window before the event:
 *
 *	mean             expected = mean(R)          s^2 = sum (R - mean)^2 / (L - 1)
 *	market_adjusted  expected = M                s^2 = variance of R - M, L - 1
 *	market           expected = a + b M          s^2 = sum residual^2 / (L - 2)
 *
 * The abnormal return AR = R - expected of a day outside the window is off by
 * more than s, because a, b and the mean are estimates themselves:
 *
 *	mean    s sqrt(1 + 1/L)
 *	market  s sqrt(1 + 1/L + (M - mean M)^2 / sum (M - mean M)^2)
 *
 * AR over that is the standardised abnormal return SAR.  The cross-sectional
 * test takes AR of all events, the test of Boehmer, Musumeci and Poulsen takes
 * SAR: in both t = mean / (sd / sqrt(n)), so that a variance which rises with
 * the event itself does not feign significance.
 *
 * Source: Brown and Warner, Journal of Financial Economics 14 (1985); Patell,
 * Journal of Accounting Research 14 (1976), for the error of the forecast;
 * Boehmer, Musumeci and Poulsen, Journal of Financial Economics 30 (1991).
 */
#include "event.h"

#include <math.h>

#include "student.h"

/* Whether a day can be used. */
static bool
has_day(FsEventModel model, double ret, double market)
{
	return !isnan(ret) && (model == FS_EVENT_MEAN || !isnan(market));
}

/* Means of returns and of the market over the usable days, and their number. */
static double
means(FsEventModel model, const double *returns, const double *market, size_t n, double *mean, double *market_mean)
{
	FsSum  r = { 0, 0 }, m = { 0, 0 };
	double days = 0;

	for (size_t i = 0; i < n; i++)
	{
		if (!has_day(model, returns[i], market[i]))
			continue;
		days++;
		fs_sum_add(&r, returns[i]);
		if (model != FS_EVENT_MEAN)
			fs_sum_add(&m, market[i]);
	}
	*mean = fs_sum_value(r) / days;
	*market_mean = fs_sum_value(m) / days;
	return days;
}

bool
fs_event_fit(FsEventFit *fit, FsEventModel model, const double *returns, const double *market, size_t n)
{
	double mean, parameters = model == FS_EVENT_MARKET ? 2 : 1;
	FsSum  mm = { 0, 0 }, rm = { 0, 0 }, rr = { 0, 0 }, squares = { 0, 0 };

	fit->model = model;
	fit->alpha = fit->beta = 0;
	fit->sd = NAN;
	fit->market_squares = 0;
	fit->n = means(model, returns, market, n, &mean, &fit->market_mean);
	if (model == FS_EVENT_MARKET_ADJUSTED)
		fit->beta = 1;
	if (fit->n < parameters)
		return model == FS_EVENT_MARKET_ADJUSTED;
	for (size_t i = 0; model == FS_EVENT_MARKET && i < n; i++)
	{
		if (!has_day(model, returns[i], market[i]))
			continue;
		fs_sum_add_product(&mm, market[i] - fit->market_mean, market[i] - fit->market_mean);
		fs_sum_add_product(&rm, market[i] - fit->market_mean, returns[i] - mean);
	}
	if (model == FS_EVENT_MARKET)
	{
		fit->market_squares = fs_sum_value(mm);
		if (!(fit->market_squares > 0))
			return false;
		fit->beta = fs_sum_value(rm) / fit->market_squares;
	}
	if (model != FS_EVENT_MARKET_ADJUSTED)
		fit->alpha = mean - fit->beta * fit->market_mean;
	for (size_t i = 0; i < n; i++)
	{
		double off;

		if (!has_day(model, returns[i], market[i]))
			continue;
		fs_sum_add_product(&rr, returns[i], returns[i]);
		off = returns[i] - mean - (model == FS_EVENT_MEAN ? 0 : fit->beta * (market[i] - fit->market_mean));
		fs_sum_add_product(&squares, off, off);
	}
	/* A return that the model explains wholly, but for roundings, has no deviation. */
	if (fit->n > parameters && fs_sum_value(squares) > 1e-24 * fs_sum_value(rr))
		fit->sd = sqrt(fs_sum_value(squares) / (fit->n - parameters));
	return true;
}

double
fs_event_abnormal(const FsEventFit *fit, double ret, double market)
{
	return ret - fit->alpha - (fit->model == FS_EVENT_MEAN ? 0 : fit->beta * market);
}

double
fs_event_standardised(const FsEventFit *fit, double abnormal, double market)
{
	double factor = 1;

	if (fit->model != FS_EVENT_MARKET_ADJUSTED)
		factor += 1 / fit->n;
	if (fit->model == FS_EVENT_MARKET)
		factor += (market - fit->market_mean) * (market - fit->market_mean) / fit->market_squares;
	return fit->sd > 0 ? abnormal / (fit->sd * sqrt(factor)) : NAN;
}

void
fs_event_sums_add(FsEventSums *sums, double x)
{
	sums->n += 1;
	fs_sum_add(&sums->x, x);
	fs_sum_add_product(&sums->xx, x, x);
}

void
fs_event_sums_merge(FsEventSums *sums, const FsEventSums *other)
{
	sums->n += other->n;
	fs_sum_merge(&sums->x, other->x);
	fs_sum_merge(&sums->xx, other->xx);
}

double
fs_event_sums_mean(const FsEventSums *sums)
{
	return sums->n > 0 ? fs_sum_value(sums->x) / sums->n : NAN;
}

double
fs_event_sums_sd(const FsEventSums *sums)
{
	FsSum  squares = fs_sum_times(sums->xx, sums->n);
	double value;

	if (sums->n < 2)
		return NAN;
	fs_sum_merge(&squares, fs_sum_times(fs_sum_times_sum(sums->x, sums->x), -1));
	value = fs_sum_value(squares);
	/* What 32 digits leave over of equal numbers is no deviation. */
	return value > 1e-28 * fs_sum_value(sums->xx) * sums->n ? sqrt(value / sums->n / (sums->n - 1)) : 0;
}

double
fs_event_sums_t(const FsEventSums *sums)
{
	double sd = fs_event_sums_sd(sums);

	return sd > 0 ? fs_student_t(fs_event_sums_mean(sums), sd, sums->n) : NAN;
}
