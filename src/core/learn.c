/*
 * learn.c - level 9: from labelled texts to a trained sentence model.
 *
 * A text becomes a sample for each of its sentences, with the text's class and
 * its weight divided among them; fit.c fits weights to the samples, which are
 * rounded to those of a trained model (trained.h), and grow.c grows its forest.
 *
 * Cross-validation measures what will be used: every held-out text is read as
 * finsent_score_as reads it, with the rounded model of the other folds.  On the way
 * it tells how much words, forest and finsent's own answer should count (shares.c).
 *
 * Texts are sorted by a hash before anything is fitted, so that a model does not
 * depend on the order in which a query happens to return them.  Within a class
 * the folds are dealt out in the order of another hash, which the seed changes;
 * equal texts have equal hashes and stay together, or a fold would be asked
 * what the others were told.
 *
 * Memory: about 1 kB a headline, 15 MB for the fit and reading, up to 1.6 MB a fold for its
 * model.  The arena gives nothing back, so the fits share what they work on (fs_fit_start).
 */
#include <stdlib.h>

#include "fit.h"
#include "grow.h"
#include "hash.h"
#include "label.h"
#include "learn.h"
#include "shares.h"

#define PENALTY_C 0.2 /* inverse penalty; docs/training.md says what was tried */
#define STEPS 120
#define POLL_TEXTS 64
#define TEXT_WEIGHT 960							 /* of a text in a forest, divided among its sentences */
#define MODELS_BYTES ((size_t) 96 * 1024 * 1024) /* models of 50 folds and what they are grown from */

typedef struct Text
{
	FsText	 text;
	uint64_t hash;
	uint64_t deal;	/* order of being dealt to the folds */
	uint32_t first; /* sample */
	uint32_t nsamples;
	int		 label;
	int		 fold;
} Text;

/* What models are made of, one after the other. */
typedef struct Workshop
{
	FsFitWork	 *fit;
	FsSample	 *samples;
	FsGrowSample *grown;
} Workshop;

struct FsLearner
{
	FsArena	   *arena;
	size_t		taken; /* by the arena before the learner */
	Text	   *texts;
	uint32_t	ntexts;
	uint32_t	texts_room;
	FsSample   *samples;
	uint32_t	nsamples;
	uint32_t	samples_room;
	int			count[FS_LEARN_CLASSES];
	FsMeasures *measures; /* of the samples */
	uint32_t	nmeasures;
	uint32_t	measures_room;
	FsHeard	   *heard; /* the same: compiled is what finsent says, the rest what models of other folds say */
	uint32_t	nheard;
	uint32_t	heard_room;
	FsShares   *shares;	  /* found by a validation */
	Workshop	workshop; /* opened by it */
	FsParse		parse;
	FsEvent	   *events;
	FsFeatures *features;
	char	   *block; /* scratch of one text */
};

/* Whatever a text of FS_LEARN_TEXT_MAX bytes holds, it is read within the block. */
#define BLOCK_BYTES ((size_t) 4 * 1024 * 1024)

FsLearner *
fs_learn_start(FsArena *arena)
{
	size_t	   taken = arena->total;
	FsLearner *learner = fs_alloc0(arena, sizeof(FsLearner));

	learner->arena = arena;
	learner->taken = taken;
	learner->events = fs_alloc(arena, FS_EVENTS_MAX * sizeof(FsEvent));
	learner->features = fs_alloc(arena, sizeof(FsFeatures));
	learner->block = fs_alloc(arena, BLOCK_BYTES);
	fs_parse_init(arena, &learner->parse);
	return learner;
}

int
fs_learn_count(const FsLearner *learner, int label)
{
	return learner->count[label];
}

size_t
fs_learn_memory(const FsLearner *learner)
{
	return learner->arena->total - learner->taken;
}

static uint64_t
hash_of(FsText text, uint64_t seed)
{
	return fs_hash_step(fs_hash_bytes(fs_hash_step(seed, text.len), text.data, text.len), seed);
}

/* Keep what a trained model sees of the sentence that is parsed. */
static void
keep_sample(FsLearner *learner, int label)
{
	FsArena	  *arena = learner->arena;
	FsSample  *sample = FS_PUSH(arena, learner->samples, learner->nsamples, learner->samples_room);
	FsSight	   sight = { .features = learner->features };
	size_t	   size;
	FsFeature *items;

	fs_see(&learner->parse, learner->events, fs_rules_apply(&learner->parse, learner->events), &sight);
	size = (size_t) sight.features->n * sizeof(FsFeature);
	items = fs_alloc(arena, size);
	memcpy(items, sight.features->item, size);
	*sample = (FsSample){ sight.features->n, items, label, 1 };
	*FS_PUSH(arena, learner->measures, learner->nmeasures, learner->measures_room) = sight.measures;
	*FS_PUSH(arena, learner->heard, learner->nheard, learner->heard_room) =
		(FsHeard){ .compiled = sight.compiled, .label = (uint8_t) label };
}

bool
fs_learn_add(FsLearner *learner, FsText text, int label)
{
	uint32_t   first = learner->nsamples;
	uint32_t   n;
	char	  *copy;
	FsScan	  *scan;
	FsArena	   scratch;
	FsSentence sentence;

	if (learner->ntexts >= FS_LEARN_TEXTS_MAX || text.len > FS_LEARN_TEXT_MAX ||
		fs_learn_memory(learner) + text.len > FS_LEARN_MEMORY_MAX - FS_FIT_BYTES(FS_TRAINED_BUCKETS) - MODELS_BYTES)
		return false;
	copy = fs_alloc(learner->arena, text.len);
	memcpy(copy, text.data, text.len);
	text.data = copy;
	fs_arena_init(&scratch, learner->arena->env, learner->block, BLOCK_BYTES);
	scan = fs_scan_start(&scratch, text, 0, text.len);
	while (fs_scan_next(scan, &sentence))
	{
		fs_parse_sentence(&sentence, NULL, &learner->parse);
		keep_sample(learner, label);
	}
	n = learner->nsamples - first;
	if (n == 0)
		return true;
	for (uint32_t i = first; i < learner->nsamples; i++)
	{
		learner->samples[i].weight = 1.0f / (float) n;
		learner->heard[i].weight = (uint16_t) (n < TEXT_WEIGHT ? TEXT_WEIGHT / n : 1);
	}
	*FS_PUSH(learner->arena, learner->texts, learner->ntexts, learner->texts_room) =
		(Text){ text, hash_of(text, FS_HASH_K), 0, first, n, label, 0 };
	learner->count[label]++;
	return true;
}

static int
compare_hashes(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* By hash, class and bytes: an order of the texts alone. */
static int
compare_texts(const void *a, const void *b)
{
	const Text *x = a;
	const Text *y = b;
	int			order = compare_hashes(x->hash, y->hash);

	if (order == 0)
		order = x->label - y->label;
	if (order == 0)
		order = compare_hashes(x->text.len, y->text.len);
	return order != 0 ? order : memcmp(x->text.data, y->text.data, x->text.len);
}

/* By class and the hash that deals out. */
static int
compare_deals(const void *a, const void *b)
{
	const Text *x = *(Text *const *) a;
	const Text *y = *(Text *const *) b;

	return x->label != y->label ? x->label - y->label : compare_hashes(x->deal, y->deal);
}

static void
sort_texts(FsLearner *learner)
{
	qsort(learner->texts, learner->ntexts, sizeof(Text), compare_texts);
}

/* Deal the texts out to folds, each class in turn. */
static void
deal_texts(FsLearner *learner, int folds, uint32_t seed)
{
	Text **order = fs_alloc(learner->arena, learner->ntexts * sizeof(Text *));
	int	   fold = 0;

	for (uint32_t i = 0; i < learner->ntexts; i++)
	{
		order[i] = &learner->texts[i];
		order[i]->deal = hash_of(order[i]->text, seed * UINT64_C(0xD1B54A32D192ED03) + 1);
	}
	qsort(order, learner->ntexts, sizeof(Text *), compare_deals);
	for (uint32_t i = 0; i < learner->ntexts; i++)
	{
		if (i > 0 && (order[i]->label != order[i - 1]->label || order[i]->deal != order[i - 1]->deal))
			fold = (fold + 1) % folds;
		order[i]->fold = fold;
	}
}

/* Samples of all texts but those of a fold (-1: of all), in the texts' order; returns their number. */
static uint32_t
gather(const FsLearner *learner, int fold)
{
	const Workshop *workshop = &learner->workshop;
	uint32_t		n = 0;

	for (uint32_t i = 0; i < learner->ntexts; i++)
	{
		const Text *text = &learner->texts[i];

		if (text->fold == fold)
			continue;
		for (uint32_t j = text->first; j < text->first + text->nsamples; j++)
		{
			workshop->samples[n] = learner->samples[j];
			workshop->grown[n++] =
				(FsGrowSample){ &learner->measures[j], learner->heard[j].weight, (uint8_t) text->label };
		}
	}
	return n;
}

static void
open_workshop(FsLearner *learner)
{
	learner->workshop = (Workshop){ fs_fit_start(learner->arena, FS_TRAINED_BUCKETS),
									fs_alloc(learner->arena, learner->nsamples * sizeof(FsSample)),
									fs_alloc(learner->arena, learner->nsamples * sizeof(FsGrowSample)) };

	fs_fit_steps(learner->workshop.fit, STEPS);
}

/* Weights as a trained model holds them. */
static void
round_weights(const FsFit *fit, FsTrained *model)
{
	FsFit words = *fit;

	words.buckets = FS_MODEL_BUCKETS;
	model->scale = fs_fit_scale(&words);
	for (int k = 0; k < 3; k++)
	{
		model->bias[k] = fs_fit_bias(fit, k);
		for (uint32_t i = 0; i < FS_MODEL_BUCKETS; i++)
			model->weights[i][k] = (int8_t) fs_fit_weight(fit, model->scale, i, k);
		for (uint32_t i = 0; i < FS_STACK_ALL; i++)
			model->stack[i][k] = fs_fit_weight(fit, FS_STACK_ONE, FS_MODEL_BUCKETS + i, k);
	}
}

/* A model of all texts but those of a fold (-1: of all), whose voices have no shares yet. */
static FsTrained *
make_model(FsLearner *learner, int fold)
{
	const Workshop *workshop = &learner->workshop;
	FsTrained	   *model = fs_alloc0(learner->arena, sizeof(FsTrained));
	uint32_t		n = gather(learner, fold);

	round_weights(fs_fit_run(workshop->fit, workshop->samples, (int) n, PENALTY_C), model);
	fs_forest_grow(learner->arena, workshop->grown, n, &model->forest);
	return model;
}

/* Give a model its shares, and take from it what has none. */
static void
share_out(const FsShares *shares, int fold, FsTrained *model)
{
	fs_shares_choose(shares, fold, model);
	if (model->forest_share == 0)
		model->forest = (FsForest){ 0 };
	if (model->words_share == 0)
	{
		model->scale = 1;
		memset(model->bias, 0, sizeof(model->bias));
		memset(model->stack, 0, sizeof(model->stack));
		memset(model->weights, 0, sizeof(model->weights));
	}
}

/* The class of a text as finsent_score_as gives it; model NULL: as finsent_score. */
static int
class_of(FsLearner *learner, const FsTrained *model, FsText text)
{
	FsKnowledge		  knowledge = { .trained = model };
	FsArena			  scratch;
	FsError			  error;
	const FsDocument *document;

	fs_arena_init(&scratch, learner->arena->env, learner->block, BLOCK_BYTES);
	document =
		fs_document_read_with(&scratch, text, (FsText){ "", 0 }, FS_WANT_SCORE, model ? &knowledge : NULL, &error);
	return fs_class(fs_label(document->score));
}

/* Hear what a model says of the sentences of its fold. */
static void
hear(FsLearner *learner, int fold, const FsTrained *model)
{
	for (uint32_t i = 0; i < learner->ntexts; i++)
	{
		const Text *text = &learner->texts[i];

		for (uint32_t j = text->first; text->fold == fold && j < text->first + text->nsamples; j++)
		{
			learner->heard[j].words = fs_trained_words(model, learner->samples[j].items, learner->samples[j].n);
			learner->heard[j].forest = fs_forest_logits(&model->forest, &learner->measures[j]);
			learner->heard[j].fold = (uint16_t) fold;
		}
	}
}

static void
count_class(FsTally tallies[FS_LEARN_CLASSES], int predicted, int gold)
{
	tallies[predicted].predicted++;
	tallies[gold].gold++;
	tallies[gold].right += predicted == gold;
}

void
fs_learn_validate(FsLearner *learner, int folds, uint32_t seed, FsValidation *validation)
{
	FsTrained **models = fs_alloc(learner->arena, (size_t) folds * sizeof(FsTrained *));

	memset(validation, 0, sizeof(*validation));
	open_workshop(learner);
	sort_texts(learner);
	deal_texts(learner, folds, seed);
	for (int fold = 0; fold < folds; fold++)
	{
		models[fold] = make_model(learner, fold);
		hear(learner, fold, models[fold]);
	}
	learner->shares = fs_shares_start(learner->arena, learner->heard, learner->nheard, folds);
	for (int fold = 0; fold < folds; fold++)
		share_out(learner->shares, fold, models[fold]);
	for (uint32_t i = 0; i < learner->ntexts; i++)
	{
		const Text *text = &learner->texts[i];

		if (i % POLL_TEXTS == 0)
			fs_poll(learner->arena);
		count_class(validation->trained, class_of(learner, models[text->fold], text->text), text->label);
		count_class(validation->compiled, class_of(learner, NULL, text->text), text->label);
	}
}

const FsTrained *
fs_learn_model(FsLearner *learner)
{
	FsTrained *model = make_model(learner, -1);

	share_out(learner->shares, -1, model);
	return model;
}
