/*
 * forest.h - level 6: trees that ask about the measures of a sentence.
 *
 * A tree's node asks whether a measure is at most a number, and goes left or
 * right; a leaf has the shares of the classes among the texts that ended there
 * when it was grown (grow.c).  A forest says the mean of its trees' leaves.  All
 * in integers.
 */
#ifndef FS_FOREST_H
#define FS_FOREST_H

#include "measure.h"

#define FS_FOREST_TREES 64
#define FS_FOREST_DEPTH 40		   /* questions that a leaf lies behind, at most */
#define FS_FOREST_NODES (1u << 17) /* of all trees */
#define FS_NODE_BYTES 3
#define FS_NODE_LEAF 255 /* in the place of a measure */
#define FS_SHARE_ONE 255 /* a share of 1.0 */

typedef struct FsNode
{
	uint32_t right; /* where it goes if the measure is above the cut; else to the next node */
	int16_t	 cut;
	uint8_t	 measure;  /* FsMeasure, or FS_NODE_LEAF */
	uint8_t	 negative; /* of a leaf; what is left of FS_SHARE_ONE is neutral */
	uint8_t	 positive;
} FsNode;

typedef struct FsForest
{
	int			  trees; /* 0: says nothing */
	uint32_t	  nnodes;
	const FsNode *nodes; /* tree by tree, each node before its left, this before its right */
	uint32_t	  roots[FS_FOREST_TREES];
} FsForest;

/* Logarithms of the shares of the classes, in 1/256. */
extern FsLogits fs_forest_logits(const FsForest *forest, const FsMeasures *measures);

/* 256 times the natural logarithm of x/65536, x > 0: in integers, the same on every machine. */
extern int32_t fs_log(uint32_t x);

/* Append the nodes, FS_NODE_BYTES each. */
extern void fs_forest_write(FsArena *arena, const FsForest *forest, FsString *out);

/* Read so many trees from bytes of so many nodes; false if they are not exactly those of trees. */
extern bool fs_forest_read(FsArena *arena, const char *bytes, int trees, uint32_t nnodes, FsForest *forest);

#endif /* FS_FOREST_H */
