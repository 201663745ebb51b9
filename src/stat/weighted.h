/*
 * weighted.h - means of weighted scores: the index over time, decay with age.
 *
 * All of them are sums that can be merged in any order (sum.h).
 */
#ifndef FS_STAT_WEIGHTED_H
#define FS_STAT_WEIGHTED_H

#include <stdbool.h>
#include <stdint.h>

#include "sum.h"

/* A score of this size or more is no longer neutral: the band of finsent_class. */
#define FS_STAT_NEUTRAL 0.12

/* Sums of weighted scores. */
typedef struct FsIndex
{
	double n;		 /* rows with a weight above 0 */
	FsSum  w;		 /* weights */
	FsSum  wx;		 /* weight x score */
	FsSum  wxx;		 /* weight x score^2 */
	FsSum  ww;		 /* weight^2 */
	FsSum  positive; /* weights of positive scores */
	FsSum  negative;
} FsIndex;

typedef struct FsIndexValue
{
	double n;
	double mean;
	double sd;			/* NaN unless effective_n > 1 */
	double se;			/* NaN unless effective_n > 1 */
	double effective_n; /* Kish: (sum w)^2 / sum w^2 */
	double positive;	/* shares of the weight */
	double negative;
} FsIndexValue;

extern void			fs_index_add(FsIndex *index, double score, double weight);
extern void			fs_index_merge(FsIndex *index, const FsIndex *other);
extern FsIndexValue fs_index_value(const FsIndex *index);

/*
 * Mean of scores whose weight halves with every half-life of age.
 *
 * Weights are 2^(block - age / half_life) in a power of two, block, that grows
 * by steps of 512 with the age of the newest row, so that the mean of news which are
 * thousands of half-lives old exists as well.  A change of block multiplies by a power of
 * two, which is exact.
 */
typedef struct FsDecay
{
	double n;
	double block;
	FsSum  w;
	FsSum  wx;
} FsDecay;

/* age in half-lives, at least 0. */
extern void	  fs_decay_add(FsDecay *decay, double score, double age, double weight);
extern void	  fs_decay_merge(FsDecay *decay, const FsDecay *other);
extern double fs_decay_value(const FsDecay *decay);

#endif /* FS_STAT_WEIGHTED_H */
