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
	const unsigned	  marks = 1u << FS_URL | 1u << FS_CASHTAG | 1u << FS_HASHTAG | 1u << FS_HANDLE;
	unsigned		  kinds = 0;
	int				  words = 0;
	int				  capitals = 0;

	for (int i = 0; i < sentence->ntokens; i++)
	{
		const FsToken *token = &sentence->tokens[i];
		int			   word = (token->kind == FS_WORD) & (token->len >= LONG_WORD);

		kinds |= 1u << token->kind;
		words += word;
		capitals += word & ((unsigned char) (sentence->text.data[token->start] - 'A') < 26);
	}
	if (kinds & marks)
		return FORM_POST;
	return words > 0 && capitals * 4 >= words * 3 ? FORM_TITLE : FORM_WIRE;
}

/* A feature's bucket, of those of headlines. */
static inline uint32_t
bucket_of(uint32_t hash)
{
	return FS_MODEL_BUCKETS + (hash & (FS_MODEL_BUCKETS - 1));
}

static void
form_features(const FsParse *parse, FsFeatures *f)
{
	uint32_t form = (uint32_t) form_of(parse);
	/* exclusive or moves every bucket to one of its own, and costs nothing */
	uint32_t flip = fs_feature_hash(H_FORM, form, 0) & (FS_MODEL_BUCKETS - 1);
	int		 n = f->n;
	int32_t	 value = n > f->group ? f->item[n - 1].value : 0;

	/* of the words, which come in pairs, alone and with the one before, those alone */
	for (int i = f->group; i < n; i += 2)
		fs_feature_at(f, bucket_of(f->item[i].bucket ^ flip), value);
	fs_feature_at(f, bucket_of(fs_feature_hash(H_FORM, form, 1)), FS_FEATURE_ONE);
}

static void
stem_features(const FsParse *parse, FsFeatures *f)
{
	const FsSentence *sentence = parse->sentence;
	uint16_t		  stems[FS_SENTENCE_TOKENS]; /* tokens */
	int				  n = 0;
	FsWeightSum		  sum = { 0, 0, 0 };

	for (int i = 0; i < sentence->ntokens; i++)
	{
		stems[n] = (uint16_t) i;
		n += (sentence->tokens[i].kind == FS_WORD) & (sentence->tokens[i].foldlen > STEM_LETTERS);
	}
	fs_group_begin(f);
	for (int i = 0; i < n; i++)
	{
		/* cppcheck-suppress uninitvar ; the loop before has written n */
		const FsToken *token = &sentence->tokens[stems[i]];
		char		   folded[FS_WORD_BYTES + 8];

		if (token->foldlen == token->len && !(token->flags & FS_T_WIDE))
			/* ASCII: the bit makes capitals small and leaves digits and marks of words alone */
			fs_store(folded, fs_load(sentence->text.data + token->start, STEM_LETTERS) | UINT64_C(0x2020202020));
		else
			fs_token_fold(sentence->text, token, folded);
		fs_group_add(f, bucket_of(fs_feature_hash(H_STEM, (uint32_t) fs_hash(folded, STEM_LETTERS), 0)), &sum);
	}
	fs_group_end(f, STEM_WEIGHT, sum);
}

static void
kind_features(const FsHashes *hashes, FsFeatures *f)
{
	uint32_t	run[RUN_MAX] = { 0 }; /* hashes of the runs that end at the last kind, the shortest first */
	FsWeightSum sum = { 0, 0, 0 };

	fs_group_begin(f);
	for (int i = 0; i < hashes->nkinds; i++)
		for (int k = i < RUN_MAX ? i : RUN_MAX - 1; k >= 0; k--)
		{
			run[k] = fs_feature_hash(H_KINDS, k > 0 ? run[k - 1] : 0, hashes->kinds[i]);
			fs_group_add(f, bucket_of(run[k]), &sum);
		}
	fs_group_end(f, KIND_WEIGHT, sum);
}

static void
tag_features(const FsParse *parse, FsFeatures *f)
{
	for (int i = 0; i < parse->nunits; i++)
		if (parse->units[i].type == FS_U_TAG)
			fs_feature_at(f,
						  bucket_of(fs_feature_hash(H_TAG, parse->sentence->tokens[parse->units[i].token].hash, 0)),
						  FS_FEATURE_ONE);
}

static void
headline_features(const FsParse *parse, const FsHashes *hashes, FsFeatures *f)
{
	form_features(parse, f);
	stem_features(parse, f);
	kind_features(hashes, f);
	tag_features(parse, f);
}

/* All that the sentence model reads, into features whose weights are set; see fs_model_features. */
static int
add_all(const FsParse *parse, const FsEvent *events, int nevents, FsFeatures *f)
{
	FsHashes hashes;
	int		 n;

	fs_hash_units(parse, &hashes);
	fs_sentence_add(parse, events, nevents, hashes.lemmas, hashes.nlemmas, hashes.words, hashes.nwords, f);
	n = f->n;
	if (!(parse->sentence->flags & FS_S_PROSE))
		headline_features(parse, &hashes, f);
	return n;
}

int
fs_model_features(const FsParse *parse, const FsEvent *events, int nevents, FsFeatures *f)
{
	f->weights = NULL;
	return add_all(parse, events, nevents, f);
}

FsLogits
fs_model_logits(const FsParse *parse, const FsEvent *events, int nevents, FsFeatures *scratch)
{
	scratch->weights = fs_linear_table(FS_MODEL_SENTENCE);
	memset(scratch->sum, 0, sizeof(scratch->sum));
	add_all(parse, events, nevents, scratch);
	return fs_linear_end(FS_MODEL_SENTENCE, scratch->sum);
}
