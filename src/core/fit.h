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

/*
 * Fit weights to samples whose buckets are below a number; c is the inverse of
 * the penalty (fit.c).  Takes 60 bytes a bucket from the arena, and polls.
 */
extern FsFit fs_fit(FsArena *arena, const FsSample *samples, int n, uint32_t buckets, double c);

/* Probabilities of a sample. */
extern void fs_fit_predict(const FsFit *fit, const FsSample *sample, double p[3]);

/* The units of 8-bit weights in 1.0, and bias and weights in the units of a table (linear.h). */
extern int	   fs_fit_scale(const FsFit *fit);
extern int32_t fs_fit_bias(const FsFit *fit, int k);
extern int	   fs_fit_weight(const FsFit *fit, int scale, uint32_t bucket, int k);

#endif /* FS_FIT_H */
