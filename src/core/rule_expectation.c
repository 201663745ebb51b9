/*
 * rule_expectation.c - level 5: against what was expected, or against the past.
 *
 * Expectation.  A word of beating or missing, or a level word, with a word of
 * expectation to its right: "beat estimates", "below consensus".  A metric that
 * is bad when high turns the sign: "lower costs than expected" is good.  The
 * verbs alone ("Acme misses") say less.
 *
 * Level.  "Sales were below the year-earlier level": a level word with a
 * reference to the past on its right and a metric on its left.
 *
 * Worked example.  "Jobs rose by 20,000, fewer than expected" is a miss: the phrase
 * measures the movement before it, which rises and is good, and says there was
 * less of it.  The rise itself then counts less (prefer_surprise in rules.c).
 *
 * Limits.  The expectation must follow within eight units of the clause; figures
 * ("$1.20 against a consensus of $1.10") are compared only where a cue joins them
 * (rule_comparison.c); what was expected by whom is not asked.
 */
#include "rule_context.h"

/* Whether a metric of bad polarity stands in units from..to. */
static bool
bad_metric_in(const FsRuleContext *r, int from, int to)
{
	for (int i = from; i <= to && i < r->n; i++)
		if (fs_metric_polarity(&r->units[i]) == -1)
			return true;
	return false;
}

/* The unit of expectation that a trigger at i speaks of, -1 if none. */
static int
expectation_right(const FsRuleContext *r, int i)
{
	for (int j = i + 1; j < r->n && j <= i + 8; j++)
	{
		if (r->units[j].clause != r->units[i].clause)
			return -1;
		if (r->units[j].classes & FS_C(EXPECT))
			return j;
	}
	return -1;
}

/* Whether a phrase says the expectation itself: "better than expected". */
static bool
is_whole(const FsUnit *unit)
{
	return unit->count > 1 && (unit->classes & (FS_C(BEAT) | FS_C(MISS))) &&
		   !(unit->classes & (FS_C(ABOVE) | FS_C(BELOW) | FS_C(VERB)));
}

/*
 * "slowed more than expected", "fell 3%, less than feared": the phrase speaks of
 * the movement before it.  Sign of that movement's news, 0 if there is none, or
 * if it leads to a level ("fell to $3 billion, more than expected").
 */
static int
movement_before(const FsRuleContext *r, int at)
{
	for (int i = at - 1; i >= 0 && i >= at - 7 && r->units[i].clause == r->units[at].clause; i--)
	{
		int direction = fs_direction_of(&r->units[i]);
		int metric;
		int polarity;

		if (r->units[i].term == FS_W_to)
			return 0;
		if (direction == 0 || !(r->units[i].classes & FS_C(VERB)))
			continue;
		metric = fs_metric_left(r, i, 12);
		if (metric < 0)
			metric = fs_metric_right(r, i, 5);
		polarity = metric < 0 || direction == 2 || direction == -2 ? 1 : fs_metric_polarity(&r->units[metric]);
		return polarity * (direction > 0 ? 1 : -1);
	}
	return 0;
}

/* The sign of "more than" and "less than" right before an expectation, 0 for other words. */
static int
measure_of(const FsRuleContext *r, int at, int expected)
{
	const char *text = fs_entry_text(r->units[at].term);

	for (int i = at + 1; i < expected; i++)
		if (r->units[i].type == FS_U_QUANTITY)
			return 0;
	return strncmp(text, "more than", 9) == 0											? 1
		   : strncmp(text, "less than", 9) == 0 || strncmp(text, "fewer than", 10) == 0 ? -1
																						: 0;
}

void
fs_rule_expectation(FsRuleContext *r)
{
	for (int k = 0; k < r->nheads; k++)
	{
		int			  i = r->heads[k];
		const FsUnit *unit = &r->units[i];
		bool		  level = (unit->classes & (FS_C(ABOVE) | FS_C(BELOW))) != 0;
		int			  sign = unit->classes & (FS_C(BEAT) | FS_C(ABOVE))	  ? 1
							 : unit->classes & (FS_C(MISS) | FS_C(BELOW)) ? -1
																		  : 0;
		int			  expected;
		int			  metric;

		if (sign == 0)
			continue;
		expected = is_whole(unit) ? i : expectation_right(r, i);
		if (expected >= 0)
		{
			int polarity = bad_metric_in(r, i + 1, expected - 1) ? -1 : 1;

			if (polarity == 1 && (level || is_whole(unit)) && !(unit->classes & FS_C(VERB)))
			{
				metric = fs_metric_left(r, i, 6);
				if (metric < 0 && is_whole(unit))
					metric = fs_metric_right(r, i, 3);
				if (metric >= 0 && fs_metric_polarity(&r->units[metric]) == -1 && level)
					polarity = -1;
			}
			if (measure_of(r, i, expected) != 0 && movement_before(r, i) != 0)
			{
				sign = measure_of(r, i, expected) * movement_before(r, i);
				polarity = 1;
			}
			if (fs_negated(r, i, 4))
				polarity = -polarity;
			fs_add_event(r, i, i, expected, sign * polarity * 160, FS_RULE_EXPECTATION);
			r->used[expected] = 1;
		}
		else if (!level && (unit->classes & (FS_C(BEAT) | FS_C(MISS))))
			fs_add_event(r, i, i, i, sign * 100, FS_RULE_EXPECTATION);
	}
}

void
fs_rule_level(FsRuleContext *r)
{
	static const FsTerm past[] = { FS_W_those, FS_W_present, FS_W_level, FS_W_levels, 0 };

	for (int k = 0; k < r->nheads; k++)
	{
		int			  i = r->heads[k];
		const FsUnit *unit = &r->units[i];
		int			  sign = unit->classes & FS_C(ABOVE) ? 1 : unit->classes & FS_C(BELOW) ? -1 : 0;
		bool		  reference = false;
		int			  metric;

		if (sign == 0 || r->used[i])
			continue;
		for (int j = i + 1; j < r->n && j <= i + 6 && !reference; j++)
		{
			reference =
				(r->units[j].classes & FS_C(PAST)) || r->units[j].type == FS_U_DATE || fs_unit_in(&r->units[j], past);
			if (r->units[j].type == FS_U_QUANTITY)
				break;
		}
		if (!reference && !fs_unit_is(unit, "higher than") && !fs_unit_is(unit, "lower than"))
			continue;
		metric = fs_metric_left(r, i, 16);
		if (metric < 0 || fs_metric_polarity(&r->units[metric]) == 0)
			continue;
		if (fs_negated(r, i, 4))
			sign = -sign;
		fs_add_event(r, i, metric, i, sign * fs_metric_polarity(&r->units[metric]) * 140, FS_RULE_LEVEL);
	}
}
