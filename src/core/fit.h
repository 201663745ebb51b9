/*
 * fit.h - level 7: fitting linear models to labelled samples.
 *
 * Used by the tool that makes the compiled tables and by models that are trained
 * in SQL.  Floating point is allowed here: nothing of it is part of a score.
 */
#ifndef FS_FIT_H
#define FS_FIT_H

#include "linear.h"

typedef struct FsSample
{
	int				 n;
	const FsFeature *items;
	int				 label;	 /* 0 negative, 1 neutral, 2 positive */
	float			 weight; /* of its loss */
} FsSample;

typedef struct FsFit
{
	uint32_t buckets;
	float	*weights; /* bucket x 3 */
	double	 bias[3];
} FsFit;

/* What fits work on, one after the other: bytes taken from the arena for so many buckets, but for a rest. */
#define FS_FIT_BYTES(buckets) ((size_t) (buckets) *3 * (3 * sizeof(float) + sizeof(double)))

typedef struct FsFitWork FsFitWork;

extern FsFitWork *fs_fit_start(FsArena *arena, uint32_t buckets);

/* Take fewer steps than those after which a fit has come to rest: rare features are held back further. */
extern void fs_fit_steps(FsFitWork *work, int steps);

/* Keep weights between -limit and limit, so that 8 bits of them round finely: others take over what a larger one would say. */
extern void fs_fit_limit(FsFitWork *work, double limit);

/* Leave out so many percent (0 to 99) of the features at each step, by chance; 0 unless it is asked for. */
extern void fs_fit_dropout(FsFitWork *work, int percent);

/*
 * Fit weights to samples whose buckets are below the number; c is the inverse of
 * the penalty (fit.c).  The answer lives until the next fit.  Polls.
 */
extern const FsFit *fs_fit_run(FsFitWork *work, const FsSample *samples, int n, double c);

/* Probabilities of a sample. */
extern void fs_fit_predict(const FsFit *fit, const FsSample *sample, double p[3]);

/* The units of 8-bit weights in 1.0, and bias and weights in the units of a table (linear.h). */
extern int	   fs_fit_scale(const FsFit *fit);
extern int32_t fs_fit_bias(const FsFit *fit, int k);
extern int	   fs_fit_weight(const FsFit *fit, int scale, uint32_t bucket, int k);

#endif /* FS_FIT_H */
