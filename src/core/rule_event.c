/*
 * rule_event.c - level 5: contracts, ratings, turns, and words good or bad in
 * themselves.
 *
 * Idea.  Some events are news whatever moves: an order is won, a rating
 * changes, a loss becomes a profit, a plant burns.  Each has a trigger of its own
 * class in the lexicon, and most an object that must be near it:
 *
 *   contract  a verb of winning, and an order, contract or permit within ten
 *             units of its clause on the right, or seven on the left where it is
 *             passive ("the contract was awarded").  A negator within four units
 *             forbids it
 *   rating    "upgraded" alone; or a direction or "started at" with a rating
 *             behind it, over fillers: "cut its rating to sell"
 *   turn      "swung to a loss"; the verb and the noun may stand six units apart
 *   polarity  a word's own weight; a negator within four units (three before a
 *             bad word) turns it.  "Loss" counts only where no movement,
 *             comparison or turn has explained it
 *
 * Worked example.  "Oakline won a EUR 30 mn order; Moody's downgraded the bank."
 * gives contract +1.3 (won ... order) and, in the second clause, rating -1.5.
 * In "did not win the order" nothing is won.
 *
 * Limits.  Who wins is not asked here: "a rival won the order" is good news too;
 * target_features.c tells them apart.  A long object pushes the order out of
 * reach.  Irony is not seen.
 */
#include "rule_context.h"

/* Contract: a verb of winning with an order noun on its right ("received a permit"), or behind it. */
void
fs_rule_contract(FsRuleContext *r)
{
	for (int k = 0; k < r->nheads; k++)
	{
		int i = r->heads[k];
		int noun = -1;

		if (!(r->units[i].classes & FS_C(WIN)) || r->used[i] || fs_negated(r, i, 4))
			continue;
		for (int j = i; j < r->n && j <= i + 10 && r->units[j].clause == r->units[i].clause && noun < 0; j++)
			if (r->units[j].classes & FS_C(ORDER))
				noun = j;
		if (noun >= 0)
		{
			fs_add_event(r, i, i, noun, 130, FS_RULE_CONTRACT);
			r->used[noun] = 1;
			continue;
		}
		for (int j = i - 1; j >= 0 && j >= i - 7 && noun < 0; j--)
			if (r->units[j].classes & FS_C(ORDER))
				noun = j;
		if (noun >= 0 && (r->units[i].classes & FS_C(VERB)) && r->units[i].term != r->units[i].lemma)
		{
			fs_add_event(r, i, noun, i, 110, FS_RULE_CONTRACT);
			r->used[noun] = 1;
		}
	}
}

#define RATING_WITHIN 4 /* units from a verb of change to the rating */

static const uint64_t ratings = FS_C(RATE_BUY) | FS_C(RATE_HOLD) | FS_C(RATE_SELL);

/* The rating that a verb of change leads to: within four units, over "to", "at" and quotes. */
static int
rating_right(const FsRuleContext *r, int at)
{
	static const FsTerm fillers[] = { FS_W_to, FS_W_at, FS_W_by, FS_W_from, FS_W_its, FS_W_the, FS_W_rating, 0 };

	for (int i = at + 1; i < r->n && i <= at + RATING_WITHIN; i++)
	{
		if (r->units[i].classes & ratings)
			return r->used[i] ? -1 : i;
		if (!fs_unit_in(&r->units[i], fillers) && r->units[i].type != FS_U_PUNCT)
			return -1;
	}
	return -1;
}

/* "cut to sell", "started at buy": a unit that may lead to a rating. */
static void
rate_from(FsRuleContext *r, int at)
{
	static const FsTerm openers[] = { FS_W_started,
									  FS_W_starts,
									  FS_W_initiated,
									  FS_W_initiates,
									  FS_W_reinstated,
									  FS_W_resumed,
									  FS_W_rated,
									  FS_W_rates,
									  FS_W_assumed,
									  FS_W_at,
									  0 };
	int					direction = fs_direction_of(&r->units[at]);
	int					rating;
	uint64_t			classes;

	if (r->used[at] || r->units[at].classes & (FS_C(UPGRADE) | FS_C(DOWNGRADE)) ||
		(direction == 0 && !fs_unit_in(&r->units[at], openers)))
		return;
	rating = rating_right(r, at);
	if (rating < 0)
		return;
	classes = r->units[rating].classes;
	if (classes & FS_C(RATE_HOLD))
	{
		if (direction != 0)
			fs_add_event(r, at, at, rating, direction > 0 ? 120 : -120, FS_RULE_RATING);
	}
	else
		fs_add_event(r, at, at, rating, classes & FS_C(RATE_BUY) ? 130 : -130, FS_RULE_RATING);
	r->used[rating] = 1;
}

/* Rating: upgrades and downgrades, and what leads to a rating: all that stands near enough before one is asked. */
void
fs_rule_rating(FsRuleContext *r)
{
	int next = 0; /* not yet asked */

	for (int k = 0; k < r->nheads; k++)
	{
		int		 i = r->heads[k];
		uint64_t classes = r->units[i].classes;

		if (classes & ratings)
			for (next = next > i - RATING_WITHIN ? next : i - RATING_WITHIN; next < i; next++)
				rate_from(r, next);
		if (classes & (FS_C(UPGRADE) | FS_C(DOWNGRADE)) && !r->used[i])
		{
			int sign = classes & FS_C(UPGRADE) ? 1 : -1;

			fs_add_event(r, i, i, i, (fs_negated(r, i, 4) ? -sign : sign) * 150, FS_RULE_RATING);
		}
	}
}

/* Turn: "swung to a loss", also with words between verb and noun. */
void
fs_rule_turn(FsRuleContext *r)
{
	for (int k = 0; k < r->nheads; k++)
	{
		int		 i = r->heads[k];
		uint64_t classes = r->units[i].classes;

		if (r->used[i])
			continue;
		if (classes & (FS_C(TO_PROFIT) | FS_C(TO_LOSS)))
		{
			fs_add_event(r, i, i, i, classes & FS_C(TO_PROFIT) ? 200 : -200, FS_RULE_TURN);
			continue;
		}
		if (!(classes & FS_C(TURN)))
			continue;
		for (int j = i + 1; j < r->n && j <= i + 6 && r->units[j].clause == r->units[i].clause; j++)
		{
			unsigned says = fs_unit_says(&r->units[j]);

			if (!(r->units[j].classes & FS_C_METRIC))
				continue;
			if (says & FS_SAYS_LOSS)
				fs_add_event(r, i, i, j, -200, FS_RULE_TURN);
			else if (says & FS_SAYS_PROFIT && !(classes & FS_C(DOWN)))
				fs_add_event(r, i, i, j, 200, FS_RULE_TURN);
			break;
		}
	}
}

/* A loss that no other rule has explained is bad news by itself. */
static bool
is_loss(const FsUnit *unit)
{
	return (unit->classes & FS_C(BAD)) && (fs_unit_says(unit) & FS_SAYS_LOSS);
}

/* Whether an event of another family already speaks of what stands at the unit. */
static bool
is_explained(const FsRuleContext *r, int at, int nevents)
{
	for (int i = 0; i < nevents; i++)
	{
		const FsEvent *event = &r->events[i];

		if (event->rule != FS_RULE_DIRECTION_METRIC && event->rule != FS_RULE_COMPARISON &&
			event->rule != FS_RULE_TURN)
			continue;
		if (at >= event->head - 15 && at <= event->head + 12 &&
			(event->rule == FS_RULE_COMPARISON || event->clause == r->units[at].clause))
			return true;
	}
	return false;
}

/* What settles the matter (0.9 to 1 in the lexicon) outweighs a metric that moves; so does strong bad news. */
static int
term_weight(const FsUnit *unit)
{
	int size = unit->weight < 0 ? -unit->weight : unit->weight;

	if (size >= 95)
		return unit->weight * 17 / 10;
	return size >= 90 || unit->weight <= -80 ? unit->weight * 13 / 10 : unit->weight;
}

/* Words and events of their own polarity; a negator within reach turns the sign. */
void
fs_rule_polarity(FsRuleContext *r)
{
	int others = r->nevents;

	for (int k = 0; k < r->nheads; k++)
	{
		int			  i = r->heads[k];
		const FsUnit *unit = &r->units[i];

		if (r->used[i])
			continue;
		if (unit->type == FS_U_OWN)
			fs_add_event(r, i, i, i, (fs_negated(r, i, 4) ? -2 : 2) * unit->weight, FS_RULE_OWN);
		else if (unit->classes & FS_C(POSITIVE))
			fs_add_event(r, i, i, i, fs_negated(r, i, 4) ? -unit->weight : term_weight(unit), FS_RULE_PRAISE);
		else if (unit->classes & FS_C(NEGATIVE))
			fs_add_event(r, i, i, i, fs_negated(r, i, 3) ? -unit->weight : term_weight(unit), FS_RULE_BLAME);
		else if (is_loss(unit) && !is_explained(r, i, others))
			fs_add_event(r, i, i, i, fs_negated(r, i, 3) ? 80 : -80, FS_RULE_BLAME);
	}
}
