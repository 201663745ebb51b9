/*
 * headline.c - level 6: what the sentence model reads only in headlines and posts.
 *
 * A headline has ten words, each of which counts, and the kinds of headlines
 * differ: "beats" or "eyes" do not weigh the same in a wire's headline, a post and
 * a title in title case.  So behind the features of any sentence (features.c)
 * come, in buckets of their own,
 *
 *   form      each word again, seen together with the form: a model of each
 *             form's own beside the common one (Daume III, "Frustratingly easy
 *             domain adaptation", 2007)
 *   stems     the first five letters of longer words, for inflections and
 *             relatives of words that training never saw
 *   kinds     runs of one to four kinds of units, words without a kind left out:
 *             RISE GOOD-METRIC, NEGATOR POSITIVE
 *   tags      hashtags, each by its own word
 *
 * The form is told by marks alone: a link, cashtag, hashtag or handle makes a
 * post; three capitals to four longer words make a title; all else is a wire's
 * headline.  Example: "Brinova soars as costs drop" is a wire's headline; its
 * stems are "brino" and "soars" has none, being five letters long; its kinds
 * UP, BAD, DOWN, "UP BAD", "BAD DOWN", "UP BAD DOWN".
 *
 * Limits: five letters join some words that have nothing in common ("compl" is
 * complaint and complete); the weights are learned, so such a stem gets little.
 */
#include "feature_parts.h"

#define STEM_LETTERS 5
#define STEM_WEIGHT 256
#define KIND_WEIGHT 256
#define RUN_MAX 4
#define LONG_WORD 4 /* letters of a word whose capital tells */

/* Names of features, part of trained models: append only. */
enum
{
	H_FORM = 200,
	H_STEM,
	H_KINDS,
	H_TAG
};

typedef enum Form
{
	FORM_WIRE,
	FORM_TITLE,
	FORM_POST
} Form;

static Form
form_of(const FsParse *parse)
{
	const FsSentence *sentence = parse->sentence;
	int				  words = 0;
	int				  capitals = 0;

	for (int i = 0; i < sentence->ntokens; i++)
	{
		const FsToken *token = &sentence->tokens[i];
		char		   first = sentence->text.data[token->start];

		if (token->kind == FS_URL || token->kind == FS_CASHTAG || token->kind == FS_HASHTAG ||
			token->kind == FS_HANDLE)
			return FORM_POST;
		if (token->kind != FS_WORD || token->len < LONG_WORD)
			continue;
		words++;
		capitals += first >= 'A' && first <= 'Z';
	}
	return words > 0 && capitals * 4 >= words * 3 ? FORM_TITLE : FORM_WIRE;
}

/* A feature in the buckets of headlines. */
static inline void
add(FsFeatures *f, uint32_t hash, int32_t value)
{
	if (f->n < FS_FEATURES_MAX)
	{
		f->item[f->n].bucket = FS_MODEL_BUCKETS + (hash & (FS_MODEL_BUCKETS - 1));
		f->item[f->n].value = value;
		f->n++;
	}
}

static void
form_features(const FsParse *parse, FsFeatures *f)
{
	uint32_t form = (uint32_t) form_of(parse);
	/* exclusive or moves every bucket to one of its own, and costs nothing */
	uint32_t flip = fs_feature_hash(H_FORM, form, 0) & (FS_MODEL_BUCKETS - 1);
	int		 n = f->n;

	/* of the words, which come in pairs, alone and with the one before, those alone */
	for (int i = f->group; i < n; i += 2)
		add(f, f->item[i].bucket ^ flip, f->item[i].value);
	add(f, fs_feature_hash(H_FORM, form, 1), FS_FEATURE_ONE);
}

static void
stem_features(const FsParse *parse, FsFeatures *f)
{
	const FsSentence *sentence = parse->sentence;

	fs_feature_group(f);
	for (int i = 0; i < sentence->ntokens; i++)
	{
		const FsToken *token = &sentence->tokens[i];
		char		   folded[FS_WORD_BYTES + 8];

		if (token->kind != FS_WORD || token->foldlen <= STEM_LETTERS)
			continue;
		if (token->foldlen == token->len && !(token->flags & FS_T_WIDE))
			/* ASCII: the bit makes capitals small and leaves digits and marks of words alone */
			fs_store(folded, fs_load(sentence->text.data + token->start, STEM_LETTERS) | UINT64_C(0x2020202020));
		else
			fs_token_fold(sentence->text, token, folded);
		add(f, fs_feature_hash(H_STEM, (uint32_t) fs_hash(folded, STEM_LETTERS), 0), 1);
	}
	fs_feature_scale(f, STEM_WEIGHT);
}

static void
kind_features(const FsParse *parse, FsFeatures *f)
{
	uint32_t run[RUN_MAX] = { 0 }; /* hashes of the runs that end at the last kind, the shortest first */
	int		 depth = 0;

	fs_feature_group(f);
	for (int i = 0; i < parse->nunits; i++)
	{
		FsKind kind;

		if (parse->units[i].type == FS_U_WORD && parse->units[i].classes == 0)
			continue;
		kind = fs_unit_kind(parse, i);
		if (kind == FS_K_NONE)
			continue;
		depth = depth < RUN_MAX ? depth + 1 : RUN_MAX;
		for (int k = depth - 1; k >= 0; k--)
		{
			run[k] = fs_feature_hash(H_KINDS, k > 0 ? run[k - 1] : 0, kind);
			add(f, run[k], 1);
		}
	}
	fs_feature_scale(f, KIND_WEIGHT);
}

static void
tag_features(const FsParse *parse, FsFeatures *f)
{
	for (int i = 0; i < parse->nunits; i++)
		if (parse->units[i].type == FS_U_TAG)
			add(f, fs_feature_hash(H_TAG, parse->sentence->tokens[parse->units[i].token].hash, 0), FS_FEATURE_ONE);
}

void
fs_headline_features(const FsParse *parse, FsFeatures *f)
{
	form_features(parse, f);
	stem_features(parse, f);
	kind_features(parse, f);
	tag_features(parse, f);
}

int
fs_model_features(const FsParse *parse, const FsEvent *events, int nevents, FsFeatures *f)
{
	int n;

	fs_sentence_features(parse, events, nevents, f);
	n = f->n;
	if (!(parse->sentence->flags & FS_S_PROSE))
		fs_headline_features(parse, f);
	return n;
}
