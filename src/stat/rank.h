/*
 * rank.h - correlation of values and of ranks: the information coefficient.
 */
#ifndef FS_STAT_RANK_H
#define FS_STAT_RANK_H

#include <stddef.h>
#include <stdint.h>

/* A value and where it came from. */
typedef struct FsRanked
{
	uint64_t key;	/* orders as the value does */
	uint32_t index; /* place of the value */
} FsRanked;

/* Memory that ranking n values needs. */
typedef struct FsRankSpace
{
	FsRanked *items; /* 2 n */
	uint32_t *x;	 /* n */
	uint32_t *y;	 /* n; NULL where one side alone is ranked */
} FsRankSpace;

typedef struct FsCorrelation
{
	double n;
	double spearman; /* NaN if either side is constant */
	double pearson;	 /* NaN if either side is constant */
	double t;		 /* of spearman, n - 2 degrees of freedom; NaN below 3 pairs */
	double p;		 /* two-sided */
} FsCorrelation;

/* Called between passes over the values; may leave by longjmp. */
typedef void (*FsStatPoll)(void);

/* Correlation of n finite pairs (x, y, x, y, ...).  The answer does not depend on their order. */
extern FsCorrelation fs_correlation(const double *pairs, uint32_t n, FsRankSpace space, FsStatPoll poll);

/*
 * Twice the ranks, from 1, of n finite values that stand stride apart; equal
 * values share the mean of their ranks.  items has room for 2 n.
 */
extern void fs_ranks(uint32_t *twice, const double *values, size_t stride, uint32_t n, FsRanked *items,
					 FsStatPoll poll);

#endif /* FS_STAT_RANK_H */
