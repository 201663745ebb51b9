/*
 * rule_direction.c - level 5: direction x metric, and direction alone.
 *
 * The sign of "rose" is the polarity of what rose.  Where the metric stands
 * depends on the form of the direction word:
 *
 *   adjective  "lower fuel costs"         right 3, then left 10
 *   noun       "a drop in orders"         right 6 behind in/of/for, then left 10
 *   transitive "trimmed its debt"         right 5, then left 10; a figure right
 *                                         behind it ("cut 5%") turns that round
 *   other verb "margins shrank"           left 12, then right 3
 *
 * "improve" and "worsen" words keep their sign whatever the metric.  A metric
 * that is neither good nor bad (stake, rates) gives an event of weight 0: the
 * movement is explained and says nothing.  "A filter that improves output" is
 * what a product is for, and weighs little.
 *
 * Worked example.  "Lower fuel costs lifted margins" has two: lower looks right
 * and finds costs, +1.4; lifted is transitive and finds margins, +1.4.
 *
 * Limits.  The nearest metric is taken, not the grammatical one; a metric that the
 * lexicon does not know leaves a bare direction, which weighs half.
 */
#include "rule_context.h"

typedef struct Found
{
	int	 metric; /* unit, -1: none */
	bool right;
} Found;

/* Look on one side, then on the other. */
static Found
look(const FsRuleContext *r, int at, bool right_first, int right, int left)
{
	Found found = { -1, right_first };

	/* "costs down, profit up": what follows a comma or "and" belongs to another verb */
	if (at + 1 < r->n && (r->units[at + 1].ch == ',' || r->units[at + 1].term == FS_W_and))
		right = 0;
	if (right_first && right > 0)
		found.metric = fs_metric_right(r, at, right);
	if (found.metric < 0 && left > 0)
	{
		found.metric = fs_metric_left(r, at, left);
		found.right = false;
	}
	if (found.metric < 0 && !right_first && right > 0)
	{
		found.metric = fs_metric_right(r, at, right);
		found.right = true;
	}
	return found;
}

/* The metric that a direction word speaks of. */
static Found
find_metric(const FsRuleContext *r, int at)
{
	static const FsTerm determiners[] = { FS_W_the, FS_W_its, FS_W_their, FS_W_our, FS_W_his, FS_W_her, 0 };
	uint64_t			classes = r->units[at].classes;
	const FsUnit	   *next = at + 1 < r->n ? &r->units[at + 1] : NULL;

	/* "reduced the sales" is a verb, "reduced sales" an adjective */
	if ((classes & FS_C(ADJ)) && next && !((classes & FS_C(TRANS)) && fs_unit_in(next, determiners)))
		return look(r, at, true, 3, 10);
	if ((classes & FS_C(NOUN)) && next &&
		((next->term == FS_W_in) | (next->term == FS_W_of) | (next->term == FS_W_for)))
		return look(r, at, true, 6, 10);
	if (classes & FS_C(TRANS))
	{
		bool figure = next && (next->type == FS_U_QUANTITY || next->term == FS_W_by || next->term == FS_W_to);

		return figure ? look(r, at, false, 3, 12) : look(r, at, true, 5, 10);
	}
	return look(r, at, false, 3, 12);
}

/*
 * What a thing is for is no news: "that improve", "designed to boost", "helps
 * companies reduce", with no plan before it.
 */
static bool
is_purpose(const FsRuleContext *r, int at)
{
	const FsUnit  *unit = &r->units[at];
	const uint64_t plan = FS_C(HEDGE) | FS_C(FUTURE);
	bool		   helped = false;
	FsTerm		   before;

	if (at == 0 || unit->term != unit->lemma || !(unit->classes & FS_C(VERB)))
		return false;
	if ((unit->classes & (FS_C(TRANS) | FS_C(IMPROVE))) && unit[-1].classes & FS_C(FACT) &&
		unit[-1].clause == unit->clause)
		return true;
	for (int i = at > 4 ? at - 4 : 0; i < at; i++)
	{
		FsTerm term = r->units[i].term;

		helped |= ((term == FS_W_helps) | (term == FS_W_lets) | (term == FS_W_allows)) &
				  (r->units[i].clause == unit->clause);
	}
	if (helped)
		return true;
	before = r->units[at - 1].term;
	return (unit->classes & (FS_C(IMPROVE) | FS_C(UP))) && (unit->classes & (FS_C(TRANS) | FS_C(IMPROVE))) &&
		   (before == FS_W_that || before == FS_W_which || before == FS_W_to) &&
		   !fs_class_near(r, at, at - 14, at - 1, plan);
}

/* "up" and "down" as part of another verb: "set up", "sign up". */
static bool
is_particle(const FsRuleContext *r, int at)
{
	static const FsTerm verbs[] = { FS_W_set,	FS_W_sets, FS_W_setting, FS_W_follow, FS_W_made,  FS_W_make,
									FS_W_makes, FS_W_sign, FS_W_signed,	 FS_W_break,  FS_W_wake,  FS_W_back,
									FS_W_start, FS_W_open, FS_W_opens,	 FS_W_opened, FS_W_come,  FS_W_comes,
									FS_W_came,	FS_W_take, FS_W_takes,	 FS_W_took,	  FS_W_end,	  FS_W_build,
									FS_W_built, FS_W_line, FS_W_lined,	 FS_W_team,	  FS_W_teams, FS_W_speed,
									FS_W_free,	0 };

	return at > 0 && (r->units[at].term == FS_W_up || r->units[at].term == FS_W_down) &&
		   fs_unit_in(&r->units[at - 1], verbs);
}

/* "more" and "less" move something only right before a metric. */
static bool
is_vague(const FsRuleContext *r, int at)
{
	FsTerm term = r->units[at].term;

	return ((term == FS_W_more) | (term == FS_W_less) | (term == FS_W_fewer)) &&
		   !(at + 1 < r->n && (r->units[at + 1].classes & FS_C_METRIC));
}

/* Whether a figure follows within three units. */
static bool
figure_follows(const FsRuleContext *r, int at)
{
	return fs_marked_right(r, FS_M_FIGURE, at, 3) >= 0;
}

/* One direction word without a metric. */
static void
add_bare(FsRuleContext *r, int at, int direction, int sign)
{
	int weight = figure_follows(r, at) ? 110 : 70;

	if (weight < 100 && direction != 1 && direction != -1)
		weight = 90;
	fs_add_event(r, at, at, at, sign * weight, FS_RULE_DIRECTION);
}

/* Weight, in hundredths, of a movement that goes back. */
#define TURNED 75

/* Whether a unit is a noun of movement: "decline", "rally", but no metric such as "growth". */
static bool
is_movement(const FsUnit *unit)
{
	int direction = fs_direction_of(unit);

	return (unit->classes & FS_C(NOUN)) && !(unit->classes & FS_C_METRIC) && (direction == 1 || direction == -1);
}

/*
 * The event of the noun of movement that a verb moves, NULL if it moves none:
 * the noun stands right before the verb ("the sales decline slows"), or it has
 * taken the metric that the verb would take ("the decline in orders accelerated").
 */
static FsEvent *
moved_movement(FsRuleContext *r, int at, int metric)
{
	static const FsTerm prepositions[] = { FS_W_in, FS_W_to, FS_W_as, FS_W_at, FS_W_on, FS_W_for, 0 };
	const FsUnit	   *verb = &r->units[at];
	const FsUnit	   *next = at + 1 < r->n ? &r->units[at + 1] : NULL;

	if (!(verb->classes & FS_C(VERB)) ||
		(next && next->type == FS_U_WORD && next->clause == verb->clause && !fs_unit_in(next, prepositions)))
		return NULL;
	for (int i = r->nevents - 1; i >= 0; i--)
	{
		FsEvent *event = &r->events[i];

		if ((event->rule != FS_RULE_DIRECTION && event->rule != FS_RULE_DIRECTION_METRIC) ||
			event->clause != verb->clause || !is_movement(&r->units[event->head]))
			continue;
		if (event->head == at - 1 || (metric > event->head && metric < at && event->last == metric))
			return event;
	}
	return NULL;
}

/*
 * A movement that slows or fades is news the other way round, weaker than the
 * movement; one that accelerates is the same news still.
 */
static void
move_movement(FsRuleContext *r, int at, int direction, FsEvent *movement)
{
	if (direction < 0)
		movement->weight = (int16_t) (movement->weight > 0 ? -TURNED : TURNED);
	movement->last = (uint16_t) at;
	r->used[at] = 1;
}

void
fs_rule_direction(FsRuleContext *r)
{
	for (int k = 0; k < r->nheads; k++)
	{
		int		 i = r->heads[k];
		int		 direction = fs_direction_of(&r->units[i]);
		int		 sign = direction > 0 ? 1 : -1;
		int		 polarity;
		Found	 found;
		FsEvent *movement;

		if (direction == 0 || r->used[i] || is_vague(r, i) || is_particle(r, i))
			continue;
		if (is_purpose(r, i))
		{
			fs_add_event(r, i, i, i, 50, FS_RULE_PURPOSE);
			continue;
		}
		found = find_metric(r, i);
		movement = direction == 1 || direction == -1 ? moved_movement(r, i, found.metric) : NULL;
		if (movement)
		{
			move_movement(r, i, direction, movement);
			continue;
		}
		polarity = found.metric < 0 ? FS_NO_METRIC : fs_metric_polarity(&r->units[found.metric]);
		if (fs_negated(r, i, 3))
			sign = -sign;
		if (polarity == FS_NO_METRIC)
			add_bare(r, i, direction, sign);
		else if (direction == 2 || direction == -2)
		{
			/* "losses worsened", but "the loss hurt" too */
			fs_add_event(r, i, found.metric, i, sign * 120, FS_RULE_DIRECTION_METRIC);
		}
		else
			fs_add_event(r, i, found.metric, i, sign * polarity * 140, FS_RULE_DIRECTION_METRIC);
		if (found.metric >= 0)
			r->used[found.metric] = 1;
	}
}

/* Whether an event stands close before a unit, in its clause. */
static bool
is_told(const FsRuleContext *r, int at)
{
	for (int i = 0; i < r->nevents; i++)
		if (r->events[i].head < at && r->events[i].head >= at - 4 && r->events[i].clause == r->units[at].clause)
			return true;
	return false;
}

bool
fs_signs_move(const FsParse *parse)
{
	if (parse->sentence->flags & FS_S_PROSE)
		return false;
	for (int i = 0; i < parse->nquantities; i++)
		if (fs_percent_sign(parse->sentence, &parse->quantities[i]) != 0)
			return true;
	return false;
}

/* "$ACME -3%": in headlines and posts the sign is the verb, unless a word has told the move. */
void
fs_rule_sign(FsRuleContext *r)
{
	for (int i = 0; i < r->n; i++)
	{
		const FsUnit *unit = &r->units[i];
		int			  sign;
		int			  metric;

		if (unit->type != FS_U_QUANTITY || r->used[i] || is_told(r, i))
			continue;
		sign = fs_percent_sign(r->parse->sentence, &r->parse->quantities[unit->quantity]);
		if (sign == 0)
			continue;
		metric = fs_metric_left(r, i, 6);
		if (metric < 0)
			fs_add_event(r, i, i, i, sign * 110, FS_RULE_DIRECTION);
		else
			fs_add_event(r, i, metric, i, sign * fs_metric_polarity(&r->units[metric]) * 140,
						 FS_RULE_DIRECTION_METRIC);
	}
}
