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
	uint8_t		   used[FS_SENTENCE_TOKENS]; /* one a unit */
} FsRuleContext;

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
fs_direction_of(const FsUnit *unit)
{
	uint64_t c = unit->classes;

	if (!(c & FS_C_DIRECTION))
		return 0;
	if (c & FS_C(IMPROVE))
		return 2;
	if (c & FS_C(WORSEN))
		return -2;
	if ((c & (FS_C(UP) | FS_C(DOWN))) == (FS_C(UP) | FS_C(DOWN)))
		return 0;
	return c & FS_C(UP) ? 1 : -1;
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

/* The families, in order. */
extern void fs_rule_expectation(FsRuleContext *r);
extern void fs_rule_level(FsRuleContext *r);
extern void fs_rule_contract(FsRuleContext *r);
extern void fs_rule_rating(FsRuleContext *r);
extern void fs_rule_turn(FsRuleContext *r);
extern void fs_rule_direction(FsRuleContext *r);
extern void fs_rule_comparison(FsRuleContext *r);
extern void fs_rule_polarity(FsRuleContext *r);

#endif /* FS_RULE_CONTEXT_H */
