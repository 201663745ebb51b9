/*
 * shares.c - level 8: how much each voice of a trained model counts.
 *
 * Words, forest and finsent's own answer (trained.h) each give logits; the
 * model's are their mean, weighted by shares that are multiples of 1/4.  Of the
 * fifteen ways to share, the best is the one by which the held-out sentences are
 * likeliest: few rows leave most to finsent, rows in a language of their own to the words,
 * rows that weigh what finsent finds differently to the forest.
 *
 * Shares that are used on a fold are chosen on the others, so that the figures of a
 * cross-validation tell of texts that had no part in any choice.
 *
 * Losses are integers (fs_softmax, fs_log): no machine chooses differently.
 */
#include "shares.h"

#define HEATS 5
#define WAYS ((FS_SHARES + 1) * (FS_SHARES + 2) / 2)
#define POLL_SENTENCES 1024

struct FsShares
{
	int		 folds;
	int64_t *losses; /* fold by fold, of every way at every heat */
};

/* The shares of a way: ways of few words first, and of little forest among them. */
static void
shares_of(int way, int *words, int *forest)
{
	*words = 0;
	while (way > FS_SHARES - *words)
		way -= FS_SHARES - (*words)++ + 1;
	*forest = way;
}

/* What logits are divided by, in percent: a voice that is too sure of itself is not worse for that. */
static const int heats[HEATS] = { 70, 100, 140, 200, 280 };

/* Minus the logarithm of the probability of what is right, in 1/256. */
static int64_t
loss(const FsHeard *heard, int way, int heat)
{
	FsProbability p;
	FsLogits	  l;
	int			  words;
	int			  forest;

	shares_of(way, &words, &forest);
	l = fs_trained_blend(words, forest, heard->words, heard->forest, heard->compiled);
	p = fs_softmax((FsLogits){ l.negative * 100 / heat, l.neutral * 100 / heat, l.positive * 100 / heat });
	return -fs_log((heard->label == 0 ? p.negative : heard->label == 1 ? p.neutral : p.positive) + 1);
}

FsShares *
fs_shares_start(FsArena *arena, const FsHeard *heard, uint32_t n, int folds)
{
	FsShares *shares = fs_alloc(arena, sizeof(FsShares));

	shares->folds = folds;
	shares->losses = fs_alloc0(arena, (size_t) folds * WAYS * HEATS * sizeof(int64_t));
	for (uint32_t i = 0; i < n; i++)
	{
		if (i % POLL_SENTENCES == 0)
			fs_poll(arena);
		for (int way = 0; way < WAYS * HEATS; way++)
			shares->losses[heard[i].fold * WAYS * HEATS + way] +=
				loss(&heard[i], way / HEATS, heats[way % HEATS]) * heard[i].weight;
	}
	return shares;
}

void
fs_shares_choose(const FsShares *shares, int fold, FsTrained *model)
{
	int64_t least = INT64_MAX;
	int		words;
	int		forest;

	for (int way = 0; way < WAYS * HEATS; way++)
	{
		int64_t sum = 0;

		for (int i = 0; i < shares->folds; i++)
			if (i != fold)
				sum += shares->losses[i * WAYS * HEATS + way];
		if (sum >= least)
			continue;
		least = sum;
		shares_of(way / HEATS, &words, &forest);
		model->words_share = (uint8_t) words;
		model->forest_share = (uint8_t) forest;
	}
}
