/*
 * rank.c - correlation of values and of ranks: the information coefficient.
 *
 * Spearman's coefficient is Pearson's of the ranks, equal values sharing the
 * mean of theirs.  Twice a rank is an integer, so its sums are computed exactly
 * in 128 bits, and the coefficient does not depend on any order.  Pearson's own
 * is computed in two passes over sums of 32 digits (sum.h), of values scaled by
 * a power of two, so that huge and tiny values do no harm.
 *
 * Values are sorted by their bits, eight at a time (a radix sort): with the sign
 * handled, IEEE doubles order as integers do.  Passes in which all values have
 * the same eight bits are skipped.
 *
 * Source: Kendall and Gibbons, Rank Correlation Methods, 5th ed., 1990; the t
 * of a rank correlation is Student's approximation with n - 2 degrees of
 * freedom, as in scipy.stats.spearmanr and R's cor.test(exact = FALSE).
 */
#include "rank.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "student.h"
#include "sum.h"

/* Below this many values insertion is faster than eight passes. */
#define INSERTION_BELOW 48

/* Bits that order as the value does; -0 is 0. */
static uint64_t
order_key(double value)
{
	uint64_t bits;

	value += 0.0;
	memcpy(&bits, &value, sizeof(bits));
	return bits >> 63 ? ~bits : bits | (uint64_t) 1 << 63;
}

static void
insertion_sort(FsRanked *items, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++)
	{
		FsRanked item = items[i];
		uint32_t j = i;

		for (; j > 0 && items[j - 1].key > item.key; j--)
			items[j] = items[j - 1];
		items[j] = item;
	}
}

/* Sort by key; the answer is in items or in other, which is returned. */
static FsRanked *
radix_sort(FsRanked *items, FsRanked *other, uint32_t n, FsStatPoll poll)
{
	uint32_t counts[8][256];

	memset(counts, 0, sizeof(counts));
	for (uint32_t i = 0; i < n; i++)
		for (int digit = 0; digit < 8; digit++)
			counts[digit][items[i].key >> (8 * digit) & 255]++;
	for (int digit = 0; digit < 8; digit++)
	{
		uint32_t *count = counts[digit];
		uint32_t  start = 0;
		FsRanked *swap;

		if (count[items[0].key >> (8 * digit) & 255] == n)
			continue;
		poll();
		for (int value = 0; value < 256; value++)
		{
			uint32_t of_value = count[value];

			count[value] = start;
			start += of_value;
		}
		for (uint32_t i = 0; i < n; i++)
			other[count[items[i].key >> (8 * digit) & 255]++] = items[i];
		swap = items;
		items = other;
		other = swap;
	}
	return items;
}

void
fs_ranks(uint32_t *twice, const double *values, size_t stride, uint32_t n, FsRanked *items, FsStatPoll poll)
{
	FsRanked *sorted = items;

	for (uint32_t i = 0; i < n; i++)
	{
		items[i].key = order_key(values[i * stride]);
		items[i].index = i;
	}
	if (n < INSERTION_BELOW)
		insertion_sort(items, n);
	else
		sorted = radix_sort(items, items + n, n, poll);
	for (uint32_t first = 0, end; first < n; first = end)
	{
		for (end = first + 1; end < n && sorted[end].key == sorted[first].key; end++)
			;
		/* ranks first + 1 to end: twice their mean */
		for (uint32_t i = first; i < end; i++)
			twice[sorted[i].index] = first + 1 + end;
	}
}

/* Spearman's coefficient of pairs of which x and y are twice the ranks. */
static double
rank_correlation(const uint32_t *x, const uint32_t *y, uint32_t n)
{
	__int128 xy = 0, xx = 0, yy = 0;

	for (uint32_t i = 0; i < n; i++)
	{
		/* The mean of twice the ranks is n + 1. */
		int64_t dx = (int64_t) x[i] - (n + 1LL);
		int64_t dy = (int64_t) y[i] - (n + 1LL);

		xy += dx * dy;
		xx += dx * dx;
		yy += dy * dy;
	}
	if (xx == 0 || yy == 0)
		return NAN;
	/* Equal and opposite ranks are to give 1 and -1 without a rounding. */
	if (xx == yy)
		return (double) xy / (double) xx;
	return (double) xy / (sqrt((double) xx) * sqrt((double) yy));
}

/* One side of the pairs, centred and scaled by a power of two to about 1. */
typedef struct Side
{
	double mean; /* a quarter of it, so that no difference overflows */
	double scale;
	bool   constant;
} Side;

static Side
side_of(const double *values, uint32_t n)
{
	Side   side = { 0, 1, true };
	FsSum  sum = { 0, 0 };
	double largest = 0;
	int	   exponent = 0;

	for (uint32_t i = 0; i < n; i++)
		fs_sum_add(&sum, values[2 * (size_t) i] * 0x1p-32);
	side.mean = fs_sum_value(sum) / n * 0x1p30;
	for (uint32_t i = 0; i < n; i++)
	{
		double size = fabs(values[2 * (size_t) i] * 0.25 - side.mean);

		largest = size > largest ? size : largest;
		side.constant = side.constant && values[2 * (size_t) i] == values[0];
	}
	if (largest > 0)
		(void) frexp(largest, &exponent);
	side.scale = ldexp(1, exponent < -1000 ? 1000 : -exponent);
	return side;
}

/* Pearson's coefficient. */
static double
value_correlation(const double *pairs, uint32_t n)
{
	Side   side_x = side_of(pairs, n), side_y = side_of(pairs + 1, n);
	FsSum  x = { 0, 0 }, y = { 0, 0 }, xx = { 0, 0 }, yy = { 0, 0 }, xy = { 0, 0 };
	double r;

	if (side_x.constant || side_y.constant)
		return NAN;
	for (uint32_t i = 0; i < n; i++)
	{
		double dx = (pairs[2 * (size_t) i] * 0.25 - side_x.mean) * side_x.scale;
		double dy = (pairs[2 * (size_t) i + 1] * 0.25 - side_y.mean) * side_y.scale;

		fs_sum_add(&x, dx);
		fs_sum_add(&y, dy);
		fs_sum_add_product(&xx, dx, dx);
		fs_sum_add_product(&yy, dy, dy);
		fs_sum_add_product(&xy, dx, dy);
	}
	/* What the rounding of the means left over. */
	fs_sum_merge(&xx, fs_sum_times_sum(x, fs_sum_times(x, -1.0 / n)));
	fs_sum_merge(&yy, fs_sum_times_sum(y, fs_sum_times(y, -1.0 / n)));
	fs_sum_merge(&xy, fs_sum_times_sum(x, fs_sum_times(y, -1.0 / n)));
	r = fs_sum_value(xy) / sqrt(fs_sum_value(xx) * fs_sum_value(yy));
	return r > 1 ? 1 : r < -1 ? -1 : r;
}

FsCorrelation
fs_correlation(const double *pairs, uint32_t n, FsRankSpace space, FsStatPoll poll)
{
	FsCorrelation result = { n, NAN, NAN, NAN, NAN };
	double		  r;

	if (n < 2)
		return result;
	result.pearson = value_correlation(pairs, n);
	poll();
	fs_ranks(space.x, pairs, 2, n, space.items, poll);
	fs_ranks(space.y, pairs + 1, 2, n, space.items, poll);
	result.spearman = r = rank_correlation(space.x, space.y, n);
	if (n > 2 && !isnan(r))
	{
		result.t = r * sqrt((n - 2) / ((1 - r) * (1 + r)));
		result.p = fs_student_p(result.t, n - 2);
	}
	return result;
}
