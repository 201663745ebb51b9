/*
 * lexicon.h - level 1: what is known about a word or phrase.
 *
 * The tables are generated from src/data/lexicon (one TSV a topic) by
 * src/tools/gentables.c into tables/lexicon.inc.  A term is a sequence of
 * words as the scanner cuts them (lower case, hyphens are gaps, "#" stands for
 * any number); verbs are entered once and inflected by the generator.
 *
 * A word's id is the id of its entry; ids of phrases follow those of words.
 * Entry 0 is "not in the lexicon", entry 1 is "#", any number.
 */
#ifndef FS_LEXICON_H
#define FS_LEXICON_H

#include "hash.h"

/*
 * Classes of an entry, a set of bits: "cut" is a verb and a noun of falling.
 * The comment gives the name used in the TSV files' column "class".
 */
typedef enum FsClassBit
{
	/* direction: the subject (or, when FS_C_TRANS, the object) moves */
	FS_B_UP,	  /* up */
	FS_B_DOWN,	  /* down */
	FS_B_IMPROVE, /* improve: good whatever the metric */
	FS_B_WORSEN,  /* worsen: bad whatever the metric */
	FS_B_TRANS,	  /* (form vt) the object moves: "cut costs" */
	FS_B_VERB,	  /* (forms v, vt) */
	FS_B_NOUN,	  /* (form n) */
	FS_B_ADJ,	  /* (form a) */
	/* metric nouns */
	FS_B_GOOD,	  /* metric-good: more is better */
	FS_B_BAD,	  /* metric-bad: less is better */
	FS_B_NEUTRAL, /* metric-neutral: neither */
	/* polarity of its own; the weight says how much */
	FS_B_POSITIVE, /* positive */
	FS_B_NEGATIVE, /* negative */
	FS_B_STRONG,   /* |weight| >= 0.8, set by the generator */
	FS_B_FACT,	   /* fact: plain description, no news */
	FS_B_FLAT,	   /* flat: no change */
	/* expectation */
	FS_B_EXPECT, /* expectation: estimates, consensus, forecast */
	FS_B_BEAT,	 /* beat */
	FS_B_MISS,	 /* miss */
	FS_B_ABOVE,	 /* above: level above a reference */
	FS_B_BELOW,	 /* below */
	FS_B_PAST,	 /* past: a reference in the past ("year earlier") */
	/* scope */
	FS_B_NEGATOR,	/* negator */
	FS_B_HEDGE,		/* hedge */
	FS_B_FUTURE,	/* future: will, expects, plans */
	FS_B_CONDITION, /* condition: if, unless, would */
	FS_B_CONTRAST,	/* contrast: but, however: what follows wins */
	FS_B_CONCEDE,	/* concede: despite, although: what follows loses */
	FS_B_CLAUSE,	/* clause: any word that opens a clause */
	FS_B_INTENSIFY, /* intensify */
	FS_B_WEAKEN,	/* weaken */
	FS_B_COMPARE,	/* compare: from, versus, compared with */
	/* events with rules of their own */
	FS_B_UPGRADE,	/* upgrade */
	FS_B_DOWNGRADE, /* downgrade */
	FS_B_RATE_BUY,	/* rate-buy */
	FS_B_RATE_HOLD, /* rate-hold */
	FS_B_RATE_SELL, /* rate-sell */
	FS_B_TO_PROFIT, /* to-profit: swings to profit */
	FS_B_TO_LOSS,	/* to-loss */
	FS_B_TURN,		/* turn: verbs that turn to profit or loss, words between */
	FS_B_WIN,		/* win: wins, receives, is awarded (an order) */
	FS_B_ORDER,		/* order: order, contract, permit */
	FS_B_ANALYST,	/* analyst: who only comments */
	FS_B_SAY,		/* say: reporting verbs */
	FS_B_ACT,		/* act: X acts on Y: acquires, sues, beats */
	/* numbers and time */
	FS_B_SCALE,		 /* scale: million, bn, crore; value: power of ten */
	FS_B_CURRENCY,	 /* currency; value: ISO 4217 code */
	FS_B_MINOR,		 /* minor: hundredth of a currency: cents, pence; value: ISO code */
	FS_B_UNIT,		 /* unit: percent, bps, pp, x */
	FS_B_NUMBER,	 /* number: number words; value: the number */
	FS_B_COMPARATOR, /* comparator: over, nearly; value: eq gt lt ge le approx */
	FS_B_MONTH,		 /* month; value 1-12 */
	FS_B_PERIOD,	 /* period: quarter, fy, year */
	/* names and function words */
	FS_B_ABBREVIATION, /* abbreviation: a dot after it ends no sentence */
	FS_B_LEGAL,		   /* legal: inc, corp, plc, oyj */
	FS_B_FUNCTION,	   /* function: English function words */
	FS_B_FOREIGN,	   /* foreign: function words of languages not read */
	/* insights; value of the entry, where there is one, is the kind's detail */
	FS_B_RISK,		   /* cue-risk */
	FS_B_CATALYST,	   /* cue-catalyst */
	FS_B_OUTLOOK,	   /* cue-outlook */
	FS_B_GUIDANCE,	   /* cue-guidance */
	FS_B_COMPETITOR,   /* cue-competitor */
	FS_B_CONSENSUS,	   /* cue-consensus */
	FS_B_SECOND_ORDER, /* cue-second-order */
	FS_B_COUNT_
} FsClassBit;

_Static_assert(FS_B_COUNT_ <= 64, "classes are one 64-bit set");

#define FS_C(bit) (UINT64_C(1) << FS_B_##bit)

#define FS_C_DIRECTION (FS_C(UP) | FS_C(DOWN) | FS_C(IMPROVE) | FS_C(WORSEN))
#define FS_C_METRIC (FS_C(GOOD) | FS_C(BAD) | FS_C(NEUTRAL))
#define FS_C_POLARITY (FS_C(POSITIVE) | FS_C(NEGATIVE))

/* Classes by which a unit may trigger a rule. */
#define FS_C_TRIGGER                                                                                                 \
	(FS_C_DIRECTION | FS_C_POLARITY | FS_C(BEAT) | FS_C(MISS) | FS_C(ABOVE) | FS_C(BELOW) | FS_C(WIN) | FS_C(TURN) | \
	 FS_C(UPGRADE) | FS_C(DOWNGRADE) | FS_C(TO_PROFIT) | FS_C(TO_LOSS) | FS_C(COMPARE) | FS_C(BAD) |                 \
	 FS_C(RATE_BUY) | FS_C(RATE_HOLD) | FS_C(RATE_SELL))
#define FS_C_CUE                                                                                                     \
	(FS_C(RISK) | FS_C(CATALYST) | FS_C(OUTLOOK) | FS_C(GUIDANCE) | FS_C(COMPETITOR) | FS_C(CONSENSUS) |             \
	 FS_C(SECOND_ORDER))

typedef uint16_t FsTerm; /* id of a lexicon entry */

typedef uint16_t FsValue; /* place of an entry's value in the pool of values, 0: none; equal values have one place */

#define FS_TERM_NONE 0
#define FS_TERM_NUMBER 1

/* FS_W_rose and so on: ids of the single words; FS_V_revenue: places of values. */
#include "tables/words.inc"

/*
 * A unit (unit.h) takes the first sixteen bytes of its entry in one copy.  What
 * stands for units that are no terms has entries too, behind the terms'.
 */
typedef struct FsEntry
{
	uint64_t classes;	/* FS_C(...) */
	FsTerm	 term;		/* itself, FS_TERM_NONE if it is none */
	FsTerm	 lemma;		/* entry of the base form, itself if none */
	int8_t	 weight;	/* polarity in hundredths, -100 to 100 */
	uint8_t	 type;		/* FsUnitType of a unit */
	uint8_t	 says;		/* FsSays; a unit has its clause here */
	uint8_t	 ch;		/* the character of a unit that is one */
	uint64_t follow;	/* words that may follow in a phrase: the bits of their hashes; 0: starts no phrase */
	uint32_t hash;		/* fs_hash of the term: the same whatever its id */
	FsValue	 value;		/* by class: the TSV column "value" (a metric's
								 * canonical name, a currency's code) */
	uint8_t	 kind : 6;	/* FsKind of a word or phrase (feature_parts.h) */
	uint8_t	 tells : 2; /* FsTells */
	uint8_t	 marks;		/* FsMarks */
} FsEntry;

/* Entries behind those of the terms: units made of several tokens, and punctuation. */
enum FsStandIn
{
	FS_STAND_NAME = FS_TERMS,
	FS_STAND_QUANTITY,
	FS_STAND_DATE,
	FS_STAND_PUNCT, /* and its ASCII character, 0 for others */
	FS_ENTRIES = FS_STAND_PUNCT + 128,
};

/* What rules look for near a unit, one byte for each, so that they ask 64 units at once (rule_context.h). */
enum FsMarks
{
	FS_M_CLAUSE = 1,	/* a clause begins there */
	FS_M_TRIGGER = 2,	/* a class of FS_C_TRIGGER */
	FS_M_METRIC = 4,	/* a class of FS_C_METRIC */
	FS_M_DIRECTION = 8, /* rises, falls, improves or worsens */
	FS_M_NEGATOR = 16,	/* class negator */
	FS_M_FIGURE = 32,	/* a quantity; of units, never of entries */
	FS_M_LINK = 64,		/* as, which, of: asked for left of a direction word */
	FS_M_STOP = 128,	/* as, after, on: asked for right of it */
};

/* Marks of an entry of these classes, those of single words aside. */
static inline uint8_t
fs_class_marks(uint64_t classes)
{
	bool up = (classes & FS_C(UP)) != 0;
	bool down = (classes & FS_C(DOWN)) != 0;
	bool moves = classes & (FS_C(IMPROVE) | FS_C(WORSEN)) || up != down;

	return (uint8_t) ((classes & FS_C(CLAUSE) ? FS_M_CLAUSE : 0) | (classes & FS_C_TRIGGER ? FS_M_TRIGGER : 0) |
					  (classes & FS_C_METRIC ? FS_M_METRIC : 0) | (moves ? FS_M_DIRECTION : 0) |
					  (classes & FS_C(NEGATOR) ? FS_M_NEGATOR : 0));
}

/*
 * Words that decide a sign wherever they stand in a term ("net loss",
 * "loss-making"); whether a word is the last of a term of class comparator; and
 * what the reader of metrics asks of every unit (metric_survey.c).
 */
enum FsSays
{
	FS_SAYS_LOSS = 1,
	FS_SAYS_PROFIT = 2,
	FS_SAYS_INCOME = 4,
	FS_ENDS_COMPARATOR = 8,
	FS_SAYS_METRIC = 16, /* its classes: FS_C_METRIC */
	FS_SAYS_MOVES = 32,	 /* FS_C_MOVES */
	FS_SAYS_DATED = 64,	 /* FS_C_DATED */
	FS_SAYS_PLANS = 128, /* FS_C_PLANS, or one of a few words that do so whatever their classes */
};

enum FsTells
{
	FS_TELLS_ANALYSTS = 1, /* an expectation that is one of analysts or the market, not of the company */
	FS_TELLS_RISE = 2,	   /* a verb of price moves that is another word elsewhere: up */
	FS_TELLS_FALL = 3,	   /* the same: down */
};

#define FS_C_MOVES (FS_C_DIRECTION | FS_C(COMPARE) | FS_C(FLAT))
#define FS_C_DATED (FS_C(PERIOD) | FS_C(PAST) | FS_C(MONTH))
#define FS_C_PLANS (FS_C(FUTURE) | FS_C(EXPECT) | FS_C(GUIDANCE) | FS_C(CONDITION))

extern const FsEntry fs_entries[FS_ENTRIES];

static inline const FsEntry *
fs_entry(FsTerm term)
{
	return &fs_entries[term];
}

/* Whether some phrase may go from the first word on to the second; true is not certain. */
static inline unsigned
fs_may_follow(const FsEntry *first, const FsEntry *second)
{
	return first->follow >> (second->hash & 63) & 1;
}

/* The term's text, terminated. */
extern const char *fs_entry_text(FsTerm term);

/* The entry's value column, "" if none; terminated. */
extern const char *fs_entry_value(FsTerm term);

/* The text of a value, "" of 0; terminated. */
extern const char *fs_value_text(FsValue value);

extern uint32_t fs_lexicon_size(void);

/*
 * A single word by its folded bytes and their fs_hash; FS_TERM_NONE if unknown.
 * Folded bytes are those of the scanner (scan.h).
 */
extern FsTerm fs_lexicon_word(const char *folded, size_t len, uint32_t hash);

/*
 * What most stages ask of a token, one byte for each, so that they pass over
 * eight plain words at a time.  Those of a word are kept in its slot.
 */
enum FsTraits
{
	FS_TR_WORD = 1,		 /* kind FS_WORD */
	FS_TR_TERM = 2,		 /* a word that the lexicon knows */
	FS_TR_START = 4,	 /* may start a quantity: digits, number words, scales, currencies, "percentage" */
	FS_TR_SPECIAL = 8,	 /* its unit wants a second look: a clause may begin there, a month, a number, a tag */
	FS_TR_FUNCTION = 16, /* English by the language guess: a function word */
	FS_TR_ENGLISH = 32,	 /* the same: another word with classes */
	FS_TR_FOREIGN = 64,	 /* a function word of another language */
	FS_TR_SCRIPT = 128,	 /* has letters that are not Latin; never with ENGLISH */
};

/* Traits of a word of these classes. */
static inline uint8_t
fs_word_traits(uint64_t classes)
{
	unsigned traits = FS_TR_WORD | FS_TR_TERM;

	if (classes & (FS_C(NUMBER) | FS_C(SCALE) | FS_C(CURRENCY)))
		traits |= FS_TR_START;
	if (classes & (FS_C(CLAUSE) | FS_C(CONCEDE) | FS_C(MONTH)))
		traits |= FS_TR_SPECIAL;
	if (classes & FS_C(FUNCTION))
		traits |= FS_TR_FUNCTION;
	else if (classes & FS_C(FOREIGN))
		traits |= FS_TR_FOREIGN;
	else if (classes != 0)
		traits |= FS_TR_ENGLISH;
	return (uint8_t) traits;
}

/* A slot of the words' perfect-hash table (lexicon.c), here for the inlined probe. */
typedef struct FsWordSlot
{
	uint64_t first;	 /* first eight bytes, little-endian, zero above */
	uint64_t second; /* the next eight */
	uint32_t found;	 /* term << 16 | FsTraits << 8 | length; 0: empty */
} FsWordSlot;

extern const FsWordSlot fs_word_slots[FS_WORD_SLOTS];
extern const uint16_t	fs_word_displace[FS_WORD_BUCKETS];

/* What a slot says of its word, as one number; every word has FS_TR_WORD. */
typedef uint32_t FsFound;

#define FS_NOT_FOUND ((FsFound) FS_TR_WORD << 8)

static inline FsTerm
fs_found_term(FsFound found)
{
	return (FsTerm) (found >> 16);
}

static inline uint8_t
fs_found_traits(FsFound found)
{
	return (uint8_t) (found >> 8);
}

/* Look a word up. */
extern FsFound fs_lexicon_look(const char *folded, size_t len, uint32_t hash);

/* The slot of a hash: its word's, another's or an empty one. */
static inline const FsWordSlot *
fs_lexicon_probe(uint32_t hash)
{
	return &fs_word_slots[fs_slot(hash, fs_word_displace, FS_WORD_BUCKETS - 1, FS_WORD_SLOTS - 1)];
}

/*
 * Look up a word of up to FS_SHORT_WORD bytes, none of them zero, given as
 * fs_load reads them.  Its length needs no look: a longer word of the lexicon has
 * a byte where this one has a zero.  Which words are known is hard to predict:
 * there is no branch.
 */
#define FS_SHORT_WORD 15

static inline FsFound
fs_lexicon_short(uint64_t first, uint64_t second, uint32_t hash)
{
	const FsWordSlot *slot = fs_lexicon_probe(hash);
	uint64_t		  other = (slot->first ^ first) | (slot->second ^ second);

	return (slot->found & -(FsFound) (other == 0)) | FS_NOT_FOUND;
}

/*
 * Filter of what phrases begin with, those that are nothing but cues of
 * insights aside (Bloom, 1970): the two words of a phrase, and the first three
 * of one whose first two are none ("in the red").  An item has two bits in one
 * word, which its first two words choose.  Most words of a text begin no
 * phrase, and here one load says so.
 */
#define FS_FILTER_BITS 12
#define FS_FILTER_WORDS (1u << FS_FILTER_BITS)

extern const uint64_t fs_phrase_filter[FS_FILTER_WORDS];

static inline uint32_t
fs_pair_hash(FsTerm first, FsTerm second)
{
	return first * UINT32_C(0x9E3779B1) + second * UINT32_C(0x85EBCA6B);
}

static inline uint32_t
fs_triple_hash(uint32_t pair, FsTerm third)
{
	return pair + third * UINT32_C(0xC2B2AE35);
}

/* The word of the filter for a pair, and those of phrases that it begins. */
static inline uint32_t
fs_filter_word(uint32_t pair)
{
	return pair >> (32 - FS_FILTER_BITS);
}

/* An item's bits in its word. */
static inline uint64_t
fs_filter_bits(uint32_t hash)
{
	return UINT64_C(1) << (hash >> 14 & 63) | UINT64_C(1) << (hash >> 8 & 63);
}

/* 0 if no phrase that is more than a cue begins with these words (FS_TERM_NONE: none); 1 is not certain. */
static inline unsigned
fs_phrase_may_begin(FsTerm first, FsTerm second, FsTerm third)
{
	uint32_t pair = fs_pair_hash(first, second);
	uint64_t lacks = ~fs_phrase_filter[fs_filter_word(pair)];
	uint64_t lacks_pair = lacks & fs_filter_bits(pair);
	uint64_t lacks_triple = lacks & fs_filter_bits(fs_triple_hash(pair, third));

	return (unsigned) !lacks_pair | (unsigned) !lacks_triple;
}

/*
 * One step of a phrase: from the state (the first word's term, or the state
 * that the last step gave) over the next word.  Gives the next state, 0 if no
 * phrase goes on so; *phrase is the phrase that ends here, FS_TERM_NONE if none.
 */
extern uint16_t fs_lexicon_step(uint16_t state, FsTerm word, FsTerm *phrase);

/* Look up a whole term written as in the TSV ("net profit"): for tools and tests. */
extern FsTerm fs_lexicon_find(const char *term);

#endif /* FS_LEXICON_H */
