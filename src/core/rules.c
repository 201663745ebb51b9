/*
 * rules.c - level 5: the families of rules and what they share.
 *
 * Idea.  Word lists fail in finance because the same word is good or bad by
 * what it moves: profit rises, costs rise.  A rule therefore pairs a trigger
 * with what it speaks of, within a clause, and gives an event with a signed
 * weight.  The families run from the most specific to the least; a unit that
 * one explains is not counted again by the next:
 *
 *   expectation  "beat estimates", "lower than expected"
 *   level        "below the year-earlier level"
 *   contract     "won an order"
 *   rating       "cut to sell", "upgraded"
 *   turn         "swung to a loss"
 *   direction    "margins shrank", "lower fuel costs", and bare "rose"
 *   comparison   "EUR 13.1 mn, compared to EUR 8.7 mn"
 *   polarity     words and events that are good or bad in themselves
 *
 * Worked example.  "Although costs rose, net profit climbed to EUR 5 mn from EUR
 * 3 mn." gives direction x metric -1.4 (rose, costs), damped to -0.49 since
 * "although" concedes it, direction x metric +1.4 (climbed, net profit) and
 * comparison +1.8 (5 against 3).
 *
 * Limits.  A clause is found by its opening word alone; there is no parser.
 * Windows are counted in units.  A negator reaches three or four units.
 */
#include "rule_context.h"

#define CONCEDED 35	  /* percent of its weight that an event keeps */
#define OUTWEIGHED 30 /* percent kept by what stands before "but" */
#define HEDGED 85
#define SURPRISED 40 /* what goes the other way than a surprise */

static const struct
{
	const char *name;
} rules[] = {
#define FS_RULE(id, name, description) { name },
#include "rules.def"
#undef FS_RULE
};

const char *
fs_rule_name(FsRule rule)
{
	return rules[rule].name;
}

void
fs_add_event(FsRuleContext *r, int head, int first, int last, int weight, FsRule rule)
{
	FsEvent *event;

	if (r->nevents == FS_EVENTS_MAX)
		return;
	event = &r->events[r->nevents++];
	event->head = (uint16_t) head;
	event->first = (uint16_t) (first < last ? first : last);
	event->last = (uint16_t) (first < last ? last : first);
	event->weight = (int16_t) weight;
	event->rule = (uint8_t) rule;
	event->clause = r->units[head].clause;
	r->used[head] = 1;
}

bool
fs_class_near(const FsRuleContext *r, int at, int from, int to, uint64_t classes)
{
	if (from < 0)
		from = 0;
	if (to >= r->n)
		to = r->n - 1;
	for (int i = from; i <= to; i++)
		if ((r->units[i].classes & classes) && r->units[i].clause == r->units[at].clause)
			return true;
	return false;
}

bool
fs_negated(const FsRuleContext *r, int at, int within)
{
	int negator;

	if (!(r->seen & FS_C(NEGATOR)))
		return false;
	negator = fs_marked_left(r, FS_M_NEGATOR, at, within);
	return negator >= 0 && r->units[negator].clause == r->units[at].clause;
}

/* Whether "as" or "which" stands between two units. */
static bool
link_between(const FsRuleContext *r, int from, int to)
{
	for (int i; (i = fs_marked_left(r, FS_M_LINK, to, to - from - 1)) >= 0; to = i)
		if (r->units[i].term != FS_W_of)
			return true;
	return false;
}

/* "the cost of sales": the head of a metric, itself if it is none's. */
static int
head_of(const FsRuleContext *r, int metric)
{
	const FsUnit *units = r->units;

	if (fs_marked_left(r, FS_M_LINK, metric, 5) < 0)
		return metric;
	for (int q = metric - 1; q > 0 && q >= metric - 5; q--)
	{
		if (units[q].term == FS_W_of && (units[q - 1].classes & (FS_C(GOOD) | FS_C(BAD))))
			return q - 1;
		if (units[q].type == FS_U_PUNCT || fs_direction_of(&units[q]) != 0)
			break;
	}
	return metric;
}

int
fs_metric_left(const FsRuleContext *r, int at, int within)
{
	const FsUnit *units = r->units;
	int			  metric;

	/* "sales, which had been flat, rose": look before the relative clause */
	if (at > 2 && units[at - 1].ch == ',')
		for (int i = at - 2; i > 0 && i > at - 20 && units[i].ch != ','; i--)
			if ((units[i].term == FS_W_which || units[i].term == FS_W_who) && units[i - 1].ch == ',' &&
				units[i].clause == units[at].clause)
			{
				within -= at - i;
				at = i - 1;
				break;
			}
	if (within <= 0)
		return -1;
	metric = fs_marked_left(r, FS_M_METRIC, at, within);
	if (metric < 0 || units[metric].clause != units[at].clause || link_between(r, metric, at))
		return -1;
	return head_of(r, metric);
}

int
fs_metric_right(const FsRuleContext *r, int at, int within)
{
	const uint8_t *marks = r->parse->marks;
	int			   from = at + 1;
	uint64_t	   bits = fs_marked_from(r, FS_M_DIRECTION, from) & ~UINT64_C(1);

	bits |= fs_marked_from(r, FS_M_METRIC, from) | fs_marked_from(r, FS_M_CLAUSE, from) |
			fs_marked_from(r, FS_M_STOP, from) | fs_marked_from(r, FS_M_FIGURE, from);
	bits &= ~(~UINT64_C(0) << within);
	for (; bits != 0; bits &= bits - 1)
	{
		int i = from + __builtin_ctzll(bits);

		if (marks[i] & FS_M_FIGURE && r->parse->quantities[r->units[i].quantity].kind != FS_UNIT_MONEY)
			continue;
		if (marks[i] & (FS_M_CLAUSE | FS_M_STOP) || !(marks[i] & FS_M_METRIC))
			return -1;
		/* "production costs": the last noun is the head */
		while (i < at + within && (marks[i + 1] & (FS_M_METRIC | FS_M_DIRECTION)) == FS_M_METRIC)
			i++;
		return i;
	}
	return -1;
}

/* Events into the order of their heads; few and nearly sorted. */
static void
sort_events(FsEvent *events, int n)
{
	for (int i = 1; i < n; i++)
	{
		FsEvent event = events[i];
		int		k = i;

		while (k > 0 && events[k - 1].head > event.head)
		{
			events[k] = events[k - 1];
			k--;
		}
		events[k] = event;
	}
}

/* What a clause concedes counts less, and so does a hedged word. */
static void
damp_events(FsRuleContext *r)
{
	uint8_t		   conceded[UINT8_MAX + 1] = { 0 };
	int			   outweighed = 0; /* clauses before this one stand before a "but" */
	const uint64_t soft = FS_C(CONCEDE) | FS_C(CONTRAST) | FS_C(HEDGE);

	if (!(r->seen & soft))
		return;
	for (int i = 0; i < r->n && r->seen & (FS_C(CONCEDE) | FS_C(CONTRAST)); i++)
		if ((r->units[i].classes & FS_C(CONCEDE)) && (i == 0 || r->units[i - 1].clause != r->units[i].clause))
			conceded[r->units[i].clause] = 1;
		else if ((r->units[i].classes & FS_C(CONTRAST)) && i > 0)
			outweighed = r->units[i].clause;
	for (int i = 0; i < r->nevents; i++)
	{
		FsEvent *event = &r->events[i];
		bool	 plain = event->rule != FS_RULE_DIRECTION_METRIC && event->rule != FS_RULE_COMPARISON &&
					 event->rule != FS_RULE_LEVEL && event->rule != FS_RULE_EXPECTATION;

		if (event->clause < outweighed)
			event->weight = (int16_t) (event->weight * OUTWEIGHED / 100);
		if (conceded[event->clause])
			event->weight = (int16_t) (event->weight * CONCEDED / 100);
		if (plain && fs_class_near(r, event->head, event->head - 6, event->head - 1, FS_C(HEDGE)))
			event->weight = (int16_t) (event->weight * HEDGED / 100);
	}
}

/* "Jobs rose by 63,000, fewer than expected": what was expected was in the price, the surprise is the news. */
static void
prefer_surprise(FsRuleContext *r)
{
	int surprise = 0;

	for (int i = 0; i < r->nevents; i++)
		if (r->events[i].rule == FS_RULE_EXPECTATION)
			surprise += r->events[i].weight;
	if (surprise == 0)
		return;
	for (int i = 0; i < r->nevents; i++)
		if ((r->events[i].rule == FS_RULE_DIRECTION_METRIC || r->events[i].rule == FS_RULE_COMPARISON) &&
			(r->events[i].weight > 0) != (surprise > 0))
			r->events[i].weight = (int16_t) (r->events[i].weight * SURPRISED / 100);
}

/*
 * Marks of eight units, one byte each, to eight bytes of one mark each: the
 * transpose of an 8 x 8 matrix of bits (Warren, "Hacker's Delight", 7-3).
 */
static inline uint64_t
transpose(uint64_t x)
{
	uint64_t t = (x ^ x >> 7) & UINT64_C(0x00AA00AA00AA00AA);

	x ^= t ^ t << 7;
	t = (x ^ x >> 14) & UINT64_C(0x0000CCCC0000CCCC);
	x ^= t ^ t << 14;
	t = (x ^ x >> 28) & UINT64_C(0x00000000F0F0F0F0);
	return x ^ t ^ t << 28;
}

/* The units' marks as bits, and the units that may trigger a rule. */
static void
read_marks(FsRuleContext *r)
{
	/* cppcheck-suppress ctuuninitvar ; units and their number are set */
	int bytes = (r->n + 7) / 8;

	for (int i = 0; i < bytes; i++)
	{
		uint64_t bits = transpose(fs_load((const char *) r->parse->marks + i * 8, 8));

		r->marked[0][i] = (char) bits;
		r->marked[1][i] = (char) (bits >> 8);
		r->marked[2][i] = (char) (bits >> 16);
		r->marked[3][i] = (char) (bits >> 24);
		r->marked[4][i] = (char) (bits >> 32);
		r->marked[5][i] = (char) (bits >> 40);
		r->marked[6][i] = (char) (bits >> 48);
		r->marked[7][i] = (char) (bits >> 56);
	}
	for (int k = 0; k < 8; k++)
		memset(&r->marked[k][bytes], 0, 8);
	r->nheads = 0;
	for (int i = 0; i < bytes; i += 8)
		for (uint64_t left = fs_load(&r->marked[__builtin_ctz(FS_M_TRIGGER)][i], 8); left != 0; left &= left - 1)
			r->heads[r->nheads++] = (uint16_t) (i * 8 + __builtin_ctzll(left));
}

int
fs_rules_apply(const FsParse *parse, FsEvent out[FS_EVENTS_MAX])
{
	FsRuleContext r;
	bool		  signs = fs_signs_move(parse);

	r.parse = parse;
	r.units = parse->units;
	r.n = parse->nunits;
	r.events = out;
	r.nevents = 0;
	r.seen = parse->seen;
	if (!(r.seen & FS_C_TRIGGER) && !signs)
		return 0;
	read_marks(&r);
	for (int i = 0; i < r.n; i += 64)
		memset(r.used + i, 0, 64); /* of a known size, without a call */

	if (r.seen & (FS_C(BEAT) | FS_C(MISS) | FS_C(ABOVE) | FS_C(BELOW)))
	{
		fs_rule_expectation(&r);
		fs_rule_level(&r);
	}
	if (r.seen & FS_C(WIN))
		fs_rule_contract(&r);
	if (r.seen & (FS_C(UPGRADE) | FS_C(DOWNGRADE) | FS_C(RATE_BUY) | FS_C(RATE_SELL) | FS_C(RATE_HOLD)))
		fs_rule_rating(&r);
	if (r.seen & (FS_C(TO_PROFIT) | FS_C(TO_LOSS) | FS_C(TURN)))
		fs_rule_turn(&r);
	if (r.seen & FS_C_DIRECTION)
		fs_rule_direction(&r);
	if (signs)
		fs_rule_sign(&r);
	if (r.seen & FS_C(COMPARE))
		fs_rule_comparison(&r);
	if (r.seen & (FS_C_POLARITY | FS_C(BAD)))
		fs_rule_polarity(&r);
	sort_events(r.events, r.nevents);
	damp_events(&r);
	if (r.seen & (FS_C(BEAT) | FS_C(MISS) | FS_C(ABOVE) | FS_C(BELOW)))
		prefer_surprise(&r);
	return r.nevents;
}
