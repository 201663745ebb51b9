/*
 * stat.c - statistics: what the SQL tests cannot reach, under the sanitizers.
 *
 * That figures are right is shown in test/sql/statistics.sql against numpy and
 * scipy; here are extremes of size, ties and length.
 */
#include "unit.h"

#include <math.h>

#include "../../src/stat/event.h"
#include "../../src/stat/rank.h"
#include "../../src/stat/student.h"
#include "../../src/stat/weighted.h"

static void
no_poll(void)
{
	unit.polls++;
}

/* Correlation of n pairs. */
static FsCorrelation
correlate(const double *pairs, uint32_t n)
{
	FsRankSpace space = { unit_alloc(NULL, 2 * n * sizeof(FsRanked)), unit_alloc(NULL, n * sizeof(uint32_t)),
						  unit_alloc(NULL, n * sizeof(uint32_t)) };

	return fs_correlation(pairs, n, space, no_poll);
}

/* A number that looks random. */
static double
noise(uint32_t i)
{
	uint32_t x = i * 2654435761u;

	x ^= x >> 15;
	x *= 2246822519u;
	x ^= x >> 13;
	return (double) x / 4294967296.0 - 0.5;
}

static void
sums_keep_what_doubles_lose(void)
{
	FsSum sum = { 0, 0 };

	fs_sum_add(&sum, 1e16);
	for (int i = 0; i < 1000; i++)
		fs_sum_add(&sum, 0.5);
	fs_sum_add(&sum, -1e16);
	CHECK(fs_sum_value(sum) == 500);
	sum = fs_sum_product(134217729.0, 134217727.0);
	CHECK(sum.hi + sum.lo == 18014398509481983.0 && sum.lo != 0);
}

static void
ranks_share_their_mean_in_any_order(void)
{
	static const uint32_t sizes[] = { 1, 2, 47, 48, 49, 1000 };

	for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++)
	{
		uint32_t  n = sizes[s];
		double	 *values = unit_alloc(NULL, n * sizeof(double));
		uint32_t *twice = unit_alloc(NULL, n * sizeof(uint32_t));
		int		  wrong = 0;

		for (uint32_t i = 0; i < n; i++)
			values[i] = floor(noise(i) * 20) * (i % 2 ? 1e-300 : 1);
		fs_ranks(twice, values, 1, n, unit_alloc(NULL, 2 * n * sizeof(FsRanked)), no_poll);
		for (uint32_t i = 0; i < n; i++)
		{
			uint32_t below = 0, equal = 0;

			for (uint32_t j = 0; j < n; j++)
			{
				below += values[j] < values[i];
				equal += values[j] == values[i];
			}
			wrong += twice[i] != 2 * below + equal + 1;
		}
		CHECK_INT(wrong, 0);
	}
}

static void
zero_has_one_rank(void)
{
	double	 values[] = { -0.0, 0.0, -5e-324, 5e-324 };
	uint32_t twice[4];
	FsRanked items[8];

	fs_ranks(twice, values, 1, 4, items, no_poll);
	CHECK_INT(twice[0], 5);
	CHECK_INT(twice[1], 5);
	CHECK_INT(twice[2], 2);
	CHECK_INT(twice[3], 8);
}

static void
correlation_survives_huge_and_tiny_values(void)
{
	static const double scales[] = { 1, 1e300, 1e-300, 1.7e308, 1e150 };

	for (size_t s = 0; s < sizeof(scales) / sizeof(scales[0]); s++)
	{
		double		  pairs[200];
		FsCorrelation result;

		for (uint32_t i = 0; i < 100; i++)
		{
			pairs[2 * i] = noise(i) * 2 * scales[s];
			pairs[2 * i + 1] = pairs[2 * i] * -0.5;
		}
		result = correlate(pairs, 100);
		CHECK(result.spearman == -1);
		CHECK(fabs(result.pearson + 1) < 1e-12);
		CHECK(result.p == 0 && isinf(result.t));
	}
}

static void
correlation_does_not_depend_on_the_order_of_pairs(void)
{
	double		  pairs[2000], shuffled[2000];
	FsCorrelation a, b;

	for (uint32_t i = 0; i < 1000; i++)
	{
		uint32_t to = i * 7 % 1000;

		pairs[2 * i] = shuffled[2 * to] = noise(i);
		pairs[2 * i + 1] = shuffled[2 * to + 1] = floor(noise(i + 5000) * 30);
	}
	a = correlate(pairs, 1000);
	b = correlate(shuffled, 1000);
	CHECK(a.spearman == b.spearman);
	CHECK(fabs(a.pearson - b.pearson) < 1e-15);
}

static void
student_is_a_probability(void)
{
	static const double dfs[] = { 0.1, 1, 2, 24.9, 25, 49, 99999, 100000, 1e15 };

	for (size_t i = 0; i < sizeof(dfs) / sizeof(dfs[0]); i++)
	{
		double last = 1;

		CHECK(fabs(fs_student_p(0, dfs[i]) - 1) < 1e-12);
		for (double t = 1e-8; t < 1e160; t *= 1.5)
		{
			double p = fs_student_p(t, dfs[i]);

			if (!(p >= 0 && p <= last + 1e-12))
				CHECK(0);
			last = p;
		}
	}
	/* in closed form: df 1 is Cauchy's, df 2 algebraic */
	CHECK(fabs(fs_student_p(1, 1) - 0.5) < 1e-14);
	CHECK(fabs(fs_student_p(3, 2) - (1 - 3 / sqrt(11))) < 1e-14);
	CHECK(isnan(fs_student_p(1, 0)));
	CHECK(isnan(fs_student_p(NAN, 3)));
}

static void
decay_does_not_depend_on_the_order_of_ages(void)
{
	static const double ages[] = { 0, 3, 511, 513, 1500, 5000, 1e6 };
	FsDecay				up = { 0 }, down = { 0 }, part = { 0 };

	for (int i = 0; i < 7; i++)
		fs_decay_add(&up, i - 3, ages[i], 1);
	for (int i = 6; i >= 0; i--)
		fs_decay_add(i % 2 ? &down : &part, i - 3, ages[i], 1);
	fs_decay_merge(&down, &part);
	CHECK(fabs(fs_decay_value(&up) - fs_decay_value(&down)) < 1e-15);
	CHECK(up.n == 7 && down.n == 7);
}

static void
a_model_that_fits_wholly_has_no_deviation(void)
{
	double	   r[50], m[50];
	FsEventFit fit;

	for (uint32_t i = 0; i < 50; i++)
	{
		m[i] = noise(i) / 50;
		r[i] = 0.001 + 1.3 * m[i];
	}
	CHECK(fs_event_fit(&fit, FS_EVENT_MARKET, r, m, 50));
	CHECK(fabs(fit.beta - 1.3) < 1e-12 && fabs(fit.alpha - 0.001) < 1e-14);
	CHECK(isnan(fs_event_standardised(&fit, 0.01, 0)));
	for (uint32_t i = 0; i < 50; i++)
		m[i] = 0.01;
	CHECK(!fs_event_fit(&fit, FS_EVENT_MARKET, r, m, 50));
	CHECK(fs_event_fit(&fit, FS_EVENT_MARKET_ADJUSTED, r, m, 0));
}

int
main(void)
{
	RUN(sums_keep_what_doubles_lose);
	RUN(ranks_share_their_mean_in_any_order);
	RUN(zero_has_one_rank);
	RUN(correlation_survives_huge_and_tiny_values);
	RUN(correlation_does_not_depend_on_the_order_of_pairs);
	RUN(student_is_a_probability);
	RUN(decay_does_not_depend_on_the_order_of_ages);
	RUN(a_model_that_fits_wholly_has_no_deviation);
	return unit_done();
}
