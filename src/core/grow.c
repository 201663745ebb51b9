/*
 * grow.c - level 7: growing a forest from labelled sentences.
 *
 * Extremely randomized trees (Geurts, Ernst and Wehenkel, "Extremely randomized
 * trees", 2006): each node draws some measures that differ among its samples, for
 * each a cut between their ends, and takes of these questions the one behind
 * which the classes are least mixed (Gini),
 *
 *     largest sum over both sides of (sum over classes of count^2) / count
 *
 * A tree by itself has learned its samples by heart; the mean of many that asked
 * different questions has not.
 *
 * A tree is grown from all samples up to a number, from a random part of that
 * size beyond, so that its size and its time do not follow the number of texts.
 *
 * Deterministic: random numbers are those of splitmix64 from a fixed start (Steele, Lea and
 * Flood, "Fast splittable pseudorandom number generators", 2014), counts are integers, and what
 * is compared are sums of two correctly rounded quotients: the same samples in the
 * same order give the same forest on every machine.
 */
#include "grow.h"
#include "hash.h"

#define TREE_SAMPLES 3000 /* a tree is grown from at most so many */
#define LEAF_SAMPLES 4	  /* and a leaf from at least so many */
#define DRAWS 12		  /* measures a node looks at: the square root of their number */

_Static_assert(FS_FOREST_TREES *(2 * TREE_SAMPLES / LEAF_SAMPLES) <= FS_FOREST_NODES, "a forest may be written");

/* What a tree is grown from, and the forest so far. */
typedef struct Growth
{
	FsGrowSample *samples;
	FsNode		 *nodes;
	uint32_t	  nnodes;
	uint64_t	  random;
} Growth;

/* A question, and how well it parts. */
typedef struct Question
{
	double	purity;
	int		measure;
	int32_t cut;
} Question;

/* Below n, which is small. */
static uint32_t
draw(Growth *g, uint32_t n)
{
	uint64_t z = g->random += FS_HASH_K;

	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return (uint32_t) ((((z ^ z >> 31) >> 32) * n) >> 32);
}

/* Squares of counts over their sum. */
static double
purity(const int64_t count[3])
{
	return (double) (count[0] * count[0] + count[1] * count[1] + count[2] * count[2]) /
		   (double) (count[0] + count[1] + count[2]);
}

static void
count_classes(const FsGrowSample *samples, uint32_t n, int64_t count[3])
{
	memset(count, 0, 3 * sizeof(*count));
	for (uint32_t i = 0; i < n; i++)
		count[samples[i].label] += samples[i].weight;
}

/* Ask a random question about a measure; false if all samples have the same, true too if it parts too few. */
static bool
try_measure(Growth *g, uint32_t first, uint32_t n, const int64_t all[3], int measure, Question *best)
{
	const FsGrowSample *samples = g->samples + first;
	int32_t				low = INT16_MAX;
	int32_t				high = INT16_MIN;
	int32_t				cut;
	int64_t				left[3] = { 0 };
	int64_t				right[3];
	uint32_t			nleft = 0;
	Question			question;

	for (uint32_t i = 0; i < n; i++)
	{
		int32_t value = samples[i].measures->value[measure];

		low = value < low ? value : low;
		high = value > high ? value : high;
	}
	if (low == high)
		return false;
	cut = low + (int32_t) draw(g, (uint32_t) (high - low));
	for (uint32_t i = 0; i < n; i++)
		if (samples[i].measures->value[measure] <= cut)
		{
			left[samples[i].label] += samples[i].weight;
			nleft++;
		}
	if (nleft < LEAF_SAMPLES || n - nleft < LEAF_SAMPLES)
		return true;
	for (int k = 0; k < 3; k++)
		right[k] = all[k] - left[k];
	question = (Question){ purity(left) + purity(right), measure, cut };
	if (question.purity > best->purity)
		*best = question;
	return true;
}

/* The best of DRAWS questions; measure -1: none. */
static Question
find_question(Growth *g, uint32_t first, uint32_t n, const int64_t all[3])
{
	Question best = { -1, -1, 0 };
	uint8_t	 measures[FS_MEASURES];
	int		 drawn = 0;

	for (int i = 0; i < FS_MEASURES; i++)
		measures[i] = (uint8_t) i;
	for (int left = FS_MEASURES; left > 0 && drawn < DRAWS;)
	{
		uint32_t at = draw(g, (uint32_t) left);
		int		 measure = measures[at];

		measures[at] = measures[--left];
		drawn += try_measure(g, first, n, all, measure, &best);
	}
	return best;
}

/* Samples that say yes to the front; returns their number. */
static uint32_t
part_samples(FsGrowSample *samples, uint32_t n, const Question *question)
{
	uint32_t i = 0;

	while (i < n)
		if (samples[i].measures->value[question->measure] <= question->cut)
			i++;
		else
		{
			FsGrowSample sample = samples[--n];

			samples[n] = samples[i];
			samples[i] = sample;
		}
	return i;
}

static void
make_leaf(FsNode *node, const int64_t count[3])
{
	int64_t all = count[0] + count[1] + count[2];

	node->measure = FS_NODE_LEAF;
	/* A leaf has a sample: NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
	node->negative = (uint8_t) (count[0] * FS_SHARE_ONE / all);
	node->positive = (uint8_t) (count[2] * FS_SHARE_ONE / all);
}

/* Grow what stands on samples first.. of the tree; depth is at most FS_FOREST_DEPTH. */
static void
grow_node(Growth *g, uint32_t first, uint32_t n, int depth)
{
	uint32_t at = g->nnodes++;
	FsNode	*node = &g->nodes[at];
	int64_t	 all[3];
	int64_t	 most;
	Question question = { -1, -1, 0 };
	uint32_t left;

	count_classes(g->samples + first, n, all);
	most = all[0] > all[1] ? all[0] : all[1];
	most = most > all[2] ? most : all[2];
	if (n >= 2 * LEAF_SAMPLES && most < all[0] + all[1] + all[2] && depth < FS_FOREST_DEPTH)
		question = find_question(g, first, n, all);
	memset(node, 0, sizeof(*node));
	if (question.measure < 0)
	{
		make_leaf(node, all);
		return;
	}
	node->measure = (uint8_t) question.measure;
	node->cut = (int16_t) question.cut;
	left = part_samples(g->samples + first, n, &question);
	grow_node(g, first, left, depth + 1);
	node->right = g->nnodes;
	grow_node(g, first + left, n - left, depth + 1);
}

/* Random samples to the front. */
static void
shuffle(Growth *g, uint32_t n, uint32_t wanted)
{
	for (uint32_t i = 0; i < wanted; i++)
	{
		uint32_t	 at = i + draw(g, n - i);
		FsGrowSample sample = g->samples[i];

		g->samples[i] = g->samples[at];
		g->samples[at] = sample;
	}
}

void
fs_forest_grow(FsArena *arena, FsGrowSample *samples, uint32_t n, FsForest *forest)
{
	uint32_t size = n < TREE_SAMPLES ? n : TREE_SAMPLES;
	size_t	 room = (size_t) FS_FOREST_TREES * (2 * size / LEAF_SAMPLES + 1);
	Growth	 g = { samples, fs_alloc(arena, room * sizeof(FsNode)), 0, 1 };

	*forest = (FsForest){ .trees = FS_FOREST_TREES, .nodes = g.nodes };
	for (int i = 0; i < FS_FOREST_TREES; i++)
	{
		fs_poll(arena);
		forest->roots[i] = g.nnodes;
		if (size < n)
			shuffle(&g, n, size);
		grow_node(&g, 0, size, 0);
	}
	forest->nnodes = g.nnodes;
}
