/*
 * linear.c - level 6: the dot product and the trained tables.
 */
#include "linear.h"

#include "tables/sentence_model.inc"
#include "tables/target_model.inc"

/* floor(sqrt(n)), n < 2^31, by Newton's method. */
static int32_t
integer_sqrt(int32_t n)
{
	int32_t x = n;
	int32_t y = n > 0 ? 1 << (33 - __builtin_clz((unsigned) n)) / 2 : 0; /* not below the root */

	while (y < x)
	{
		x = y;
		y = (x + n / x) / 2;
	}
	return x;
}

void
fs_feature_scale(FsFeatures *features, int32_t weight)
{
	int		n = features->n - features->group;
	int32_t value;

	if (n == 0)
		return;
	value = weight * 256 / integer_sqrt(n * 65536);
	for (int i = features->group; i < features->n; i++)
		features->item[i].value = value;
}

/* Weights times values; a weight unit is 1/scale. */
static FsLogits
dot(const int8_t (*weights)[3], const int32_t bias[3], int32_t scale, const FsFeatures *features)
{
	int32_t sum[3] = { 0, 0, 0 }; /* 4096 values of at most 1024 times 127 fit */

	for (int i = 0; i < features->n; i++)
	{
		const int8_t *w = weights[features->item[i].bucket];
		int32_t		  value = features->item[i].value;

		sum[0] += value * w[0];
		sum[1] += value * w[1];
		sum[2] += value * w[2];
	}
	return (FsLogits){ sum[0] / scale + bias[0], sum[1] / scale + bias[1], sum[2] / scale + bias[2] };
}

FsLogits
fs_linear(FsModel model, const FsFeatures *features)
{
	if (model == FS_MODEL_SENTENCE)
		return dot(sentence_weights, sentence_bias, SENTENCE_SCALE, features);
	return dot(target_weights, target_bias, TARGET_SCALE, features);
}
