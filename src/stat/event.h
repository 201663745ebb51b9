/*
 * event.h - event study: what a return should have been, and how much it was off.
 */
#ifndef FS_STAT_EVENT_H
#define FS_STAT_EVENT_H

#include <stdbool.h>
#include <stddef.h>

#include "sum.h"

typedef enum FsEventModel
{
	FS_EVENT_MEAN,			  /* the security's own mean return */
	FS_EVENT_MARKET_ADJUSTED, /* the market's return */
	FS_EVENT_MARKET			  /* alpha + beta x the market's return, by least squares */
} FsEventModel;

/* A model as estimated for one event. */
typedef struct FsEventFit
{
	FsEventModel model;
	double		 n; /* days of the estimation window with a return */
	double		 alpha;
	double		 beta;
	double		 sd; /* of the residuals; NaN with too few days */
	double		 market_mean;
	double		 market_squares; /* around the mean */
} FsEventFit;

/* Figures over events: of abnormal returns of a day, of cumulated ones, of standardised ones. */
typedef struct FsEventSums
{
	double n;
	FsSum  x;
	FsSum  xx;
} FsEventSums;

/*
 * Estimate from n returns and those of the market (a day that lacks either is
 * NaN in it).  False if the market's return never changes, or there are fewer
 * days than the model has parameters.
 */
extern bool fs_event_fit(FsEventFit *fit, FsEventModel model, const double *returns, const double *market, size_t n);

/* A return above what the model expects. */
extern double fs_event_abnormal(const FsEventFit *fit, double ret, double market);

/*
 * An abnormal return over its standard deviation, corrected for the error of
 * the forecast; NaN if there is none.
 */
extern double fs_event_standardised(const FsEventFit *fit, double abnormal, double market);

extern void fs_event_sums_add(FsEventSums *sums, double x);
extern void fs_event_sums_merge(FsEventSums *sums, const FsEventSums *other);

/*
 * Mean of what was added, its standard deviation (n - 1), and its t: mean /
 * (sd / sqrt(n)), n - 1 degrees of freedom; NaN for none or one, t also where
 * all are the same.
 */
extern double fs_event_sums_mean(const FsEventSums *sums);
extern double fs_event_sums_sd(const FsEventSums *sums);
extern double fs_event_sums_t(const FsEventSums *sums);

#endif /* FS_STAT_EVENT_H */
