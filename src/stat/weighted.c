/*
 * weighted.c - means of weighted scores: the index over time, decay with age.
 *
 * Standard error of a weighted mean m of scores x with weights w, which say how
 * much a score counts and not how often it was seen:
 *
 *	effective n = (sum w)^2 / sum w^2
 *	variance    = sum w (x - m)^2 / (sum w - sum w^2 / sum w)
 *	error       = sqrt(variance / effective n)
 *
 * With equal weights these are n, the sample's variance and s / sqrt(n).
 *
 * Source: Kish, Survey Sampling, 1965, 11.7 (effective n); the variance is the
 * unbiased one for reliability weights (Galassi et al., GNU Scientific Library
 * Reference Manual, Weighted Samples).
 */
#include "weighted.h"

#include <math.h>

#define BLOCK 512.0

void
fs_index_add(FsIndex *index, double score, double weight)
{
	FsSum wx = fs_sum_product(weight, score);

	index->n += 1;
	fs_sum_add(&index->w, weight);
	fs_sum_merge(&index->wx, wx);
	fs_sum_merge(&index->wxx, fs_sum_times(wx, score));
	fs_sum_add_product(&index->ww, weight, weight);
	if (score >= FS_STAT_NEUTRAL)
		fs_sum_add(&index->positive, weight);
	else if (score <= -FS_STAT_NEUTRAL)
		fs_sum_add(&index->negative, weight);
}

void
fs_index_merge(FsIndex *index, const FsIndex *other)
{
	index->n += other->n;
	fs_sum_merge(&index->w, other->w);
	fs_sum_merge(&index->wx, other->wx);
	fs_sum_merge(&index->wxx, other->wxx);
	fs_sum_merge(&index->ww, other->ww);
	fs_sum_merge(&index->positive, other->positive);
	fs_sum_merge(&index->negative, other->negative);
}

FsIndexValue
fs_index_value(const FsIndex *index)
{
	FsIndexValue value = { index->n, NAN, NAN, NAN, NAN, NAN, NAN };
	double		 w = fs_sum_value(index->w);
	double		 ww = fs_sum_value(index->ww);
	/* w times the sum of squares around the mean */
	FsSum  squares = fs_sum_times_sum(index->w, index->wxx);
	double left;

	value.mean = fs_sum_value(index->wx) / w;
	value.effective_n = w * w / ww;
	value.positive = fs_sum_value(index->positive) / w;
	value.negative = fs_sum_value(index->negative) / w;
	if (value.n < 2)
	{
		value.effective_n = 1;
		return value;
	}
	fs_sum_merge(&squares, fs_sum_times(fs_sum_times_sum(index->wx, index->wx), -1));
	left = fs_sum_value(squares);
	/* w - ww / w, without a loss where one weight outweighs all others */
	{
		FsSum freedom = fs_sum_times_sum(index->w, index->w);

		fs_sum_merge(&freedom, fs_sum_times(index->ww, -1));
		if (fs_sum_value(freedom) <= 0)
			return value;
		/* What 32 digits leave over of equal scores is no deviation. */
		if (!(left > 1e-28 * w * fs_sum_value(index->wxx)))
			left = 0;
		value.sd = sqrt(left / fs_sum_value(freedom));
	}
	value.se = value.sd / sqrt(value.effective_n);
	return value;
}

/* Multiply a sum by a power of two. */
static void
shift(FsSum *sum, double exponent)
{
	int by = exponent < -5000 ? -5000 : (int) exponent;

	sum->hi = ldexp(sum->hi, by);
	sum->lo = ldexp(sum->lo, by);
}

/* Let newer rows have the weight of their block: block only falls. */
static void
lower_block(FsDecay *decay, double block)
{
	shift(&decay->w, block - decay->block);
	shift(&decay->wx, block - decay->block);
	decay->block = block;
}

void
fs_decay_add(FsDecay *decay, double score, double age, double weight)
{
	double block = floor(age / BLOCK) * BLOCK;

	if (decay->n == 0)
		decay->block = block;
	else if (block < decay->block)
		lower_block(decay, block);
	weight *= exp2(decay->block - age);
	decay->n += 1;
	fs_sum_add(&decay->w, weight);
	fs_sum_add_product(&decay->wx, weight, score);
}

void
fs_decay_merge(FsDecay *decay, const FsDecay *other)
{
	FsDecay older = *other;

	if (other->n == 0)
		return;
	if (decay->n == 0)
	{
		*decay = *other;
		return;
	}
	if (other->block < decay->block)
		lower_block(decay, other->block);
	else
		lower_block(&older, decay->block);
	decay->n += older.n;
	fs_sum_merge(&decay->w, older.w);
	fs_sum_merge(&decay->wx, older.wx);
}

double
fs_decay_value(const FsDecay *decay)
{
	return fs_sum_value(decay->wx) / fs_sum_value(decay->w);
}
