/*
 * rules.h - level 5: what a sentence says that is good or bad, and why.
 *
 * A rule looks at the units of one sentence and adds events: a place, a signed
 * weight and the rule's name.  The families and their order are in rules.c.
 */
#ifndef FS_RULES_H
#define FS_RULES_H

#include "unit.h"

typedef enum FsRule
{
#define FS_RULE(id, name, description) FS_RULE_##id,
#include "rules.def"
#undef FS_RULE
	FS_RULE_COUNT_
} FsRule;

/* "direction x metric", as finsent_explain prints it; documented in docs/scoring.md. */
extern const char *fs_rule_name(FsRule rule);

typedef struct FsEvent
{
	uint16_t first;	 /* units of the evidence */
	uint16_t last;	 /* inclusive */
	uint16_t head;	 /* the unit that triggered the rule */
	int16_t	 weight; /* signed, in hundredths; 0: an event that says "neutral" */
	uint8_t	 rule;	 /* FsRule */
	uint8_t	 clause;
} FsEvent;

/*
 * Whether a term of the lexicon's strongest, 0.9 and more, tells the event: it
 * settles the matter.  term_weight (rule_event.c) weighs these, and no others, above this.
 */
#define FS_SETTLES 110

static inline bool
fs_event_settles(const FsEvent *event)
{
	return (event->rule == FS_RULE_PRAISE || event->rule == FS_RULE_BLAME) &&
		   (event->weight >= FS_SETTLES || event->weight <= -FS_SETTLES);
}

/* The net weight of a sentence's events, cut to three strong ones on either side. */
#define FS_NET_MAX 300

static inline int32_t
fs_events_net(const FsEvent *events, int n)
{
	int32_t net = 0;

	for (int i = 0; i < n; i++)
		net += events[i].weight;
	return net > FS_NET_MAX ? FS_NET_MAX : net < -FS_NET_MAX ? -FS_NET_MAX : net;
}

#define FS_EVENTS_MAX 64 /* a sentence's further events are dropped */

/* Events of a sentence in order of their head, into out; returns the number. */
extern int fs_rules_apply(const FsParse *parse, FsEvent out[FS_EVENTS_MAX]);

#endif /* FS_RULES_H */
