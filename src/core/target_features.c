/*
 * target_features.c - level 6: a sentence as seen from one name in it.
 *
 * The target stands for itself, other names become NAME: what is learned is who
 * stands where, not who they are.  Groups:
 *
 *   rules     the sentence's events, as in features.c
 *   events    each by side, clause, distance and names between, and the sum of
 *             all, damped by these
 *   place     first or last, clause number, before or behind a colon, how many
 *             names
 *   classes   what follows and precedes, as classes, one to three deep
 *   words     the same in words, and bags by side and clause
 *
 * The words of a bag weigh the same, so a name's bags are four runs of units,
 * and the sum of a run's weights is the difference of two sums from the start:
 * that keeps a sentence of a hundred names linear.
 */
#include <stdlib.h>

#include "feature_parts.h"

#define EVENT_CAP 512 /* 2.0 */
#define DEPTH 5		  /* kinds seen on each side */
#define WORD_DEPTH 4  /* words */
#define NO_WORD 1	  /* stands for what is before the first word and behind the last */
#define MANY 3		  /* a sentence of more names sums its words once */
#define CLASS_VALUE (FS_FEATURE_ONE * 70 / 100)
#define WORD_VALUE (FS_FEATURE_ONE / 2)

/* Names of features, part of trained models: append only. */
enum
{
	T_SIDE = 100,
	T_DISTANCE,
	T_NAMES,
	T_RULE,
	T_ATTRIBUTED,
	T_NET,
	T_NONE,
	T_NO_CLAUSE,
	T_NEAREST,
	T_BOTH,
	T_COUNT,
	T_CLAUSE,
	T_PLACE,
	T_COLON,
	T_RIGHT,
	T_LEFT,
	T_AROUND,
	T_AROUND2,
	T_BAG,
	T_WORD_RIGHT,
	T_WORD_LEFT,
	T_WORD_AROUND,
	T_CLAUSE_WORD,
	T_NEAR_WORD,
	T_LEMMA,
	T_LEMMAS
};

/* Sides of the target. */
enum
{
	LEFT,
	RIGHT
};

/* Features of one value, for which the weights are added up. */
typedef enum Group
{
	ONE,   /* FS_FEATURE_ONE */
	CLASS, /* CLASS_VALUE */
	WORD,  /* WORD_VALUE */
	GROUPS
} Group;

/*
 * The sentence from one of its units, and what becomes of its features: f is the
 * list that they go to; NULL where only the sum of their weights is wanted.
 */
typedef struct Seen
{
	const FsView  *view;
	const FsParse *parse;
	FsFeatures	  *f;
	FsWeights	   weights;
	int			   target;
	int32_t		   sum[3];			  /* of features of other values */
	int32_t		   groups[GROUPS][3]; /* of weights */
} Seen;

/* The functions that give features are compiled twice, for the list and for the sum. */
#define TWICE static inline __attribute__((always_inline))

TWICE void
add_value(Seen *seen, uint32_t hash, int32_t value)
{
	const int8_t *w;

	if (seen->f)
	{
		fs_feature(seen->f, hash, value);
		return;
	}
	w = seen->weights[hash & (FS_MODEL_BUCKETS - 1)];
	seen->sum[0] += value * w[0];
	seen->sum[1] += value * w[1];
	seen->sum[2] += value * w[2];
}

TWICE void
add(Seen *seen, Group group, uint32_t hash)
{
	static const int32_t values[GROUPS] = { FS_FEATURE_ONE, CLASS_VALUE, WORD_VALUE };
	const int8_t		*w;

	if (seen->f)
	{
		fs_feature(seen->f, hash, values[group]);
		return;
	}
	w = seen->weights[hash & (FS_MODEL_BUCKETS - 1)];
	seen->groups[group][0] += w[0];
	seen->groups[group][1] += w[1];
	seen->groups[group][2] += w[2];
}

/* Clauses finer than those of the rules: a comma and "as", "on", "before" cut too. */
static void
cut_parts(FsView *view)
{
	const FsParse *parse = view->parse;
	int			   part = 0;

	for (int i = 0; i < parse->nunits; i++)
	{
		const FsUnit *u = &parse->units[i];
		bool		  cut = u->type == FS_U_PUNCT
								? u->ch == ',' || u->ch == ';' || u->ch == ':' || u->ch == '|'
								: (u->classes & (FS_C(CLAUSE) | FS_C(CONTRAST) | FS_C(CONCEDE))) != 0 || u->term == FS_W_as;

		if (cut && i > 0 && part < UINT8_MAX)
			view->part_begin[++part] = (uint16_t) i;
		view->part[i] = (uint8_t) part;
	}
	view->part_begin[0] = 0;
	view->part_begin[part + 1] = (uint16_t) parse->nunits;
}

static bool
same_part(const Seen *seen, int unit)
{
	return seen->view->part[unit] == seen->view->part[seen->target];
}

/* Names strictly between the target and a unit. */
static int
names_between(const Seen *seen, int unit)
{
	int low = unit < seen->target ? unit : seen->target;
	int high = unit < seen->target ? seen->target : unit;

	return high > low ? seen->parse->units[high].names - seen->parse->units[low + 1].names : 0;
}

/* The rule under which the model has learned an event: a user's term is a word good or bad. */
static inline uint32_t
model_rule(const FsEvent *event)
{
	if (event->rule != FS_RULE_OWN)
		return event->rule;
	return event->weight > 0 ? FS_RULE_PRAISE : FS_RULE_BLAME;
}

/* Events by where they stand; all of them together, damped by distance. */
TWICE void
event_features(Seen *seen)
{
	const FsEvent *events = seen->view->events;
	int			   nevents = seen->view->nevents;
	int32_t		   sum[3] = { 0, 0, 0 };
	int			   nearest[2] = { -1, -1 };
	bool		   in_part = false;

	for (int i = 0; i < nevents; i++)
	{
		uint32_t sign = events[i].weight > 0 ? 1 : 2;
		uint32_t side = events[i].head > seen->target ? RIGHT : LEFT;
		int		 distance = abs((int) events[i].head - seen->target);
		uint32_t band = distance <= 2 ? 0 : distance <= 5 ? 1 : distance <= 9 ? 2 : 3;
		bool	 same = same_part(seen, events[i].head);
		int		 names = names_between(seen, events[i].head);
		int32_t	 weight = abs(events[i].weight);

		if (events[i].weight == 0)
			continue;
		in_part |= same;
		add_value(seen, fs_feature_hash(T_SIDE, sign, side * 2 + same), weight * FS_FEATURE_ONE / 100);
		add(seen, ONE, fs_feature_hash(T_DISTANCE, sign, side * 4 + band));
		add(seen, ONE, fs_feature_hash(T_NAMES, sign, side * 4 + (uint32_t) (names < 2 ? names : 2)));
		add(seen, ONE, fs_feature_hash(T_RULE, model_rule(&events[i]) * 4u + sign, side * 2 + same));
		sum[sign] += weight * FS_FEATURE_ONE / 100 * 4 / (4 + distance) / (same ? 1 : 2) * 10 / (10 + 7 * names);
		if (side == LEFT || nearest[RIGHT] < 0)
			nearest[side] = i;
	}
	for (uint32_t sign = 1; sign <= 2; sign++)
	{
		int32_t net = sum[sign] - sum[3 - sign];

		add_value(seen, fs_feature_hash(T_ATTRIBUTED, sign, 0),
				  2 * sum[sign] < EVENT_CAP ? 2 * sum[sign] : EVENT_CAP);
		if (net > 0)
			add_value(seen, fs_feature_hash(T_NET, sign, 0), 2 * net < EVENT_CAP ? 2 * net : EVENT_CAP);
	}
	if (sum[1] == 0 && sum[2] == 0)
		add(seen, ONE, fs_feature_hash(T_NONE, 0, 0));
	if (!in_part)
		add(seen, ONE, fs_feature_hash(T_NO_CLAUSE, 0, 0));
	for (uint32_t side = LEFT; side <= RIGHT; side++)
	{
		const FsEvent *e = nearest[side] >= 0 ? &events[nearest[side]] : NULL;
		uint32_t	   what =
			  e ? 1u + (e->weight > 0) * 4 + same_part(seen, e->head) * 2 + (names_between(seen, e->head) > 0) : 0;

		add(seen, ONE, fs_feature_hash(T_NEAREST, side, what));
	}
	if (nearest[LEFT] >= 0 && nearest[RIGHT] >= 0)
		add(seen, ONE,
			fs_feature_hash(T_BOTH, (events[nearest[LEFT]].weight > 0) * 2u + (events[nearest[RIGHT]].weight > 0),
							same_part(seen, events[nearest[LEFT]].head) * 2u +
								same_part(seen, events[nearest[RIGHT]].head)));
}

/* Where in the sentence the target stands. */
TWICE void
place_features(Seen *seen)
{
	const FsView *view = seen->view;
	int			  last = seen->parse->nunits - 1;
	int			  colon = view->colon;
	int			  names = view->names;
	int			  part = view->part[seen->target];

	add(seen, ONE, fs_feature_hash(T_COUNT, (uint32_t) (names < 3 ? names : 3), 0));
	add(seen, ONE, fs_feature_hash(T_CLAUSE, (uint32_t) (part < 3 ? part : 3), 0));
	add(seen, ONE, fs_feature_hash(T_PLACE, seen->target == 0 ? 0 : seen->target == last ? 1 : 2, 0));
	add(seen, ONE, fs_feature_hash(T_PLACE, 3, part > 0 && part == view->part[last]));
	if (colon >= 0)
		add(seen, ONE, fs_feature_hash(T_COLON, seen->target > colon, 0));
}

/* Base forms and words of a sentence, without those of units that have none. */
typedef struct Lists
{
	int		 nlemmas;
	int		 nwords;
	uint32_t lemmas[FS_SENTENCE_TOKENS + 1];
	uint32_t words[FS_SENTENCE_TOKENS + 1];
} Lists;

/* The words of a unit, each of a phrase. */
static inline void
list_words(const FsParse *parse, const FsUnit *u, uint32_t word, Lists *lists)
{
	if (u->type != FS_U_WORD || u->count == 1)
	{
		lists->words[lists->nwords] = word;
		lists->nwords += word != 0;
		return;
	}
	for (int k = 0; k < u->count; k++)
	{
		lists->words[lists->nwords] = parse->sentence->tokens[u->token + k].hash;
		lists->nwords += lists->words[lists->nwords] != 0;
	}
}

/*
 * What stands in the sentence: a word for each unit (base form, name, figure or
 * word), and the kinds, units without one left out, names in a row as one.
 * Which units have what nobody can predict: no branches.
 */
static void
list_units(FsView *view, Lists *lists)
{
	int		nunits = view->parse->nunits;
	int		n = 0;
	int		said = 1;
	FsKind	before = FS_K_NONE; /* the last kind in the list */
	int16_t from;

	lists->nlemmas = lists->nwords = 0;
	view->said[0] = NO_WORD;
	for (int i = 0; i < nunits; i++)
	{
		const FsUnit *u = &view->parse->units[i];
		uint32_t	  lemma;
		uint32_t	  word;
		FsKind		  kind = fs_unit_parts(view->parse, i, &lemma, &word);
		bool		  again;

		view->word[i] = lemma ? lemma : word;
		view->said_from[i] = (uint16_t) said;
		view->said[said] = view->word[i];
		said += view->word[i] != 0;
		view->names += (u->type == FS_U_NAME) | (u->type == FS_U_TICKER);
		if (u->type == FS_U_PUNCT && u->ch == ':')
			view->colon = i;
		lists->lemmas[lists->nlemmas] = lemma;
		lists->nlemmas += lemma != 0;
		list_words(view->parse, u, word, lists);
		kind = kind == FS_K_TICKER ? FS_K_NAME : kind;
		again = (kind == FS_K_NAME) & (before == FS_K_NAME);
		view->kinds[n] = (uint8_t) kind;
		n += (kind != FS_K_NONE) & !again;
		before = kind == FS_K_NONE ? before : kind;
		view->kind_to[i] = (int16_t) (n - 1);
		view->silent[i] = kind == FS_K_NONE;
	}
	view->said_from[nunits] = (uint16_t) said;
	view->said[said] = NO_WORD;
	view->nsaid = said + 1;
	view->nkinds = n;
	view->kind_from[nunits] = from = (int16_t) n;
	for (int i = nunits - 1; i >= 0; i--)
	{
		int silent = -view->silent[i];

		from = (int16_t) ((from & silent) | (view->kind_to[i] & ~silent));
		view->kind_from[i] = from;
	}
}

/* The kinds beside the target on one side, END last. */
TWICE int
kinds_beside(const Seen *seen, int side, uint32_t kinds[DEPTH + 1])
{
	const FsView *view = seen->view;
	int			  step = side == RIGHT ? 1 : -1;
	int			  k = side == RIGHT		 ? view->kind_from[seen->target + 1]
					  : seen->target > 0 ? view->kind_to[seen->target - 1]
										 : -1;
	int			  n = side == RIGHT ? view->nkinds - k : k + 1;

	n = n < DEPTH ? n : DEPTH;
	for (int i = 0; i < n; i++, k += step)
		kinds[i] = view->kinds[k];
	kinds[n] = FS_K_COUNT_;
	return n + 1;
}

TWICE void
class_features(Seen *seen)
{
	uint32_t kinds[2][DEPTH + 1];
	int		 n[2];

	/* kinds_beside writes n kinds, the end at least: NOLINTBEGIN(clang-analyzer-core.CallAndMessage) */
	for (uint32_t side = LEFT; side <= RIGHT; side++)
	{
		uint32_t run = side;

		n[side] = kinds_beside(seen, (int) side, kinds[side]);
		for (int i = 0; i < n[side] && i < 3; i++)
		{
			run = fs_feature_hash(T_RIGHT, run, kinds[side][i]);
			add(seen, CLASS, run);
		}
		for (int i = 0; i < n[side] && i < DEPTH; i++)
			add(seen, CLASS, fs_feature_hash(T_BAG, side, kinds[side][i]));
	}
	add(seen, CLASS, fs_feature_hash(T_AROUND, kinds[LEFT][0], kinds[RIGHT][0]));
	add(seen, CLASS,
		fs_feature_hash(T_AROUND2, kinds[LEFT][0] * 64 + (n[LEFT] > 1 ? kinds[LEFT][1] : 63),
						kinds[RIGHT][0] * 64 + (n[RIGHT] > 1 ? kinds[RIGHT][1] : 63)));
	/* NOLINTEND(clang-analyzer-core.CallAndMessage) */
}

TWICE void
word_features(Seen *seen)
{
	const FsView *view = seen->view;
	uint32_t	  beside[2];

	for (uint32_t side = LEFT; side <= RIGHT; side++)
	{
		int		 step = side == RIGHT ? 1 : -1;
		int		 at = side == RIGHT ? view->said_from[seen->target + 1] : view->said_from[seen->target] - 1;
		int		 n = side == RIGHT ? view->nsaid - at : at + 1;
		uint32_t run = side;

		n = n < WORD_DEPTH ? n : WORD_DEPTH;
		beside[side] = view->said[at];
		for (int i = 0; i < n; i++, at += step)
		{
			if (i < 3)
			{
				run = fs_feature_hash(T_WORD_RIGHT, run, view->said[at]);
				add(seen, WORD, run);
			}
			add(seen, WORD, fs_feature_hash(T_NEAR_WORD, side, view->said[at]));
		}
	}
	add(seen, WORD, fs_feature_hash(T_WORD_AROUND, beside[LEFT], beside[RIGHT]));
}

/* The places of a word beside a name: behind it or not, in its part or not. */
static uint32_t
clause_word(const FsView *view, int unit, uint32_t place)
{
	return fs_feature_hash(T_CLAUSE_WORD, view->word[unit], place);
}

/* All features toward the target but the words by side and clause. */
TWICE void
near_features(Seen *seen)
{
	event_features(seen);
	place_features(seen);
	class_features(seen);
	word_features(seen);
}

/* Add their weights to the sums, and WORD_VALUE times words. */
static void
near_sum(const FsView *view, int unit, const int32_t words[3], int32_t sum[3])
{
	Seen seen = { .view = view, .parse = view->parse, .target = unit };

	seen.weights = fs_linear_table(FS_MODEL_TARGET);
	near_features(&seen);
	for (int k = 0; k < 3; k++)
		sum[k] += seen.sum[k] + seen.groups[ONE][k] * FS_FEATURE_ONE + seen.groups[CLASS][k] * CLASS_VALUE +
				  (seen.groups[WORD][k] + words[k]) * WORD_VALUE;
}

/* Add the weights of a unit's word at a place. */
static inline void
add_word(const FsView *view, FsWeights weights, int unit, uint32_t place, bool wanted, int32_t sum[3])
{
	/* few are not wanted or have no word: cheaper to add nothing than to know */
	const int8_t *w = weights[clause_word(view, unit, place) & (FS_MODEL_BUCKETS - 1)];
	int32_t		  some = -(int32_t) ((view->word[unit] != 0) & wanted);

	sum[0] += w[0] & some;
	sum[1] += w[1] & some;
	sum[2] += w[2] & some;
}

/* Add the weights of the words in units [from, to) at a place, by the sums up to there. */
static void
add_run(const FsView *view, int from, int to, uint32_t place, int32_t sum[3])
{
	for (int k = 0; k < 3; k++)
		sum[k] += view->prefix[place][to][k] - view->prefix[place][from][k];
}

/* Weights of all other units' words as seen from one. */
static void
sum_words(const FsView *view, int unit, int32_t sum[3])
{
	FsWeights weights = fs_linear_table(FS_MODEL_TARGET);
	uint32_t  part = view->part[unit];
	int		  begin = view->part_begin[part];
	int		  end = view->part_begin[part + 1];

	if (view->many)
	{
		add_run(view, 0, begin, 0, sum);
		add_run(view, begin, unit, 1, sum);
		add_run(view, unit + 1, end, 3, sum);
		add_run(view, end, view->parse->nunits, 2, sum);
		return;
	}
	for (int i = 0; i < view->parse->nunits; i++)
		add_word(view, weights, i, (uint32_t) (i > unit) * 2 + (view->part[i] == part), i != unit, sum);
}

/* Fill the sums of weights, so that a sentence of many names is not read from each. */
static void
sum_prefixes(FsView *view)
{
	FsWeights weights = fs_linear_table(FS_MODEL_TARGET);

	for (uint32_t place = 0; place < 4; place++)
	{
		int32_t(*prefix)[3] = view->prefix[place];

		memset(prefix[0], 0, sizeof(prefix[0]));
		for (int i = 0; i < view->parse->nunits; i++)
		{
			memcpy(prefix[i + 1], prefix[i], sizeof(prefix[i]));
			add_word(view, weights, i, place, true, prefix[i + 1]);
		}
	}
	view->many = true;
}

void
fs_view_start(const FsParse *parse, const FsEvent *events, int nevents, int targets, FsView *view)
{
	Lists lists;

	view->parse = parse;
	view->events = events;
	view->nevents = nevents;
	view->names = 0;
	view->colon = -1;
	view->many = false;
	cut_parts(view);
	list_units(view, &lists);
	memset(view->whole, 0, sizeof(view->whole));
	fs_sentence_sum(FS_MODEL_TARGET, parse, events, nevents, lists.lemmas, lists.nlemmas, lists.words, lists.nwords,
					&view->features, view->whole);
	if (targets > MANY)
		sum_prefixes(view);
}

FsLogits
fs_view_logits(FsView *view, int unit)
{
	int32_t words[3] = { 0, 0, 0 };
	int32_t sum[3];

	sum_words(view, unit, words);
	memcpy(sum, view->whole, sizeof(sum));
	near_sum(view, unit, words, sum);
	return fs_linear_end(FS_MODEL_TARGET, sum);
}

void
fs_target_features(const FsView *view, int unit, FsFeatures *f)
{
	Seen seen = { .view = view, .parse = view->parse, .f = f, .target = unit };

	fs_sentence_features(view->parse, view->events, view->nevents, f);
	near_features(&seen);
	for (int i = 0; i < view->parse->nunits; i++)
		if (i != unit && view->word[i] != 0)
			fs_feature(f, clause_word(view, i, (i > unit) * 2u + (view->part[i] == view->part[unit])), WORD_VALUE);
}
