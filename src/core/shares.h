/*
 * shares.h - level 8: how much each voice of a trained model counts.
 */
#ifndef FS_SHARES_H
#define FS_SHARES_H

#include "sentiment.h"

/* What the voices said of a sentence, by a model that had not seen its text. */
typedef struct FsHeard
{
	FsLogits words;
	FsLogits forest;
	FsLogits compiled;
	uint16_t fold;
	uint16_t weight;
	uint8_t	 label; /* 0 negative, 1 neutral, 2 positive */
} FsHeard;

typedef struct FsShares FsShares;

/* Listen to n sentences of so many folds.  Polls. */
extern FsShares *fs_shares_start(FsArena *arena, const FsHeard *heard, uint32_t n, int folds);

/* Give a model the shares that are best on all folds but one (-1: on all). */
extern void fs_shares_choose(const FsShares *shares, int fold, FsTrained *model);

#endif /* FS_SHARES_H */
