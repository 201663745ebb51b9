/*
 * sum.h - sums that do not depend on the order of their terms.
 *
 * A sum is kept as an unevaluated pair hi + lo of doubles, about 32 decimal
 * digits.  What a parallel query adds in another order differs in the 30th
 * digit, and a difference of two large sums (as in a variance) keeps 15 digits
 * as long as it loses fewer than 15.
 *
 * Source: Dekker, "A floating-point technique for extending the available
 * precision", Numerische Mathematik 18 (1971); Knuth, TAOCP 2, 4.2.2, theorem B.
 * Needs IEEE doubles without excess precision, and no -ffast-math.
 */
#ifndef FS_STAT_SUM_H
#define FS_STAT_SUM_H

typedef struct FsSum
{
	double hi;
	double lo; /* at most half a unit in hi's last place */
} FsSum;

/* The exact sum of two numbers. */
static inline FsSum
fs_sum_two(double a, double b)
{
	double s = a + b;
	double t = s - a;
	FsSum  sum = { s, (a - (s - t)) + (b - t) };

	return sum;
}

/* The exact product of two numbers, each below 2^996. */
static inline FsSum
fs_sum_product(double a, double b)
{
	const double split = 134217729.0; /* 2^27 + 1 */
	double		 p = a * b;
	double		 ca = split * a, cb = split * b;
	double		 ah = ca - (ca - a), bh = cb - (cb - b);
	double		 al = a - ah, bl = b - bh;
	FsSum		 product = { p, ((ah * bh - p) + ah * bl + al * bh) + al * bl };

	return product;
}

/* Add a sum to a sum. */
static inline void
fs_sum_merge(FsSum *sum, FsSum other)
{
	FsSum s = fs_sum_two(sum->hi, other.hi);
	FsSum t = fs_sum_two(sum->lo, other.lo);

	s = fs_sum_two(s.hi, s.lo + t.hi);
	*sum = fs_sum_two(s.hi, s.lo + t.lo);
}

/* Add a number to a sum. */
static inline void
fs_sum_add(FsSum *sum, double x)
{
	FsSum s = fs_sum_two(sum->hi, x);

	*sum = fs_sum_two(s.hi, s.lo + sum->lo);
}

/* Add a product to a sum. */
static inline void
fs_sum_add_product(FsSum *sum, double a, double b)
{
	fs_sum_merge(sum, fs_sum_product(a, b));
}

/* A sum times a number. */
static inline FsSum
fs_sum_times(FsSum sum, double x)
{
	FsSum product = fs_sum_product(sum.hi, x);

	return fs_sum_two(product.hi, product.lo + sum.lo * x);
}

/* A product of two sums. */
static inline FsSum
fs_sum_times_sum(FsSum a, FsSum b)
{
	FsSum product = fs_sum_product(a.hi, b.hi);

	return fs_sum_two(product.hi, product.lo + (a.hi * b.lo + a.lo * b.hi));
}

static inline double
fs_sum_value(FsSum sum)
{
	return sum.hi + sum.lo;
}

#endif /* FS_STAT_SUM_H */
