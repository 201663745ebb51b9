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

/* The kind that a class gives a word; of several classes that of the lowest rank does. */
static const struct
{
	uint8_t rank;
	uint8_t kind; /* FsKind */
} class_kinds[FS_B_COUNT_] = {
	[FS_B_BAD] = { 1, FS_K_BAD },
	[FS_B_GOOD] = { 2, FS_K_GOOD },
	[FS_B_NEUTRAL] = { 3, FS_K_NEUTRAL },
	[FS_B_IMPROVE] = { 4, FS_K_IMPROVE },
	[FS_B_WORSEN] = { 5, FS_K_WORSEN },
	[FS_B_UP] = { 6, FS_K_UP },
	[FS_B_DOWN] = { 7, FS_K_DOWN },
	[FS_B_TO_PROFIT] = { 8, FS_K_TO_PROFIT },
	[FS_B_TO_LOSS] = { 9, FS_K_TO_LOSS },
	[FS_B_NEGATOR] = { 10, FS_K_NEGATOR },
	[FS_B_COMPARE] = { 11, FS_K_COMPARE },
	[FS_B_CONTRAST] = { 12, FS_K_CONTRAST },
	[FS_B_CONCEDE] = { 13, FS_K_CONTRAST },
	[FS_B_UPGRADE] = { 14, FS_K_UPGRADE },
	[FS_B_DOWNGRADE] = { 15, FS_K_DOWNGRADE },
	[FS_B_RATE_BUY] = { 16, FS_K_RATE_BUY },
	[FS_B_RATE_SELL] = { 17, FS_K_RATE_SELL },
	[FS_B_RATE_HOLD] = { 18, FS_K_RATE_HOLD },
	[FS_B_EXPECT] = { 19, FS_K_EXPECT },
	[FS_B_POSITIVE] = { 20, FS_K_POSITIVE },
	[FS_B_NEGATIVE] = { 21, FS_K_NEGATIVE },
	[FS_B_BEAT] = { 22, FS_K_BEAT },
	[FS_B_MISS] = { 23, FS_K_MISS },
	[FS_B_WIN] = { 24, FS_K_WIN },
	[FS_B_FLAT] = { 25, FS_K_FLAT },
	[FS_B_HEDGE] = { 26, FS_K_HEDGE },
	[FS_B_INTENSIFY] = { 27, FS_K_INTENSIFY },
	[FS_B_WEAKEN] = { 28, FS_K_WEAKEN },
	[FS_B_ANALYST] = { 29, FS_K_ANALYST },
	[FS_B_SAY] = { 30, FS_K_SAY },
	[FS_B_ACT] = { 31, FS_K_ACT },
	[FS_B_FACT] = { 32, FS_K_FACT },
	[FS_B_PERIOD] = { 33, FS_K_PERIOD },
	[FS_B_PAST] = { 34, FS_K_PERIOD },
};

#define FS_C_KIND                                                                                                    \
	(FS_C_METRIC | FS_C_DIRECTION | FS_C_POLARITY | FS_C(TO_PROFIT) | FS_C(TO_LOSS) | FS_C(NEGATOR) |                \
	 FS_C(COMPARE) | FS_C(CONTRAST) | FS_C(CONCEDE) | FS_C(UPGRADE) | FS_C(DOWNGRADE) | FS_C(RATE_BUY) |             \
	 FS_C(RATE_SELL) | FS_C(RATE_HOLD) | FS_C(EXPECT) | FS_C(BEAT) | FS_C(MISS) | FS_C(WIN) | FS_C(FLAT) |           \
	 FS_C(HEDGE) | FS_C(INTENSIFY) | FS_C(WEAKEN) | FS_C(ANALYST) | FS_C(SAY) | FS_C(ACT) | FS_C(FACT) |             \
	 FS_C(PERIOD) | FS_C(PAST))

/* The kind of a word of these classes. */
static inline FsKind
word_kind(uint64_t classes)
{
	const uint64_t both = FS_C(UP) | FS_C(DOWN);
	uint64_t	   left = classes & FS_C_KIND;
	unsigned	   best;

	if ((left & both) == both)
		left &= ~both; /* "moved": no direction */
	if (left == 0)
		return FS_K_NONE;
	best = (unsigned) __builtin_ctzll(left);
	while ((left &= left - 1) != 0)
	{
		unsigned bit = (unsigned) __builtin_ctzll(left);

		best = class_kinds[bit].rank < class_kinds[best].rank ? bit : best;
	}
	if ((FS_C_POLARITY >> best & 1) && (classes & FS_C(STRONG)))
		return best == FS_B_POSITIVE ? FS_K_STRONG_POSITIVE : FS_K_STRONG_NEGATIVE;
	return class_kinds[best].kind;
}

FsKind
fs_unit_kind(const FsParse *parse, int unit)
{
	static const uint8_t kinds[] = {
		[FS_U_WORD] = FS_K_NONE, [FS_U_NAME] = FS_K_NAME,	  [FS_U_PUNCT] = FS_K_NONE, [FS_U_TAG] = FS_K_TAG,
		[FS_U_DATE] = FS_K_DATE, [FS_U_TICKER] = FS_K_TICKER, [FS_U_OWN] = FS_K_NONE,
	};
	const FsUnit *u = &parse->units[unit];

	if (u->type == FS_U_WORD)
		return word_kind(u->classes);
	if (u->type == FS_U_QUANTITY)
	{
		FsUnitKind kind = parse->quantities[u->quantity].kind;

		return kind == FS_UNIT_MONEY ? FS_K_MONEY : kind == FS_UNIT_PERCENT ? FS_K_PERCENT : FS_K_NUMBER;
	}
	if (u->type == FS_U_PUNCT)
		return u->ch == '?' ? FS_K_QUESTION : u->ch == ':' ? FS_K_COLON : FS_K_NONE;
	return kinds[u->type];
}

/* Its words, of a unit that is no word by its kind. */
static inline uint32_t
word_of_kind(const FsParse *parse, const FsUnit *u, FsKind kind)
{
	/* the hash of an entry of one word is that of its token */
	if (u->type == FS_U_WORD)
		return u->count > 1 ? fs_entry(u->term)->hash : parse->sentence->tokens[u->token].hash;
	if (u->type == FS_U_PUNCT)
		return u->ch == '?' || u->ch == '!' || u->ch == ':' ? u->ch : 0;
	return u->type == FS_U_OWN ? 0 : 1000u + (uint32_t) kind;
}

uint32_t
fs_unit_word(const FsParse *parse, int unit)
{
	const FsUnit *u = &parse->units[unit];

	return word_of_kind(parse, u, u->type == FS_U_WORD ? FS_K_NONE : fs_unit_kind(parse, unit));
}

/* Whether the unit stands for its base form: a word that says more than its part of speech. */
static inline bool
has_lemma(const FsUnit *u)
{
	const uint64_t plain = FS_C(FUNCTION) | FS_C(VERB) | FS_C(NOUN) | FS_C(ADJ) | FS_C(TRANS) | FS_C(ABBREVIATION) |
						   FS_C(LEGAL) | FS_C(FOREIGN);

	return u->type == FS_U_WORD && (u->classes & ~plain);
}

/* The base form of a unit whose kind is known. */
static inline uint32_t
lemma_of_kind(const FsUnit *u, FsKind kind)
{
	if (has_lemma(u))
		return fs_entry(u->lemma)->hash;
	return kind == FS_K_NONE ? 0 : 1000u + (uint32_t) kind;
}

uint32_t
fs_unit_lemma(const FsParse *parse, int unit)
{
	const FsUnit *u = &parse->units[unit];

	return lemma_of_kind(u, has_lemma(u) ? FS_K_NONE : fs_unit_kind(parse, unit));
}

FsKind
fs_unit_parts(const FsParse *parse, int unit, uint32_t *lemma, uint32_t *word)
{
	const FsUnit *u = &parse->units[unit];
	FsKind		  kind = fs_unit_kind(parse, unit);

	*lemma = lemma_of_kind(u, kind);
	*word = word_of_kind(parse, u, kind);
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
	bool	 direction = false;
	bool	 figure = false;
	int		 facts = 0;
	uint64_t seen = 0;

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
		seen |= parse->units[i].classes;
		facts += (parse->units[i].classes & FS_C(FACT)) != 0;
		direction |= fs_direction_of(&parse->units[i]) != 0;
		figure |= parse->units[i].type == FS_U_QUANTITY;
		if (parse->units[i].type == FS_U_PUNCT && parse->units[i].ch == '?')
			fs_feature(f, fs_feature_hash(F_QUESTION, 0, 0), FS_FEATURE_ONE);
	}
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
	if (seen & FS_C(FLAT))
		fs_feature(f, fs_feature_hash(F_FLAT, 0, 0), FS_FEATURE_ONE);
	if (seen & FS_C(HEDGE))
		fs_feature(f, fs_feature_hash(F_HEDGE, 0, 0), FS_FEATURE_ONE);
	if (seen & FS_C(NEGATOR))
		fs_feature(f, fs_feature_hash(F_NEGATOR, 0, 0), FS_FEATURE_ONE);
}

/* A word alone and with the one before it; fs_feature_scale gives the value. */
static inline void
add_pair(FsFeatures *f, uint32_t alone, uint32_t both, uint32_t before, uint32_t word)
{
	FsFeature *to = &f->item[f->n];

	if (f->n + 2 > FS_FEATURES_MAX)
		return;
	to[0].bucket = fs_feature_hash(alone, word, 0) & (FS_MODEL_BUCKETS - 1);
	to[1].bucket = fs_feature_hash(both, before, word) & (FS_MODEL_BUCKETS - 1);
	f->n += 2;
}

void
fs_sentence_features(const FsParse *parse, const FsEvent *events, int nevents, FsFeatures *f)
{
	uint32_t before = 1;

	f->n = 0;
	rule_features(parse, events, nevents, f);

	fs_feature_group(f);
	for (int i = 0; i < parse->nunits; i++)
	{
		uint32_t lemma = fs_unit_lemma(parse, i);

		if (lemma == 0)
			continue;
		add_pair(f, F_LEMMA, F_LEMMAS, before, lemma);
		before = lemma;
	}
	fs_feature_scale(f, LEMMA_WEIGHT);

	fs_feature_group(f);
	before = 1;
	for (int i = 0; i < parse->nunits; i++)
	{
		const FsUnit *u = &parse->units[i];
		int			  count = u->type == FS_U_WORD ? u->count : 1;

		for (int k = 0; k < count; k++)
		{
			uint32_t word = count > 1 ? parse->sentence->tokens[u->token + k].hash : fs_unit_word(parse, i);

			if (word == 0)
				continue;
			add_pair(f, F_WORD, F_WORDS, before, word);
			before = word;
		}
	}
	fs_feature_scale(f, WORD_WEIGHT);
}

/* Add the weights of words alone and with the one before, each of the group's value. */
static inline void
sum_pairs(FsModel model, uint32_t alone, uint32_t both, const uint32_t *words, int n, int32_t weight, int32_t sum[3])
{
	FsWeights weights = fs_linear_table(model);
	int32_t	  value = fs_feature_value(2 * n, weight);
	int32_t	  group[3] = { 0, 0, 0 };
	uint32_t  before = 1;

	for (int i = 0; i < n; i++)
	{
		const int8_t *a = weights[fs_feature_hash(alone, words[i], 0) & (FS_MODEL_BUCKETS - 1)];
		const int8_t *b = weights[fs_feature_hash(both, before, words[i]) & (FS_MODEL_BUCKETS - 1)];

		group[0] += a[0] + b[0];
		group[1] += a[1] + b[1];
		group[2] += a[2] + b[2];
		before = words[i];
	}
	for (int k = 0; k < 3; k++)
		sum[k] += group[k] * value;
}

void
fs_sentence_sum(FsModel model, const FsParse *parse, const FsEvent *events, int nevents, const uint32_t *lemmas,
				int nlemmas, const uint32_t *words, int nwords, FsFeatures *scratch, int32_t sum[3])
{
	scratch->n = 0;
	rule_features(parse, events, nevents, scratch);
	fs_linear_add(model, scratch, sum);
	sum_pairs(model, F_LEMMA, F_LEMMAS, lemmas, nlemmas, LEMMA_WEIGHT, sum);
	sum_pairs(model, F_WORD, F_WORDS, words, nwords, WORD_WEIGHT, sum);
}
