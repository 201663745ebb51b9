/*
 * fit.c - fitting a linear model to samples.
 */
#include "fit.h"
#include "unit.h"

#define BUCKETS 8

/* Feature 0, 1 and 2 say the label; feature 7 is in every sample. */
static const FsFeature features[3][2] = { { { 0, FS_FEATURE_ONE }, { 7, FS_FEATURE_ONE } },
										  { { 1, FS_FEATURE_ONE }, { 7, FS_FEATURE_ONE } },
										  { { 2, FS_FEATURE_ONE }, { 7, FS_FEATURE_ONE } } };

static const FsSample samples[] = { { 2, features[0], 0, 1 }, { 2, features[1], 1, 1 }, { 2, features[2], 2, 1 },
									{ 2, features[0], 0, 1 }, { 2, features[1], 1, 1 }, { 2, features[2], 2, 1 } };

static FsFit
fit(double c)
{
	return *fs_fit_run(fs_fit_start(unit_arena(), BUCKETS), samples, 6, c);
}

static void
what_separates_is_learned(void)
{
	FsFit f = fit(1);

	for (int i = 0; i < 3; i++)
	{
		double p[3];

		fs_fit_predict(&f, &samples[i], p);
		CHECK(p[i] > 0.5);
		CHECK(p[0] + p[1] + p[2] > 0.999999 && p[0] + p[1] + p[2] < 1.000001);
	}
}

/* At the optimum of a symmetric problem the gradient is 0: w / c = sum of (label - p). */
static void
the_penalty_is_balanced_by_the_loss(void)
{
	FsFit  f = fit(2);
	double p[3];
	double slope;

	fs_fit_predict(&f, &samples[0], p);
	slope = 2 * (1 - p[0]) - f.weights[0] / 2;
	CHECK(slope > -0.01 && slope < 0.01);
	CHECK(fit(0.1).weights[0] < f.weights[0]);
}

static void
a_bucket_of_no_sample_stays_zero(void)
{
	FsFit f = fit(1);

	for (int k = 0; k < 3; k++)
		CHECK(f.weights[4 * 3 + k] == 0);
}

static void
the_same_samples_give_the_same_bits(void)
{
	FsFit a = fit(1);
	FsFit b = fit(1);

	CHECK_INT(memcmp(a.weights, b.weights, BUCKETS * 3 * sizeof(float)), 0);
	CHECK_INT(memcmp(a.bias, b.bias, sizeof(a.bias)), 0);
}

static void
a_fit_leaves_nothing_to_the_next(void)
{
	FsFitWork *work = fs_fit_start(unit_arena(), BUCKETS);
	FsFit	   alone = fit(1);
	FsFit	   second;

	fs_fit_run(work, samples, 2, 5);
	second = *fs_fit_run(work, samples, 6, 1);
	CHECK_INT(memcmp(alone.weights, second.weights, BUCKETS * 3 * sizeof(float)), 0);
	CHECK_INT(memcmp(alone.bias, second.bias, sizeof(alone.bias)), 0);
}

static void
every_step_polls(void)
{
	fit(1);
	CHECK(unit.polls >= 300);
}

static void
weights_are_rounded_to_the_nearest(void)
{
	float weights[6] = { 1.0f, -0.5f, 0.004f, -0.004f, 0.0039f, -1.0f };
	FsFit f = { 2, weights, { 1.0 / 512, -1.0 / 512, -0.9 / 256 } };
	int	  scale = fs_fit_scale(&f);

	CHECK_INT(scale, 127);
	CHECK_INT(fs_fit_weight(&f, scale, 0, 0), 127);
	CHECK_INT(fs_fit_weight(&f, scale, 0, 1), -63); /* -63.5: halves up */
	CHECK_INT(fs_fit_weight(&f, scale, 0, 2), 1);
	CHECK_INT(fs_fit_weight(&f, scale, 1, 0), -1);
	CHECK_INT(fs_fit_weight(&f, scale, 1, 1), 0);
	CHECK_INT(fs_fit_weight(&f, scale, 1, 2), -127);
	CHECK_INT(fs_fit_bias(&f, 0), 1);
	CHECK_INT(fs_fit_bias(&f, 1), 0);
	CHECK_INT(fs_fit_bias(&f, 2), -1);
}

int
main(void)
{
	RUN(what_separates_is_learned);
	RUN(the_penalty_is_balanced_by_the_loss);
	RUN(a_bucket_of_no_sample_stays_zero);
	RUN(the_same_samples_give_the_same_bits);
	RUN(a_fit_leaves_nothing_to_the_next);
	RUN(every_step_polls);
	RUN(weights_are_rounded_to_the_nearest);
	return unit_done();
}
