/*
 * horizon.h - level 3: time horizons that a sentence states, in months.
 */
#ifndef FS_HORIZON_H
#define FS_HORIZON_H

#include "scan.h"

#define FS_HORIZONS_MAX 16 /* a sentence's further horizons are dropped */

typedef struct FsHorizon
{
	int32_t	 low; /* months, inclusive */
	int32_t	 high;
	uint16_t first; /* tokens of the sentence, inclusive */
	uint16_t last;
} FsHorizon;

/* Horizons in the future, in order of place, into out; returns the number. */
extern int fs_horizons_find(const FsSentence *sentence, FsHorizon out[FS_HORIZONS_MAX]);

#endif /* FS_HORIZON_H */
