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

FsKind
fs_unit_kind(const FsParse *parse, int unit)
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
	const FsUnit  *u = &parse->units[unit];
	int			   direction;

	switch ((FsUnitType) u->type)
	{
		case FS_U_NAME:
			return FS_K_NAME;
		case FS_U_QUANTITY:
			if (parse->quantities[u->quantity].kind == FS_UNIT_MONEY)
				return FS_K_MONEY;
			return parse->quantities[u->quantity].kind == FS_UNIT_PERCENT ? FS_K_PERCENT : FS_K_NUMBER;
		case FS_U_DATE:
			return FS_K_DATE;
		case FS_U_TICKER:
			return FS_K_TICKER;
		case FS_U_TAG:
			return FS_K_TAG;
		case FS_U_OWN:
			return FS_K_NONE;
		case FS_U_PUNCT:
			return u->ch == '?' ? FS_K_QUESTION : u->ch == ':' ? FS_K_COLON : FS_K_NONE;
		default:
			break;
	}
	if (!(u->classes & relevant))
		return FS_K_NONE;
	direction = fs_direction_of(u);
	if (u->classes & FS_C_METRIC)
		return u->classes & FS_C(BAD) ? FS_K_BAD : u->classes & FS_C(GOOD) ? FS_K_GOOD : FS_K_NEUTRAL;
	if (direction != 0)
		return direction == 2 ? FS_K_IMPROVE : direction == 1 ? FS_K_UP : direction == -1 ? FS_K_DOWN : FS_K_WORSEN;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
	{
		if (u->classes & kinds[i].classes)
			return kinds[i].kind;
		if (i == 10 && (u->classes & FS_C_POLARITY))
			break;
	}
	if (u->classes & FS_C(POSITIVE))
		return u->classes & FS_C(STRONG) ? FS_K_STRONG_POSITIVE : FS_K_POSITIVE;
	if (u->classes & FS_C(NEGATIVE))
		return u->classes & FS_C(STRONG) ? FS_K_STRONG_NEGATIVE : FS_K_NEGATIVE;
	return FS_K_NONE;
}

uint32_t
fs_unit_word(const FsParse *parse, int unit)
{
	const FsUnit *u = &parse->units[unit];

	switch ((FsUnitType) u->type)
	{
		case FS_U_PUNCT:
			return u->ch == '?' || u->ch == '!' || u->ch == ':' ? u->ch : 0;
		case FS_U_WORD:
			if (u->term > FS_TERM_NUMBER)
				return fs_entry(u->term)->hash;
			return parse->sentence->tokens[u->token].hash;
		case FS_U_OWN:
			return 0;
		default:
			return 1000u + (uint32_t) fs_unit_kind(parse, unit);
	}
}

/* Whether the unit stands for its base form: a word that says more than its part of speech. */
static inline bool
has_lemma(const FsUnit *u)
{
	const uint64_t plain = FS_C(FUNCTION) | FS_C(VERB) | FS_C(NOUN) | FS_C(ADJ) | FS_C(TRANS) | FS_C(ABBREVIATION) |
						   FS_C(LEGAL) | FS_C(FOREIGN);

	return u->type == FS_U_WORD && (u->classes & ~plain);
}

uint32_t
fs_lemma_of_kind(const FsUnit *u, FsKind kind)
{
	if (has_lemma(u))
		return fs_entry(u->lemma)->hash;
	return kind == FS_K_NONE ? 0 : 1000u + (uint32_t) kind;
}

uint32_t
fs_unit_lemma(const FsParse *parse, int unit)
{
	const FsUnit *u = &parse->units[unit];

	return fs_lemma_of_kind(u, has_lemma(u) ? FS_K_NONE : fs_unit_kind(parse, unit));
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
