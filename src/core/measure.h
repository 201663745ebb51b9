/*
 * measure.h - level 6: a sentence as a fixed list of small numbers.
 *
 * What the trees of a trained model ask about (forest.h): what finsent says of
 * the sentence and how sure it is, what the rules found and where, which classes
 * of words and figures stand in it, and how long it is.
 */
#ifndef FS_MEASURE_H
#define FS_MEASURE_H

#include "linear.h"

#define FS_SIGNS 3 /* of an event: bad, neutral, good */

/* Places of the measures; part of trained models: append only. */
typedef enum FsMeasure
{
	/* the compiled model: differences of its logits, then of those of its words alone, in 1/256 */
	FS_SEEN_COMPILED_GOOD, /* positive less neutral */
	FS_SEEN_COMPILED_BAD,  /* negative less neutral */
	FS_SEEN_COMPILED_SIDE, /* positive less negative */
	FS_SEEN_NEGATIVE,	   /* probability in 1/8192 */
	FS_SEEN_NEUTRAL,
	FS_SEEN_POSITIVE,
	FS_SEEN_SCORE,
	FS_SEEN_WORDS_GOOD,
	FS_SEEN_WORDS_BAD,
	FS_SEEN_WORDS_SIDE,
	FS_SEEN_BEST_WORD, /* weights of single features: most for good, for bad, for neutral; and how strong they are */
	FS_SEEN_WORST_WORD,
	FS_SEEN_PLAINEST_WORD,
	FS_SEEN_LOUDNESS,
	/* events, in hundredths */
	FS_SEEN_NET,
	FS_SEEN_UP,
	FS_SEEN_DOWN,
	FS_SEEN_HIGHEST,
	FS_SEEN_LOWEST,
	FS_SEEN_FIRST,
	FS_SEEN_LAST,
	FS_SEEN_EVENTS,		  /* their number */
	FS_SEEN_UNITS_BEFORE, /* the first event's head, -1 without one */
	FS_SEEN_UNITS_BEHIND, /* from the last event's head to the end */
	FS_SEEN_BALANCE,	  /* net in percent of all */
	FS_SEEN_RULES,		  /* of each rule, by sign */
	/* units by class, and by what they are */
	FS_SEEN_CLASSES = FS_SEEN_RULES + FS_RULE_COUNT_ * FS_SIGNS,
	FS_SEEN_MONEY = FS_SEEN_CLASSES + FS_B_COUNT_,
	FS_SEEN_PERCENT,
	FS_SEEN_AMOUNTS,
	FS_SEEN_COUNTS,
	FS_SEEN_BARE,
	FS_SEEN_MINUS,	  /* amounts below zero */
	FS_SEEN_AGAINST,  /* the first amount of money against the second: -1, 0, 1 */
	FS_SEEN_CAPITALS, /* unknown words with a capital, and where the first stands */
	FS_SEEN_CAPITAL,
	FS_SEEN_DATES,
	FS_SEEN_COMMAS,
	FS_SEEN_QUOTES,
	FS_SEEN_MARKS,
	FS_SEEN_LENGTH, /* units that are no marks */
	FS_SEEN_PROSE,
	FS_SEEN_POST,
	FS_SEEN_QUESTION,
	FS_MEASURES
} FsMeasure;

_Static_assert(FS_MEASURES < 255, "a tree's node names its measure in a byte");

typedef struct FsMeasures
{
	int16_t value[FS_MEASURES];
} FsMeasures;

/*
 * Measure a sentence; features are those that the compiled model reads of it,
 * words its logits of them alone, compiled those that finsent decides by.
 */
extern void fs_measure(const FsParse *parse, const FsEvent *events, int nevents, const FsFeatures *features,
					   FsLogits words, FsLogits compiled, FsMeasures *out);

#endif /* FS_MEASURE_H */
