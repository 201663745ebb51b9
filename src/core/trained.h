/*
 * trained.h - level 6: a sentence model trained by a user, and its bytes.
 *
 * Three voices, in shares that its training found out:
 *
 *   words     a linear model that reads what the compiled one reads (linear.h), and
 *             behind it what the rules and the compiled model say of the sentence
 *   forest    trees that ask about the measures of the sentence (forest.h)
 *   compiled  finsent's own answer
 *
 * So a few hundred rows suffice: where they teach nothing, it answers as finsent does.
 */
#ifndef FS_TRAINED_H
#define FS_TRAINED_H

#include "forest.h"

/*
 * What the rules and the compiled model say, in two sets, one for prose and one
 * for headlines: three logits, the net of the events where it is good and where
 * it is bad, and 1.
 */
#define FS_STACK 6
#define FS_STACK_ALL (2 * FS_STACK)

/* Buckets of a trained model: the compiled model's, and those above behind them. */
#define FS_TRAINED_BUCKETS (FS_MODEL_BUCKETS + FS_STACK_ALL)

#define FS_STACK_ONE 65536 /* a weight of 1.0 */

#define FS_SHARES 4 /* what the shares of the voices add up to */

typedef struct FsTrained
{
	uint8_t	 words_share; /* of FS_SHARES; finsent's own answer has what is left */
	uint8_t	 forest_share;
	FsForest forest;
	int32_t	 scale;					 /* weights in 1.0 */
	int32_t	 bias[3];				 /* 1/256 */
	int32_t	 stack[FS_STACK_ALL][3]; /* 1/65536 */
	int8_t	 weights[FS_MODEL_BUCKETS][3];
} FsTrained;

/* What a trained model sees of a sentence. */
typedef struct FsSight
{
	FsFeatures *features; /* room for them */
	FsMeasures	measures;
	FsLogits	compiled; /* finsent's own answer */
} FsSight;

/* Behind the features of the compiled model, what the rules find and what it says of them. */
extern void fs_trained_stack(const FsParse *parse, const FsEvent *events, int nevents, FsLogits compiled,
							 FsFeatures *features);

/* What its words say. */
extern FsLogits fs_trained_words(const FsTrained *model, const FsFeature *features, int n);

/* The three voices together, with the shares of a model. */
extern FsLogits fs_trained_blend(int words_share, int forest_share, FsLogits words, FsLogits forest,
								 FsLogits compiled);

extern FsLogits fs_trained_logits(const FsTrained *model, const FsSight *sight);

typedef enum FsModelFault
{
	FS_MODEL_GOOD,
	FS_MODEL_FOREIGN,  /* not a model's bytes, or of a later format */
	FS_MODEL_FEATURES, /* trained over another version of the features */
	FS_MODEL_CORRUPT,  /* cut short, changed, or against the format */
} FsModelFault;

/* Bytes of a model (trained.c says which); features is the name of the compiled model. */
extern FsText fs_trained_write(FsArena *arena, const FsTrained *model, const char *features);

/*
 * The model of bytes, in the arena; NULL with the fault if they are none.  Any
 * bytes may be given.  Where features differ, *found is what they name.
 */
extern const FsTrained *fs_trained_read(FsArena *arena, const void *bytes, size_t size, const char *features,
										FsModelFault *fault, FsText *found);

/* Set size and checksum of bytes: for tests, which forge models. */
extern void fs_trained_seal(char *bytes, size_t size);

#endif /* FS_TRAINED_H */
