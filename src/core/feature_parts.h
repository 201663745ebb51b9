/*
 * feature_parts.h - level 6: what the two feature extractors share.
 */
#ifndef FS_FEATURE_PARTS_H
#define FS_FEATURE_PARTS_H

#include "linear.h"
#include "rule_context.h"

/* What a unit is when its words do not matter; order is part of trained models. */
typedef enum FsKind
{
	FS_K_NONE,
	FS_K_TARGET,
	FS_K_NAME,
	FS_K_MONEY,
	FS_K_PERCENT,
	FS_K_NUMBER,
	FS_K_DATE,
	FS_K_TICKER,
	FS_K_TAG,
	FS_K_QUESTION,
	FS_K_COLON,
	FS_K_GOOD,
	FS_K_BAD,
	FS_K_NEUTRAL,
	FS_K_IMPROVE,
	FS_K_UP,
	FS_K_DOWN,
	FS_K_WORSEN,
	FS_K_TO_PROFIT,
	FS_K_TO_LOSS,
	FS_K_NEGATOR,
	FS_K_COMPARE,
	FS_K_CONTRAST,
	FS_K_EXPECT,
	FS_K_STRONG_POSITIVE,
	FS_K_POSITIVE,
	FS_K_STRONG_NEGATIVE,
	FS_K_NEGATIVE,
	FS_K_FLAT,
	FS_K_HEDGE,
	FS_K_INTENSIFY,
	FS_K_WEAKEN,
	FS_K_RATE_BUY,
	FS_K_RATE_HOLD,
	FS_K_RATE_SELL,
	FS_K_UPGRADE,
	FS_K_DOWNGRADE,
	FS_K_BEAT,
	FS_K_MISS,
	FS_K_WIN,
	FS_K_FACT,
	FS_K_ANALYST,
	FS_K_SAY,
	FS_K_ACT,
	FS_K_PERIOD,
	FS_K_PERCENT_DOWN, /* -3% */
	FS_K_PERCENT_UP,   /* +3% */
	FS_K_COUNT_
} FsKind;

/* The kind of a word or phrase of these classes; the entries of the lexicon have it. */
static inline FsKind
fs_class_kind(uint64_t classes)
{
	static const struct
	{
		uint64_t classes;
		FsKind	 kind;
	} kinds[] = {
		{ FS_C(TO_PROFIT), FS_K_TO_PROFIT },
		{ FS_C(TO_LOSS), FS_K_TO_LOSS },
		{ FS_C(NEGATOR), FS_K_NEGATOR },
		{ FS_C(COMPARE), FS_K_COMPARE },
		{ FS_C(CONTRAST) | FS_C(CONCEDE), FS_K_CONTRAST },
		{ FS_C(UPGRADE), FS_K_UPGRADE },
		{ FS_C(DOWNGRADE), FS_K_DOWNGRADE },
		{ FS_C(RATE_BUY), FS_K_RATE_BUY },
		{ FS_C(RATE_SELL), FS_K_RATE_SELL },
		{ FS_C(RATE_HOLD), FS_K_RATE_HOLD },
		{ FS_C(EXPECT), FS_K_EXPECT },
		{ FS_C(BEAT), FS_K_BEAT },
		{ FS_C(MISS), FS_K_MISS },
		{ FS_C(WIN), FS_K_WIN },
		{ FS_C(FLAT), FS_K_FLAT },
		{ FS_C(HEDGE), FS_K_HEDGE },
		{ FS_C(INTENSIFY), FS_K_INTENSIFY },
		{ FS_C(WEAKEN), FS_K_WEAKEN },
		{ FS_C(ANALYST), FS_K_ANALYST },
		{ FS_C(SAY), FS_K_SAY },
		{ FS_C(ACT), FS_K_ACT },
		{ FS_C(FACT), FS_K_FACT },
		{ FS_C(PERIOD) | FS_C(PAST), FS_K_PERIOD },
	};
	const uint64_t relevant = ~(FS_C(FUNCTION) | FS_C(VERB) | FS_C(NOUN) | FS_C(ADJ) | FS_C(TRANS) | FS_C(STRONG) |
								FS_C(ABBREVIATION) | FS_C(LEGAL) | FS_C(FOREIGN) | FS_C(CLAUSE) | FS_C(FUTURE) |
								FS_C(CONDITION) | FS_C(ORDER) | FS_C(ABOVE) | FS_C(BELOW) | FS_C_CUE);
	int			   direction = fs_direction(classes);

	if (!(classes & relevant))
		return FS_K_NONE;
	if (classes & FS_C_METRIC)
		return classes & FS_C(BAD) ? FS_K_BAD : classes & FS_C(GOOD) ? FS_K_GOOD : FS_K_NEUTRAL;
	if (direction != 0)
		return direction == 2 ? FS_K_IMPROVE : direction == 1 ? FS_K_UP : direction == -1 ? FS_K_DOWN : FS_K_WORSEN;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
	{
		if (classes & kinds[i].classes)
			return kinds[i].kind;
		if (i == 10 && (classes & FS_C_POLARITY))
			break;
	}
	if (classes & FS_C(POSITIVE))
		return classes & FS_C(STRONG) ? FS_K_STRONG_POSITIVE : FS_K_POSITIVE;
	if (classes & FS_C(NEGATIVE))
		return classes & FS_C(STRONG) ? FS_K_STRONG_NEGATIVE : FS_K_NEGATIVE;
	return FS_K_NONE;
}

extern FsKind fs_unit_kind(const FsParse *parse, int unit);

/* Classes that say no more of a word than its part of speech. */
#define FS_C_PLAIN                                                                                                   \
	(FS_C(FUNCTION) | FS_C(VERB) | FS_C(NOUN) | FS_C(ADJ) | FS_C(TRANS) | FS_C(ABBREVIATION) | FS_C(LEGAL) |         \
	 FS_C(FOREIGN))

/* fs_unit_parts of a unit that is no word. */
extern FsKind fs_other_parts(const FsParse *parse, int unit, uint32_t *lemma, uint32_t *word);

/*
 * A unit's kind; the hash of its base form if the lexicon knows it, else of its
 * kind, 0 if neither; the hash of its words, of its kind if it is a figure, a
 * name or a date, 0 for most punctuation.
 */
static inline FsKind
fs_unit_parts(const FsParse *parse, int unit, uint32_t *lemma, uint32_t *word)
{
	const FsUnit *u = &parse->units[unit];

	if (u->type != FS_U_WORD)
		return fs_other_parts(parse, unit, lemma, word);
	/* the kind of a word without a base form is none */
	*lemma = fs_entry(u->lemma)->hash & (0u - (uint32_t) ((u->classes & ~FS_C_PLAIN) != 0));
	*word = u->count > 1 ? fs_entry(u->term)->hash : parse->sentence->tokens[u->token].hash;
	return (FsKind) fs_entry(u->term)->kind;
}

/*
 * Add a model's dot product with fs_sentence_features to a sum, of the base
 * forms and words that the units have.
 */
extern void fs_sentence_sum(FsModel model, const FsParse *parse, const FsEvent *events, int nevents,
							const uint32_t *lemmas, int nlemmas, const uint32_t *words, int nwords,
							FsFeatures *scratch, int32_t sum[3]);

/* The units as hashes and kinds, those that are 0 left out. */
typedef struct FsHashes
{
	int		 nlemmas;
	int		 nwords;
	int		 nkinds;
	uint32_t lemmas[FS_SENTENCE_TOKENS + 1]; /* as fs_unit_parts gives them */
	uint32_t
			words[FS_SENTENCE_TOKENS + 1]; /* of every token of words and phrases; else as fs_unit_parts gives them */
	uint8_t kinds[FS_SENTENCE_TOKENS + 1]; /* FsKind */
} FsHashes;

extern void fs_hash_units(const FsParse *parse, FsHashes *hashes);

/* fs_sentence_features of base forms and words, into features whose weights are set. */
extern void fs_sentence_add(const FsParse *parse, const FsEvent *events, int nevents, const uint32_t *lemmas,
							int nlemmas, const uint32_t *words, int nwords, FsFeatures *features);

/* Hash of a feature's name and up to two parts. */
static inline uint32_t
fs_feature_hash(uint32_t name, uint32_t a, uint32_t b)
{
	return (uint32_t) ((((uint64_t) a * 0x9E3779B1u + name * 0x85EBCA6Bu) ^ ((uint64_t) b * 0xC2B2AE3Du)) *
						   UINT64_C(0x9E3779B97F4A7C15) >>
					   32);
}

#endif /* FS_FEATURE_PARTS_H */
