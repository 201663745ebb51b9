/*
 * grow.h - level 7: growing a forest from labelled sentences.
 */
#ifndef FS_GROW_H
#define FS_GROW_H

#include "forest.h"

/* A sentence to grow from. */
typedef struct FsGrowSample
{
	const FsMeasures *measures;
	uint16_t		  weight; /* 1 or more */
	uint8_t			  label;  /* 0 negative, 1 neutral, 2 positive */
} FsGrowSample;

/* Grow a forest from samples (one or more), which are put into another order.  Polls. */
extern void fs_forest_grow(FsArena *arena, FsGrowSample *samples, uint32_t n, FsForest *forest);

#endif /* FS_GROW_H */
