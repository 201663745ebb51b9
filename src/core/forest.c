/*
 * forest.c - level 6: trees that ask about the measures of a sentence.
 *
 * A node is three bytes: the measure and the cut, low byte first; or FS_NODE_LEAF and
 * the shares of negative and positive.  A node's left follows it, its right
 * follows that, so no place is stored, and every forest has one form in bytes.
 */
#include "forest.h"

#define FLOOR 200	 /* of 65536, added to a share: no class is out of the question */
#define LOG_BITS 12	 /* of the fraction of a binary logarithm */
#define LOG_TWO 2839 /* 256 ln 2, times 65536 and over 2^LOG_BITS */

int32_t
fs_log(uint32_t x)
{
	int		 top = 31 - __builtin_clz(x);
	uint64_t y = (uint64_t) x << (31 - top); /* 1.0 is 2^31 */
	int64_t	 log = top - 16;

	/* squaring doubles the logarithm: each time it passes 1, a bit of the fraction */
	for (int i = 0; i < LOG_BITS; i++)
	{
		y = y * y >> 31;
		log = log * 2 + (y >> 32 != 0);
		y >>= y >> 32;
	}
	return (int32_t) (log * LOG_TWO / 65536);
}

FsLogits
fs_forest_logits(const FsForest *forest, const FsMeasures *measures)
{
	uint32_t negative = 0;
	uint32_t positive = 0;
	uint32_t all = (uint32_t) forest->trees * FS_SHARE_ONE;

	if (forest->trees == 0)
		return (FsLogits){ 0, 0, 0 };
	for (int i = 0; i < forest->trees; i++)
	{
		const FsNode *node = &forest->nodes[forest->roots[i]];

		while (node->measure != FS_NODE_LEAF)
			node = measures->value[node->measure] <= node->cut ? node + 1 : &forest->nodes[node->right];
		negative += node->negative;
		positive += node->positive;
	}
	return (FsLogits){ fs_log(negative * 65536 / all + FLOOR),
					   fs_log((all - negative - positive) * 65536 / all + FLOOR),
					   fs_log(positive * 65536 / all + FLOOR) };
}

void
fs_forest_write(FsArena *arena, const FsForest *forest, FsString *out)
{
	for (uint32_t i = 0; i < forest->nnodes; i++)
	{
		const FsNode *node = &forest->nodes[i];
		bool		  leaf = node->measure == FS_NODE_LEAF;
		uint16_t	  cut = (uint16_t) node->cut;
		const char	  bytes[FS_NODE_BYTES] = { (char) node->measure, (char) (leaf ? node->negative : cut & 255),
											   (char) (leaf ? node->positive : cut >> 8) };

		fs_append(arena, out, bytes, FS_NODE_BYTES);
	}
}

/* A node but for its right; false if it is none. */
static bool
read_node(const char *bytes, FsNode *node)
{
	uint8_t low = (uint8_t) bytes[1];
	uint8_t high = (uint8_t) bytes[2];

	node->measure = (uint8_t) bytes[0];
	if (node->measure == FS_NODE_LEAF)
	{
		node->negative = low;
		node->positive = high;
		return low + high <= FS_SHARE_ONE;
	}
	node->cut = (int16_t) (low | high << 8);
	return node->measure < FS_MEASURES;
}

bool
fs_forest_read(FsArena *arena, const char *bytes, int trees, uint32_t nnodes, FsForest *forest)
{
	uint32_t open[FS_FOREST_DEPTH]; /* nodes whose right is still to come */
	FsNode	*nodes;
	uint32_t n = 0;

	if (trees > FS_FOREST_TREES || nnodes > FS_FOREST_NODES)
		return false;
	nodes = fs_alloc0(arena, ((size_t) nnodes + 1) * sizeof(FsNode));
	*forest = (FsForest){ .trees = trees, .nnodes = nnodes, .nodes = nodes };
	for (int i = 0; i < trees; i++)
	{
		int depth = 0;

		forest->roots[i] = n;
		for (;;)
		{
			if (n == nnodes || !read_node(bytes + (size_t) n * FS_NODE_BYTES, &nodes[n]))
				return false;
			if (nodes[n].measure != FS_NODE_LEAF)
			{
				if (depth == FS_FOREST_DEPTH)
					return false;
				open[depth++] = n++;
				continue;
			}
			n++;
			if (depth == 0)
				break;
			nodes[open[--depth]].right = n;
		}
	}
	return n == nnodes;
}
