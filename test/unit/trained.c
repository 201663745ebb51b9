/*
 * trained.c - models trained by a user: their bytes, and learning them from texts.
 */
#include "document.h"
#include "grow.h"
#include "label.h"
#include "learn.h"
#include "shares.h"
#include "unit.h"

/* Two trees: a question whose left is another, and a leaf. */
static const FsNode nodes[] = {
	{ .measure = FS_SEEN_SCORE, .cut = -300, .right = 4 },
	{ .measure = FS_MEASURES - 1, .cut = INT16_MAX, .right = 3 },
	{ .measure = FS_NODE_LEAF, .negative = 255 },
	{ .measure = FS_NODE_LEAF, .positive = 200, .negative = 55 },
	{ .measure = FS_NODE_LEAF },
	{ .measure = FS_NODE_LEAF, .positive = 255 },
};

#define NODES ((uint32_t) (sizeof(nodes) / sizeof(nodes[0])))

/* A model with something in every place, at the ends and in between. */
static FsTrained *
some_model(void)
{
	FsTrained *model = fs_alloc0(unit_arena(), sizeof(FsTrained));

	model->scale = 90;
	model->bias[0] = -700;
	model->bias[2] = 65536;
	for (int i = 0; i < FS_STACK_ALL; i++)
		model->stack[i][i % 3] = (i - 5) * 10000;
	model->weights[0][0] = -128;
	model->weights[1][1] = 127;
	model->weights[200][2] = 1;
	model->weights[FS_MODEL_BUCKETS - 1][0] = 5;
	model->words_share = 1;
	model->forest_share = 2;
	model->forest = (FsForest){ .trees = 2, .nnodes = NODES, .nodes = nodes, .roots = { 0, 5 } };
	return model;
}

static FsText
some_bytes(void)
{
	return fs_trained_write(unit_arena(), some_model(), "finsent-x");
}

static FsModelFault
fault_of(const char *bytes, size_t size, const char *features)
{
	FsModelFault	 fault = FS_MODEL_GOOD;
	FsText			 found = { "", 0 };
	const FsTrained *model = fs_trained_read(unit_arena(), bytes, size, features, &fault, &found);

	CHECK((model != NULL) == (fault == FS_MODEL_GOOD));
	return fault;
}

/* Bytes with one changed and the checksum made right again: what a forger gives. */
static char *
forged(FsText bytes, size_t at, char value)
{
	char *copy = fs_alloc(unit_arena(), bytes.len);

	memcpy(copy, bytes.data, bytes.len);
	copy[at] = value;
	fs_trained_seal(copy, bytes.len);
	return copy;
}

static void
what_is_written_is_read(void)
{
	FsText			 bytes = some_bytes();
	FsModelFault	 fault;
	FsText			 found;
	const FsTrained *model = fs_trained_read(unit_arena(), bytes.data, bytes.len, "finsent-x", &fault, &found);
	FsText			 again;

	CHECK_INT(fault, FS_MODEL_GOOD);
	CHECK(model && memcmp(model->weights, some_model()->weights, sizeof(model->weights)) == 0);
	CHECK(model && memcmp(model->stack, some_model()->stack, sizeof(model->stack)) == 0);
	CHECK_INT(model->bias[2], 65536);
	CHECK_INT(model->words_share, 1);
	CHECK_INT(model->forest_share, 2);
	CHECK_INT(model->forest.roots[1], 5);
	for (uint32_t i = 0; i < NODES; i++)
	{
		CHECK_INT(model->forest.nodes[i].measure, nodes[i].measure);
		CHECK_INT(model->forest.nodes[i].cut, nodes[i].cut);
		CHECK_INT(model->forest.nodes[i].right, nodes[i].right);
	}
	again = fs_trained_write(unit_arena(), model, "finsent-x");
	CHECK(again.len == bytes.len && memcmp(again.data, bytes.data, bytes.len) == 0);
}

static void
foreign_bytes_are_refused(void)
{
	FsText bytes = some_bytes();

	CHECK_INT(fault_of("", 0, "finsent-x"), FS_MODEL_FOREIGN);
	CHECK_INT(fault_of("\x7f"
					   "ELF\2\1\1\0\0\0\0\0",
					   12, "finsent-x"),
			  FS_MODEL_FOREIGN);
	CHECK_INT(fault_of(forged(bytes, 8, 1), bytes.len, "finsent-x"), FS_MODEL_FOREIGN); /* format 1 */
	CHECK_INT(fault_of(forged(bytes, 8, 3), bytes.len, "finsent-x"), FS_MODEL_FOREIGN);
	CHECK_INT(fault_of(forged(bytes, 10, 18), bytes.len, "finsent-x"), FS_MODEL_FOREIGN); /* 18 bits */
}

static void
other_features_are_refused_by_name(void)
{
	FsText		 bytes = some_bytes();
	FsModelFault fault;
	FsText		 found = { "", 0 };

	CHECK(fs_trained_read(unit_arena(), bytes.data, bytes.len, "finsent-y", &fault, &found) == NULL);
	CHECK_INT(fault, FS_MODEL_FEATURES);
	CHECK(found.len == 9 && memcmp(found.data, "finsent-x", 9) == 0);
	CHECK_INT(fault_of(bytes.data, bytes.len, "finsent-xy"), FS_MODEL_FEATURES);
}

static void
a_cut_anywhere_is_refused(void)
{
	FsText bytes = some_bytes();

	for (size_t n = 0; n < bytes.len; n++)
		CHECK(fault_of(bytes.data, n, "finsent-x") != FS_MODEL_GOOD);
}

static void
a_changed_bit_anywhere_is_refused(void)
{
	FsText bytes = some_bytes();
	char  *copy = fs_alloc(unit_arena(), bytes.len);

	for (size_t bit = 0; bit < bytes.len * 8; bit++)
	{
		memcpy(copy, bytes.data, bytes.len);
		copy[bit / 8] ^= (char) (1 << bit % 8);
		CHECK(fault_of(copy, bytes.len, "finsent-x") != FS_MODEL_GOOD);
	}
}

/* With a right checksum as well: a read model never computes beyond its integers (the sanitizers look on). */
static void
forged_bytes_are_refused_or_harmless(void)
{
	static const char values[] = { 0, 1, 127, (char) 128, (char) 255 };
	FsText			  bytes = some_bytes();
	FsSight			  sight = { .features = fs_alloc(unit_arena(), sizeof(FsFeatures)) };
	FsFeatures		 *f = sight.features;

	f->n = 0;
	for (int i = 0; i < 8; i++)
		f->item[f->n++] = (FsFeature){ i % 2 ? 0 : FS_MODEL_BUCKETS - 1, 1024 };
	for (uint32_t i = 0; i < FS_STACK_ALL; i++)
		f->item[f->n++] = (FsFeature){ FS_MODEL_BUCKETS + i, 1 << 20 };
	for (int i = 0; i < FS_MEASURES; i++)
		sight.measures.value[i] = i % 2 ? INT16_MIN : INT16_MAX;
	for (size_t at = 0; at < bytes.len; at++)
		for (size_t i = 0; i < sizeof(values); i++)
		{
			FsModelFault	 fault;
			FsText			 found;
			const FsTrained *model =
				fs_trained_read(unit_arena(), forged(bytes, at, values[i]), bytes.len, "finsent-x", &fault, &found);

			if (model)
			{
				FsText again = fs_trained_write(unit_arena(), model, "finsent-x");

				fs_trained_logits(model, &sight);
				CHECK(again.len == bytes.len && memcmp(again.data, forged(bytes, at, values[i]), bytes.len) == 0);
			}
		}
}

/* The forest of bytes; false if they are refused. */
static bool
forest_of(const uint8_t *bytes, int trees, uint32_t n)
{
	FsForest forest;

	return fs_forest_read(unit_arena(), (const char *) bytes, trees, n, &forest);
}

static void
nodes_that_are_no_trees_are_refused(void)
{
	static const uint8_t good[] = { 0, 1, 0, 255, 9, 9, 255, 0, 255 };
	static const uint8_t measure[] = { FS_MEASURES, 1, 0, 255, 9, 9, 255, 0, 255 };
	static const uint8_t share[] = { 0, 1, 0, 255, 9, 9, 255, 1, 255 };
	uint8_t				*deep = fs_alloc0(unit_arena(), (FS_FOREST_DEPTH * 2 + 3) * FS_NODE_BYTES);

	CHECK(forest_of(good, 1, 3));
	CHECK(forest_of(good, 0, 0));
	CHECK(!forest_of(good, 2, 3)); /* a tree is missing */
	CHECK(!forest_of(good, 1, 2)); /* its right is */
	CHECK(!forest_of(good, 0, 3));
	CHECK(!forest_of(good + 3, 1, 2)); /* a leaf too many */
	CHECK(!forest_of(good, FS_FOREST_TREES + 1, 3));
	CHECK(!forest_of(good, 1, FS_FOREST_NODES + 1));
	CHECK(!forest_of(measure, 1, 3));
	CHECK(!forest_of(share, 1, 3));
	for (uint32_t depth = FS_FOREST_DEPTH; depth <= FS_FOREST_DEPTH + 1; depth++)
	{
		for (uint32_t i = 0; i < 2 * depth + 1; i++)
			deep[i * FS_NODE_BYTES] = i < depth ? 0 : FS_NODE_LEAF;
		CHECK(forest_of(deep, 1, 2 * depth + 1) == (depth == FS_FOREST_DEPTH));
	}
}

static void
logarithms_are_right(void)
{
	static const int32_t known[][2] = { { 1, -2839 },	 { 2, -2661 },	  { 200, -1482 },	{ 24109, -256 },
										{ 32768, -177 }, { 65535, 0 },	  { 65536, 0 },		{ 178145, 256 },
										{ 65736, 0 },	 { 131072, 177 }, { 1 << 30, 2484 } };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
	{
		int32_t difference = fs_log((uint32_t) known[i][0]) - known[i][1];

		CHECK(difference >= -1 && difference <= 1);
	}
}

/* Samples whose class is what two measures say together, which no sum of them does. */
#define SAMPLES 400

static void
a_forest_learns_what_measures_say_together(void)
{
	FsMeasures	 *measures = fs_alloc0(unit_arena(), SAMPLES * sizeof(FsMeasures));
	FsGrowSample *samples = fs_alloc(unit_arena(), SAMPLES * sizeof(FsGrowSample));
	FsForest	  forest;
	FsForest	  again;
	int			  right = 0;

	for (int i = 0; i < SAMPLES; i++)
	{
		measures[i].value[3] = (int16_t) (i * 37 % 101 - 50);
		measures[i].value[9] = (int16_t) (i * 53 % 103 - 51);
		samples[i] =
			(FsGrowSample){ &measures[i], 1, (measures[i].value[3] > 0) == (measures[i].value[9] > 0) ? 2 : 0 };
	}
	fs_forest_grow(unit_arena(), samples, SAMPLES / 2, &forest);
	fs_forest_grow(unit_arena(), samples, SAMPLES / 2, &again);
	CHECK_INT(forest.trees, FS_FOREST_TREES);
	CHECK(forest.nnodes <= FS_FOREST_NODES);
	for (int i = SAMPLES / 2; i < SAMPLES; i++)
	{
		FsLogits l = fs_forest_logits(&forest, samples[i].measures);

		right += (l.positive > l.negative ? 2 : 0) == samples[i].label;
		CHECK(l.neutral < l.positive && l.neutral < l.negative);
	}
	CHECK(right > SAMPLES / 2 * 85 / 100);
}

/* Sentences on which one voice is right and the others know nothing. */
static void
the_voice_that_is_right_is_heard(void)
{
	const FsLogits knows[3] = { { 512, 0, 0 }, { 0, 512, 0 }, { 0, 0, 512 } };
	FsHeard		   heard[60];
	FsTrained	  *model = fs_alloc0(unit_arena(), sizeof(FsTrained));

	for (int voice = 0; voice < 3; voice++)
	{
		const FsShares *shares;

		for (int i = 0; i < 60; i++)
		{
			FsLogits said[3] = { knows[i / 7 % 3], knows[i / 5 % 3], knows[i / 11 % 3] };

			said[voice] = knows[i % 3];
			heard[i] = (FsHeard){ said[0], said[1], said[2], (uint16_t) (i / 20), 1, (uint8_t) (i % 3) };
		}
		shares = fs_shares_start(unit_arena(), heard, 60, 3);
		for (int fold = -1; fold < 3; fold++)
		{
			fs_shares_choose(shares, fold, model);
			CHECK_INT(model->words_share, voice == 0 ? FS_SHARES : 0);
			CHECK_INT(model->forest_share, voice == 1 ? FS_SHARES : 0);
		}
	}
}

/* ------------------------------------------------------------------ */

/* Texts of some_learner, a third each negative, neutral, positive. */
#define TEXTS 36

static FsLearner *
some_learner(bool backwards)
{
	static const char *const texts[3][TEXTS / 3] = {
		{ "Blorbs were frumious.", "Frumious blorbs seen.", "The frumious kind again.", "A frumious day", "Frumious!",
		  "Still frumious, sadly", "Frumious trading", "A most frumious week", "Much frumious talk",
		  "Frumious and no more", "So frumious, they said.", "They call it frumious." },
		{ "Blorbs were mimsy.", "Mimsy blorbs seen.", "The mimsy kind again.", "A mimsy day", "Mimsy!",
		  "Still mimsy, sadly", "Mimsy trading", "A most mimsy week", "Much mimsy talk", "Mimsy and no more",
		  "So mimsy, they said.", "They call it mimsy." },
		{ "Blorbs were uffish.", "Uffish blorbs seen.", "The uffish kind again.", "An uffish day", "Uffish!",
		  "Still uffish, sadly", "Uffish trading", "A most uffish week", "Much uffish talk", "Uffish and no more",
		  "So uffish, they said.", "They call it uffish." },
	};
	FsLearner *learner = fs_learn_start(unit_arena());

	for (int i = 0; i < TEXTS; i++)
	{
		int at = backwards ? TEXTS - 1 - i : i;

		CHECK(fs_learn_add(learner, unit_text(texts[at % 3][at / 3]), at % 3));
	}
	return learner;
}

static int32_t
score_of(const FsTrained *model, const char *text)
{
	FsKnowledge knowledge = { .trained = model };
	FsError		error;

	return fs_document_read_with(unit_arena(), unit_text(text), unit_text(""), FS_WANT_SCORE, &knowledge, &error)
		->score;
}

static void
words_that_finsent_does_not_know_are_learned(void)
{
	FsLearner		*learner = some_learner(false);
	FsValidation	 v;
	const FsTrained *model;

	fs_learn_validate(learner, 4, 1, &v);
	CHECK(fs_evaluate(v.trained, 3).accuracy > 0.7);
	CHECK(fs_evaluate(v.compiled, 3).accuracy < 0.5);
	model = fs_learn_model(learner);
	CHECK(score_of(model, "Truly uffish numbers") >= 1200);
	CHECK(score_of(model, "Truly frumious numbers") <= -1200);
	CHECK_INT(fs_label(score_of(model, "Truly mimsy numbers")), FS_NEUTRAL);
}

static void
every_text_is_validated_once(void)
{
	FsValidation v;

	for (int folds = 2; folds <= TEXTS; folds += 17)
	{
		fs_learn_validate(some_learner(false), folds, 7, &v);
		for (int k = 0; k < 3; k++)
		{
			CHECK_INT(v.trained[k].gold, TEXTS / 3);
			CHECK_INT(v.compiled[k].gold, TEXTS / 3);
		}
	}
}

static FsText
bytes_of(FsLearner *learner)
{
	FsValidation v;

	fs_learn_validate(learner, 3, 1, &v);
	return fs_trained_write(unit_arena(), fs_learn_model(learner), "finsent-x");
}

static void
the_order_of_the_texts_does_not_matter(void)
{
	FsText a = bytes_of(some_learner(false));
	FsText b = bytes_of(some_learner(true));

	CHECK(a.len == b.len && memcmp(a.data, b.data, a.len) == 0);
}

/* Or held-out texts would be known: with texts that say nothing of their class, nothing can be right but by luck. */
static void
equal_texts_stay_in_one_fold(void)
{
	FsLearner	*learner = fs_learn_start(unit_arena());
	FsValidation v;
	char		 text[32];

	for (int i = 0; i < 60; i++)
		for (int copy = 0; copy < 2; copy++)
		{
			snprintf(text, sizeof(text), "Zq%dxw vb%dnm", i * 7919, i * 104729);
			fs_learn_add(learner, unit_text(text), i % 3);
		}
	fs_learn_validate(learner, 10, 1, &v);
	CHECK(fs_evaluate(v.trained, 3).accuracy < 0.6);
}

static void
a_text_without_a_sentence_is_not_counted(void)
{
	FsLearner *learner = fs_learn_start(unit_arena());

	CHECK(fs_learn_add(learner, unit_text(" \n "), 0));
	CHECK(fs_learn_add(learner, unit_text(""), 0));
	CHECK_INT(fs_learn_count(learner, 0), 0);
}

/* Texts that are sentences and nothing else need the most memory; the arena's own does for all of them. */
static void
memory_stays_within_what_is_told(void)
{
	FsLearner	*learner = fs_learn_start(unit_arena());
	char		*text = fs_alloc(unit_arena(), FS_LEARN_TEXT_MAX + 1);
	FsValidation v;
	size_t		 before;
	FsArena		*arena = unit_arena();

	for (size_t i = 0; i <= FS_LEARN_TEXT_MAX; i++)
		text[i] = "a\n\n"[i % 3];
	CHECK(!fs_learn_add(learner, (FsText){ text, FS_LEARN_TEXT_MAX + 1 }, 0));
	CHECK(fs_learn_add(learner, (FsText){ text, FS_LEARN_TEXT_MAX }, 0));
	for (int i = 0; i < 3; i++)
		CHECK(fs_learn_add(learner, unit_text("Uffish."), i));
	before = unit.nblocks;
	fs_learn_validate(learner, 2, 1, &v);
	/* what the fits work on, and a model and a forest a fold: no text was read outside of the learner's block */
	CHECK(unit.nblocks - before <= 16);
	CHECK(fs_learn_memory(learner) <= arena->total);
}

int
main(void)
{
	RUN(what_is_written_is_read);
	RUN(foreign_bytes_are_refused);
	RUN(other_features_are_refused_by_name);
	RUN(a_cut_anywhere_is_refused);
	RUN(a_changed_bit_anywhere_is_refused);
	RUN(forged_bytes_are_refused_or_harmless);
	RUN(nodes_that_are_no_trees_are_refused);
	RUN(logarithms_are_right);
	RUN(a_forest_learns_what_measures_say_together);
	RUN(the_voice_that_is_right_is_heard);
	RUN(words_that_finsent_does_not_know_are_learned);
	RUN(every_text_is_validated_once);
	RUN(the_order_of_the_texts_does_not_matter);
	RUN(equal_texts_stay_in_one_fold);
	RUN(a_text_without_a_sentence_is_not_counted);
	RUN(memory_stays_within_what_is_told);
	return unit_done();
}
