/*
 * linear.h - level 6: hashed linear models in integers.
 *
 * A feature is a bucket of a table and a value; a model has three weights a
 * bucket (negative, neutral, positive), trained by tools/train.c over the very
 * features that the core computes, and quantised to 8 bits.
 *
 * Feature hashing: Weinberger et al., "Feature hashing for large scale multitask
 * learning" (2009).  Collisions are left to the training.
 */
#ifndef FS_LINEAR_H
#define FS_LINEAR_H

#include "rules.h"

#define FS_MODEL_BITS 17
#define FS_MODEL_BUCKETS (1u << FS_MODEL_BITS)
#define FS_FEATURE_ONE 256 /* value 1.0 */

typedef struct FsFeature
{
	uint32_t bucket;
	int32_t	 value; /* in 1/256 */
} FsFeature;

/* Room for all features of a sentence; what is over is dropped. */
#define FS_FEATURES_MAX 4096

typedef struct FsFeatures
{
	int		  n;
	int		  group; /* where the group being filled begins */
	FsFeature item[FS_FEATURES_MAX];
} FsFeatures;

typedef struct FsLogits
{
	int32_t negative; /* in 1/256 */
	int32_t neutral;
	int32_t positive;
} FsLogits;

/* A group of features: scaled to one length, so that long sentences do not outweigh. */
static inline void
fs_feature_group(FsFeatures *features)
{
	features->group = features->n;
}

static inline void
fs_feature(FsFeatures *features, uint32_t hash, int32_t value)
{
	if (features->n < FS_FEATURES_MAX && value != 0)
	{
		features->item[features->n].bucket = hash & (FS_MODEL_BUCKETS - 1);
		features->item[features->n].value = value;
		features->n++;
	}
}

/* Scale the group begun last, all of value 1, to a Euclidean length of weight/256. */
extern void fs_feature_scale(FsFeatures *features, int32_t weight);

/* Features of a sentence: rules, lemmas, words. */
extern void fs_sentence_features(const FsParse *parse, const FsEvent *events, int nevents, FsFeatures *features);

/* Features of a sentence as seen from the unit whose sentiment is asked for. */
extern void fs_target_features(const FsParse *parse, const FsEvent *events, int nevents, int unit,
							   FsFeatures *features);

typedef enum FsModel
{
	FS_MODEL_SENTENCE,
	FS_MODEL_TARGET
} FsModel;

extern FsLogits fs_linear(FsModel model, const FsFeatures *features);

#endif /* FS_LINEAR_H */
