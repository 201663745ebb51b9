/*
 * features.c - level 6: a sentence as features of the linear model.
 *
 * Three groups: what the rules found (counts, net weight, first and last sign),
 * which carries between kinds of news; base forms of the lexicon with what stands
 * between them reduced to classes; and words with their neighbours, which know
 * the idiom of headlines.  The last two are scaled to one length a sentence.
 */
#include <stdlib.h>

#include "feature_parts.h"

#define LEMMA_WEIGHT 384 /* 1.5 */
#define WORD_WEIGHT 768	 /* 2.0 */

/* Names of features, part of trained models: append only. */
enum
{
	F_RULE = 1,
	F_SIGN,
	F_NET_UP,
	F_NET_DOWN,
	F_UP,
	F_DOWN,
	F_FIRST,
	F_LAST,
	F_MIX,
	F_NONE,
	F_STRONG,
	F_FACTS,
	F_PLAIN,
	F_FIGURE,
	F_FLAT,
	F_QUESTION,
	F_HEDGE,
	F_NEGATOR,
	F_LEMMA,
	F_LEMMAS,
	F_WORD,
	F_WORDS,
	F_CLASSES
};

/* The kind of a quantity; a percentage that is written with its sign is a move. */
static FsKind
quantity_kind(const FsSentence *sentence, const FsQuantity *q)
{
	int sign = fs_percent_sign(sentence, q);

	if (sign != 0)
		return sign < 0 ? FS_K_PERCENT_DOWN : FS_K_PERCENT_UP;
	return q->kind == FS_UNIT_MONEY ? FS_K_MONEY : q->kind == FS_UNIT_PERCENT ? FS_K_PERCENT : FS_K_NUMBER;
}

FsKind
fs_unit_kind(const FsParse *parse, int unit)
{
	static const uint8_t of_types[] = {
		[FS_U_NAME] = FS_K_NAME, [FS_U_TAG] = FS_K_TAG,	 [FS_U_TICKER] = FS_K_TICKER,
		[FS_U_DATE] = FS_K_DATE, [FS_U_OWN] = FS_K_NONE,
	};
	const FsUnit *u = &parse->units[unit];

	if (u->type == FS_U_WORD)
		return (FsKind) fs_entry(u->term)->kind;
	if (u->type == FS_U_QUANTITY)
		return quantity_kind(parse->sentence, &parse->quantities[u->quantity]);
	if (u->type == FS_U_PUNCT)
		return u->ch == '?' ? FS_K_QUESTION : u->ch == ':' ? FS_K_COLON : FS_K_NONE;
	return (FsKind) of_types[u->type];
}

FsKind
fs_other_parts(const FsParse *parse, int unit, uint32_t *lemma, uint32_t *word)
{
	const FsUnit *u = &parse->units[unit];
	FsKind		  kind = fs_unit_kind(parse, unit);
	uint32_t	  hash = 1000u + (uint32_t) kind;

	*lemma = kind == FS_K_NONE ? 0 : hash;
	if (u->type == FS_U_PUNCT)
		*word = u->ch == '?' || u->ch == '!' || u->ch == ':' ? u->ch : 0;
	else
		*word = u->type == FS_U_OWN ? 0 : hash;
	return kind;
}

static int32_t
clip(int32_t value)
{
	return value > 300 ? 300 : value;
}

/* hundredths to 1/256 */
static int32_t
hundredths(int32_t value)
{
	return value * FS_FEATURE_ONE / 100;
}

/* What the rules found. */
static void
rule_features(const FsParse *parse, const FsEvent *events, int nevents, FsFeatures *f)
{
	int32_t	 up = 0;
	int32_t	 down = 0;
	int		 first = 0;
	int		 last = 0;
	bool	 strong = false;
	int		 facts = 0;
	int		 questions = 0;
	uint64_t marks = 0;
	bool	 direction;
	bool	 figure;

	for (int i = 0; i < nevents; i++)
	{
		int		sign = events[i].weight > 0 ? 1 : events[i].weight < 0 ? 2 : 0;
		int32_t size = abs(events[i].weight);

		if (events[i].rule == FS_RULE_OWN)
			continue; /* counted beside the model */
		fs_feature(f, fs_feature_hash(F_RULE, events[i].rule, (uint32_t) sign),
				   hundredths(size > 100 || sign == 0 ? 100 : size));
		if (sign == 0)
			continue;
		up += sign == 1 ? size : 0;
		down += sign == 2 ? size : 0;
		first = first ? first : sign;
		last = sign;
		strong |= size >= 100 && events[i].rule != FS_RULE_PRAISE && events[i].rule != FS_RULE_BLAME;
	}
	for (int i = 0; i < parse->nunits; i++)
	{
		facts += (parse->units[i].classes & FS_C(FACT)) != 0;
		questions += parse->units[i].ch == '?' && parse->units[i].type == FS_U_PUNCT;
	}
	for (int i = 0; i < parse->nunits; i += 8)
		marks |= fs_load((const char *) parse->marks + i, 8);
	direction = (marks & FS_M_DIRECTION * UINT64_C(0x0101010101010101)) != 0;
	figure = (marks & FS_M_FIGURE * UINT64_C(0x0101010101010101)) != 0;
	for (; questions > 0; questions--)
		fs_feature(f, fs_feature_hash(F_QUESTION, 0, 0), FS_FEATURE_ONE);
	fs_feature(f, fs_feature_hash(F_NET_UP, 0, 0), hundredths(clip(up > down ? up - down : 0)));
	fs_feature(f, fs_feature_hash(F_NET_DOWN, 0, 0), hundredths(clip(down > up ? down - up : 0)));
	fs_feature(f, fs_feature_hash(F_UP, 0, 0), hundredths(clip(up)));
	fs_feature(f, fs_feature_hash(F_DOWN, 0, 0), hundredths(clip(down)));
	if (first == 0)
		fs_feature(f, fs_feature_hash(F_NONE, 0, 0), FS_FEATURE_ONE);
	else
	{
		fs_feature(f, fs_feature_hash(F_FIRST, (uint32_t) first, 0), FS_FEATURE_ONE);
		fs_feature(f, fs_feature_hash(F_LAST, (uint32_t) last, 0), FS_FEATURE_ONE);
		fs_feature(f, fs_feature_hash(F_MIX, up > 0 && down > 0, up > down ? 1 : up < down ? 2 : 0), FS_FEATURE_ONE);
		fs_feature(f, fs_feature_hash(F_STRONG, strong, up > down ? 1 : up < down ? 2 : 0), FS_FEATURE_ONE);
	}
	fs_feature(f, fs_feature_hash(F_FACTS, 0, 0), (facts > 4 ? 4 : facts) * FS_FEATURE_ONE / 2);
	if (!direction)
	{
		fs_feature(f, fs_feature_hash(F_PLAIN, facts > 0, figure), FS_FEATURE_ONE);
		fs_feature(f, fs_feature_hash(F_PLAIN, 2, 0), FS_FEATURE_ONE);
	}
	if (figure)
		fs_feature(f, fs_feature_hash(F_FIGURE, 0, 0), FS_FEATURE_ONE);
	if (parse->seen & FS_C(FLAT))
		fs_feature(f, fs_feature_hash(F_FLAT, 0, 0), FS_FEATURE_ONE);
	if (parse->seen & FS_C(HEDGE))
		fs_feature(f, fs_feature_hash(F_HEDGE, 0, 0), FS_FEATURE_ONE);
	if (parse->seen & FS_C(NEGATOR))
		fs_feature(f, fs_feature_hash(F_NEGATOR, 0, 0), FS_FEATURE_ONE);
}

/*
 * A group of words or base forms, each alone and with the one before it.  Here
 * most of a headline's time is spent.
 */
static void
add_pairs(FsFeatures *f, uint32_t alone, uint32_t both, const uint32_t *words, int n, int32_t weight)
{
	FsFeature  *item = f->item + f->n;
	FsWeights	weights = f->weights;
	FsWeightSum sum = { 0, 0, 0 };
	uint32_t	before = 1;

	fs_group_begin(f);
	if (f->n + 2 * n > FS_FEATURES_MAX)
		return;
	for (int i = 0; i < n; i++)
	{
		uint32_t first = fs_feature_hash(alone, words[i], 0) & (FS_MODEL_BUCKETS - 1);
		uint32_t second = fs_feature_hash(both, before, words[i]) & (FS_MODEL_BUCKETS - 1);

		item[2 * i].bucket = first;
		item[2 * i + 1].bucket = second;
		if (weights)
		{
			fs_weights_add(&sum, weights[first]);
			fs_weights_add(&sum, weights[second]);
		}
		before = words[i];
	}
	f->n += 2 * n;
	fs_group_end(f, weight, sum);
}

void
fs_hash_units(const FsParse *parse, FsHashes *hashes)
{
	const FsToken *tokens = parse->sentence->tokens;
	int			   nlemmas = 0;
	int			   nwords = 0;
	int			   nkinds = 0;

	for (int i = 0; i < parse->nunits; i++)
	{
		const FsUnit *u = &parse->units[i];
		uint32_t	  lemma;
		uint32_t	  word;
		FsKind		  kind = fs_unit_parts(parse, i, &lemma, &word);

		if (u->type == FS_U_WORD)
			for (int k = u->token; k < u->token + u->count; k++)
			{
				hashes->words[nwords] = tokens[k].hash;
				nwords += tokens[k].hash != 0;
			}
		else
		{
			hashes->words[nwords] = word;
			nwords += word != 0;
		}
		hashes->lemmas[nlemmas] = lemma;
		nlemmas += lemma != 0;
		hashes->kinds[nkinds] = (uint8_t) kind;
		nkinds += kind != FS_K_NONE;
	}
	hashes->nlemmas = nlemmas;
	hashes->nwords = nwords;
	hashes->nkinds = nkinds;
}

void
fs_sentence_add(const FsParse *parse, const FsEvent *events, int nevents, const uint32_t *lemmas, int nlemmas,
				const uint32_t *words, int nwords, FsFeatures *f)
{
	f->n = 0;
	rule_features(parse, events, nevents, f);
	add_pairs(f, F_LEMMA, F_LEMMAS, lemmas, nlemmas, LEMMA_WEIGHT);
	add_pairs(f, F_WORD, F_WORDS, words, nwords, WORD_WEIGHT);
}

void
fs_sentence_features(const FsParse *parse, const FsEvent *events, int nevents, FsFeatures *f)
{
	FsHashes hashes;

	f->weights = NULL;
	fs_hash_units(parse, &hashes);
	fs_sentence_add(parse, events, nevents, hashes.lemmas, hashes.nlemmas, hashes.words, hashes.nwords, f);
}

void
fs_sentence_sum(FsModel model, const FsParse *parse, const FsEvent *events, int nevents, const uint32_t *lemmas,
				int nlemmas, const uint32_t *words, int nwords, FsFeatures *scratch, int32_t sum[3])
{
	scratch->weights = fs_linear_table(model);
	memset(scratch->sum, 0, sizeof(scratch->sum));
	fs_sentence_add(parse, events, nevents, lemmas, nlemmas, words, nwords, scratch);
	scratch->weights = NULL;
	for (int k = 0; k < 3; k++)
		sum[k] += scratch->sum[k];
}
