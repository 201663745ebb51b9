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

int32_t
fs_feature_value(int n, int32_t weight)
{
	return n > 0 ? weight * 256 / integer_sqrt(n * 65536) : 0;
}

int32_t
fs_group_end(FsFeatures *features, int32_t weight, FsWeightSum sum)
{
	int32_t value = fs_feature_value(features->n - features->group, weight);

	if (value == 0)
		return 0;
	if (features->weights)
	{
		features->sum[0] += value * sum.negative;
		features->sum[1] += value * sum.neutral;
		features->sum[2] += value * sum.positive;
		features->item[features->n - 1].value = value;
	}
	else
		for (int i = features->group; i < features->n; i++)
			features->item[i].value = value;
	return value;
}

FsWeights
fs_linear_table(FsModel model)
{
	return model == FS_MODEL_SENTENCE ? sentence_weights : target_weights;
}

void
fs_linear_add(FsModel model, const FsFeatures *features, int32_t sum[3])
{
	FsWeights weights = fs_linear_table(model);
	int32_t	  total[3] = { sum[0], sum[1], sum[2] };

	for (int i = 0; i < features->n; i++)
		fs_weigh(weights, features->item[i].bucket, features->item[i].value, total);
	memcpy(sum, total, sizeof(total));
}

/* A weight unit is 1/scale. */
FsLogits
fs_linear_end(FsModel model, const int32_t sum[3])
{
	const int32_t *bias = model == FS_MODEL_SENTENCE ? sentence_bias : target_bias;
	int32_t		   scale = model == FS_MODEL_SENTENCE ? SENTENCE_SCALE : TARGET_SCALE;

	return (FsLogits){ sum[0] / scale + bias[0], sum[1] / scale + bias[1], sum[2] / scale + bias[2] };
}

FsLogits
fs_linear(FsModel model, const FsFeatures *features)
{
	int32_t sum[3] = { 0, 0, 0 };

	fs_linear_add(model, features, sum);
	return fs_linear_end(model, sum);
}
