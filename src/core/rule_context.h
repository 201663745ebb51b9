/*
 * rule_context.h - level 5: what the rule families share.
 *
 * A family is a function that reads the units and adds events.  A unit that
 * one family has explained is marked used, so that a later one does not count
 * it again; the order of the families (rules.c) is therefore part of the rules.
 */
#ifndef FS_RULE_CONTEXT_H
#define FS_RULE_CONTEXT_H

#include "rules.h"

typedef struct FsRuleContext
{
	const FsParse *parse;
	const FsUnit  *units;
	int			   n;
	uint64_t	   seen; /* classes that occur at all */
	FsEvent		  *events;
	int			   nevents;
	int			   nheads;
	uint16_t	   heads[FS_SENTENCE_TOKENS];			   /* units that may trigger a rule */
	uint8_t		   used[FS_SENTENCE_TOKENS];			   /* one a unit */
	char		   marked[8][FS_SENTENCE_TOKENS / 8 + 16]; /* for each of FsMarks, in order: bits of the units */
} FsRuleContext;

/* Which of the units from one on (at least 0) have a mark: FS_MARKED_UNITS of them, and perhaps a few more. */
#define FS_MARKED_UNITS 57

static inline uint64_t
fs_marked_from(const FsRuleContext *r, unsigned mark, int from)
{
	return fs_load(&r->marked[__builtin_ctz(mark)][from / 8], 8) >> from % 8;
}

/* The nearest unit left of one, within so many (0 to FS_MARKED_UNITS), that has a mark; -1 if none. */
static inline int
fs_marked_left(const FsRuleContext *r, unsigned mark, int at, int within)
{
	int		 from = at > within ? at - within : 0;
	uint64_t bits = fs_marked_from(r, mark, from) & ~(~UINT64_C(0) << (at - from));

	return bits != 0 ? from + 63 - __builtin_clzll(bits) : -1;
}

/* The same right of one. */
static inline int
fs_marked_right(const FsRuleContext *r, unsigned mark, int at, int within)
{
	uint64_t bits = fs_marked_from(r, mark, at + 1) & ~(~UINT64_C(0) << within);

	return bits != 0 ? at + 1 + __builtin_ctzll(bits) : -1;
}

/* No metric at all, as against one of polarity 0. */
#define FS_NO_METRIC 2

/* Polarity of a metric noun: 1 more is better, -1 less is better, 0 neither, FS_NO_METRIC. */
static inline int
fs_metric_polarity(const FsUnit *unit)
{
	if (!(unit->classes & FS_C_METRIC))
		return FS_NO_METRIC;
	if (unit->classes & FS_C(BAD))
		return -1;
	return unit->classes & FS_C(GOOD) ? 1 : 0;
}

/* 2 improves, 1 rises, 0 neither, -1 falls, -2 worsens. */
static inline int
fs_direction(uint64_t classes)
{
	if (!(classes & FS_C_DIRECTION))
		return 0;
	if (classes & FS_C(IMPROVE))
		return 2;
	if (classes & FS_C(WORSEN))
		return -2;
	if ((classes & (FS_C(UP) | FS_C(DOWN))) == (FS_C(UP) | FS_C(DOWN)))
		return 0;
	return classes & FS_C(UP) ? 1 : -1;
}

static inline int
fs_direction_of(const FsUnit *unit)
{
	return fs_direction(unit->classes);
}

/* Whether the unit's folded text is this. */
static inline bool
fs_unit_is(const FsUnit *unit, const char *text)
{
	return unit->term > FS_TERM_NUMBER && strcmp(fs_entry_text(unit->term), text) == 0;
}

/* Whether the unit is one of these words (FS_W_...), 0 at the end. */
static inline bool
fs_unit_in(const FsUnit *unit, const FsTerm words[])
{
	for (int i = 0; words[i]; i++)
		if (unit->term == words[i])
			return true;
	return false;
}

/* What the unit's term says wherever in it (FsSays). */
static inline unsigned
fs_unit_says(const FsUnit *unit)
{
	return fs_entry(unit->term)->says;
}

/* Add an event over units first..last, triggered at head. */
extern void fs_add_event(FsRuleContext *r, int head, int first, int last, int weight, FsRule rule);

/* Whether a negator stands within so many units before, in the same clause. */
extern bool fs_negated(const FsRuleContext *r, int at, int within);

/* Whether one of the classes stands in units from..to of the same clause as at. */
extern bool fs_class_near(const FsRuleContext *r, int at, int from, int to, uint64_t classes);

/*
 * The metric to the left, within so many units of the clause: in "the cost of
 * sales" the head before "of".  -1 if none.
 */
extern int fs_metric_left(const FsRuleContext *r, int at, int within);

/* The metric to the right, within so many units of the clause; -1 if none. */
extern int fs_metric_right(const FsRuleContext *r, int at, int within);

/* Whether the sentence is no prose and has a percentage with its sign, which fs_rule_sign reads. */
extern bool fs_signs_move(const FsParse *parse);

/* The families, in order. */
extern void fs_rule_expectation(FsRuleContext *r);
extern void fs_rule_level(FsRuleContext *r);
extern void fs_rule_contract(FsRuleContext *r);
extern void fs_rule_rating(FsRuleContext *r);
extern void fs_rule_turn(FsRuleContext *r);
extern void fs_rule_direction(FsRuleContext *r);
extern void fs_rule_sign(FsRuleContext *r);
extern void fs_rule_comparison(FsRuleContext *r);
extern void fs_rule_polarity(FsRuleContext *r);

#endif /* FS_RULE_CONTEXT_H */
