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

/* Buckets of the sentence model: the features of any sentence, then those of headlines and posts. */
#define FS_SENTENCE_BUCKETS (2 * FS_MODEL_BUCKETS)

typedef struct FsFeature
{
	uint32_t bucket;
	int32_t	 value; /* in 1/256 */
} FsFeature;

/* Room for all features of a sentence of FS_SENTENCE_TOKENS with FS_EVENTS_MAX events. */
#define FS_FEATURES_MAX 9216

/* The weights of the buckets, three each. */
typedef const int8_t (*FsWeights)[3];

/* The features of a sentence: listed with their values, or weighed at once. */
typedef struct FsFeatures
{
	int		  n;
	int		  group;   /* where the group being filled begins */
	FsWeights weights; /* of a model, by which sum is kept and no value listed; NULL: values are */
	int32_t	  sum[3];
	FsFeature item[FS_FEATURES_MAX];
} FsFeatures;

typedef struct FsLogits
{
	int32_t negative; /* in 1/256 */
	int32_t neutral;
	int32_t positive;
} FsLogits;

/* The sum of a group of features' weights, by value so that it stays in registers. */
typedef struct FsWeightSum
{
	int32_t negative;
	int32_t neutral;
	int32_t positive;
} FsWeightSum;

static inline void
fs_weights_add(FsWeightSum *sum, const int8_t w[3])
{
	sum->negative += w[0];
	sum->neutral += w[1];
	sum->positive += w[2];
}

/* Add the weights of a bucket, times value, to a sum. */
static inline void
fs_weigh(FsWeights weights, uint32_t bucket, int32_t value, int32_t sum[3])
{
	const int8_t *w = weights[bucket];

	sum[0] += value * w[0]; /* 9216 values of at most 1024 times 127 fit */
	sum[1] += value * w[1];
	sum[2] += value * w[2];
}

static inline void
fs_feature_at(FsFeatures *features, uint32_t bucket, int32_t value)
{
	if (features->n >= FS_FEATURES_MAX || value == 0)
		return;
	features->item[features->n].bucket = bucket;
	features->item[features->n].value = value;
	features->n++;
	if (features->weights)
		fs_weigh(features->weights, bucket, value, features->sum);
}

static inline void
fs_feature(FsFeatures *features, uint32_t hash, int32_t value)
{
	fs_feature_at(features, hash & (FS_MODEL_BUCKETS - 1), value);
}

/*
 * A group of features of one value, which the end of the group gives: its
 * Euclidean length is then weight/256, so that long sentences do not outweigh.
 * sum, begun at 0, is the group's own.
 */
static inline void
fs_group_begin(FsFeatures *features)
{
	features->group = features->n;
}

static inline void
fs_group_add(FsFeatures *features, uint32_t bucket, FsWeightSum *sum)
{
	if (features->n >= FS_FEATURES_MAX)
		return;
	features->item[features->n++].bucket = bucket;
	if (features->weights)
		fs_weights_add(sum, features->weights[bucket]);
}

/* Returns the value. */
extern int32_t fs_group_end(FsFeatures *features, int32_t weight, FsWeightSum sum);

/* The value that this gives each of n features; 0 if there is none. */
extern int32_t fs_feature_value(int n, int32_t weight);

/* Features of a sentence: rules, lemmas, words. */
extern void fs_sentence_features(const FsParse *parse, const FsEvent *events, int nevents, FsFeatures *features);

/*
 * All that the sentence model reads: of a headline or post more features behind
 * those of fs_sentence_features, in buckets above theirs (headline.c).  Returns
 * how many fs_sentence_features gave.
 */
extern int fs_model_features(const FsParse *parse, const FsEvent *events, int nevents, FsFeatures *features);

/* The sentence model's logits. */
extern FsLogits fs_model_logits(const FsParse *parse, const FsEvent *events, int nevents, FsFeatures *scratch);

typedef enum FsModel
{
	FS_MODEL_SENTENCE,
	FS_MODEL_TARGET
} FsModel;

extern FsLogits fs_linear(FsModel model, const FsFeatures *features);

/* Add the dot product of features to a sum, of which fs_linear_end makes logits. */
extern void		fs_linear_add(FsModel model, const FsFeatures *features, int32_t sum[3]);
extern FsLogits fs_linear_end(FsModel model, const int32_t sum[3]);

extern FsWeights fs_linear_table(FsModel model);

/* A sentence as its names see it: what is the same for all of them. */
typedef struct FsView
{
	const FsParse *parse;
	const FsEvent *events;
	int			   nevents;
	int			   names;					  /* units that are names */
	int			   colon;					  /* the last one, -1: none */
	bool		   many;					  /* prefix is filled */
	int32_t		   whole[3];				  /* sum of the features that no name changes */
	uint8_t		   part[FS_SENTENCE_TOKENS];  /* of a unit: clauses, commas included */
	uint16_t	   part_begin[UINT8_MAX + 2]; /* its first unit, and the end of the last */
	int			   nkinds;
	uint8_t		   kinds[FS_SENTENCE_TOKENS + 1]; /* FsKind of units, without those of none, names in a row as one */
	bool		   silent[FS_SENTENCE_TOKENS];	  /* units of no kind */
	int16_t		   kind_from[FS_SENTENCE_TOKENS + 1]; /* the first kind at or behind a unit */
	int16_t		   kind_to[FS_SENTENCE_TOKENS];		  /* the last one at or before it, -1: none */
	uint32_t	   word[FS_SENTENCE_TOKENS];		  /* hash for the word context */
	int			   nsaid;
	uint32_t	   said[FS_SENTENCE_TOKENS + 2];	  /* the words that are not 0, between two of no word */
	uint16_t	   said_from[FS_SENTENCE_TOKENS + 1]; /* the first of a unit at or behind one */
	FsFeatures	   features;						  /* scratch */
	/* weights of the words before a unit, by where the name stands; see target_features.c */
	int32_t prefix[4][FS_SENTENCE_TOKENS + 1][3];
} FsView;

/* Look at a sentence from about so many of its units. */
extern void fs_view_start(const FsParse *parse, const FsEvent *events, int nevents, int targets, FsView *view);

/* Logits toward the thing at a unit. */
extern FsLogits fs_view_logits(FsView *view, int unit);

/* The features that they stand on, in a list. */
extern void fs_target_features(const FsView *view, int unit, FsFeatures *features);

#endif /* FS_LINEAR_H */
