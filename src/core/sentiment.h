/*
 * sentiment.h - level 7: the score of one sentence.
 *
 * All integer: logits are in 1/256, probabilities in 1/65536 through a table,
 * scores in 1/10000.  Compilers, libm and JIT cannot change a bit.
 */
#ifndef FS_SENTIMENT_H
#define FS_SENTIMENT_H

#include "trained.h"

#define FS_SCORE_ONE 10000 /* a score of 1.0 */

typedef struct FsProbability
{
	uint32_t negative; /* the three add up to 65536 */
	uint32_t neutral;
	uint32_t positive;
} FsProbability;

typedef struct FsSentiment
{
	int32_t		  score; /* [-FS_SCORE_ONE, FS_SCORE_ONE]; |score| >= 1200
								 * exactly if negative or positive is likeliest */
	FsProbability p;
	FsLogits	  logits;
} FsSentiment;

/* Softmax of logits. */
extern FsProbability fs_softmax(FsLogits logits);

/* Score of probabilities (see sentiment.c). */
extern int32_t fs_score_of(FsProbability p);

extern FsSentiment fs_sentiment_of(FsLogits logits);

/* Whether the words of a sentence count for nothing beside its events: prose behind a document's lead. */
extern bool fs_takes_rules_alone(const FsSentence *sentence);

/* Score of a sentence, by a trained model unless NULL; scratch is room for its features. */
extern FsSentiment fs_sentiment(const FsTrained *model, const FsParse *parse, const FsEvent *events, int nevents,
								FsFeatures *scratch);

/* What a trained model sees of a sentence: the user's own terms are not among it. */
extern void fs_see(const FsParse *parse, const FsEvent *events, int nevents, FsSight *sight);

/* Score of the events alone, whatever the words say. */
extern int32_t fs_rules_score(const FsEvent *events, int nevents);

/*
 * Share of a sentence's score that each event carries, in the score's unit,
 * signed; returns what no event carries.  All add up to the score.
 */
extern int32_t fs_sentiment_shares(int32_t score, const FsEvent *events, int nevents, int32_t *shares);

#endif /* FS_SENTIMENT_H */
