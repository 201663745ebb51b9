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
#define DEPTH 6		  /* units seen on each side */
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

/* The sentence from one of its units. */
typedef struct Seen
{
	const FsView  *view;
	const FsParse *parse;
	FsFeatures	  *f;
	int			   target;
} Seen;

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
static void
event_features(Seen *seen)
{
	FsFeatures	  *f = seen->f;
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
		fs_feature(f, fs_feature_hash(T_SIDE, sign, side * 2 + same), weight * FS_FEATURE_ONE / 100);
		fs_feature(f, fs_feature_hash(T_DISTANCE, sign, side * 4 + band), FS_FEATURE_ONE);
		fs_feature(f, fs_feature_hash(T_NAMES, sign, side * 4 + (uint32_t) (names < 2 ? names : 2)), FS_FEATURE_ONE);
		fs_feature(f, fs_feature_hash(T_RULE, model_rule(&events[i]) * 4u + sign, side * 2 + same), FS_FEATURE_ONE);
		sum[sign] += weight * FS_FEATURE_ONE / 100 * 4 / (4 + distance) / (same ? 1 : 2) * 10 / (10 + 7 * names);
		if (side == LEFT || nearest[RIGHT] < 0)
			nearest[side] = i;
	}
	for (uint32_t sign = 1; sign <= 2; sign++)
	{
		int32_t net = sum[sign] - sum[3 - sign];

		fs_feature(f, fs_feature_hash(T_ATTRIBUTED, sign, 0), 2 * sum[sign] < EVENT_CAP ? 2 * sum[sign] : EVENT_CAP);
		if (net > 0)
			fs_feature(f, fs_feature_hash(T_NET, sign, 0), 2 * net < EVENT_CAP ? 2 * net : EVENT_CAP);
	}
	if (sum[1] == 0 && sum[2] == 0)
		fs_feature(f, fs_feature_hash(T_NONE, 0, 0), FS_FEATURE_ONE);
	if (!in_part)
		fs_feature(f, fs_feature_hash(T_NO_CLAUSE, 0, 0), FS_FEATURE_ONE);
	for (uint32_t side = LEFT; side <= RIGHT; side++)
	{
		const FsEvent *e = nearest[side] >= 0 ? &events[nearest[side]] : NULL;
		uint32_t	   what =
			  e ? 1u + (e->weight > 0) * 4 + same_part(seen, e->head) * 2 + (names_between(seen, e->head) > 0) : 0;

		fs_feature(f, fs_feature_hash(T_NEAREST, side, what), FS_FEATURE_ONE);
	}
	if (nearest[LEFT] >= 0 && nearest[RIGHT] >= 0)
		fs_feature(f,
				   fs_feature_hash(T_BOTH,
								   (events[nearest[LEFT]].weight > 0) * 2u + (events[nearest[RIGHT]].weight > 0),
								   same_part(seen, events[nearest[LEFT]].head) * 2u +
									   same_part(seen, events[nearest[RIGHT]].head)),
				   FS_FEATURE_ONE);
}

/* Where in the sentence the target stands. */
static void
place_features(Seen *seen)
{
	const FsView *view = seen->view;
	FsFeatures	 *f = seen->f;
	int			  last = seen->parse->nunits - 1;
	int			  colon = view->colon;
	int			  names = view->names;
	int			  part = view->part[seen->target];

	fs_feature(f, fs_feature_hash(T_COUNT, (uint32_t) (names < 3 ? names : 3), 0), FS_FEATURE_ONE);
	fs_feature(f, fs_feature_hash(T_CLAUSE, (uint32_t) (part < 3 ? part : 3), 0), FS_FEATURE_ONE);
	fs_feature(f, fs_feature_hash(T_PLACE, seen->target == 0 ? 0 : seen->target == last ? 1 : 2, 0), FS_FEATURE_ONE);
	fs_feature(f, fs_feature_hash(T_PLACE, 3, part > 0 && part == view->part[last]), FS_FEATURE_ONE);
	if (colon >= 0)
		fs_feature(f, fs_feature_hash(T_COLON, seen->target > colon, 0), FS_FEATURE_ONE);
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
	FsKind	before = FS_K_NONE; /* the last kind in the list */
	int16_t from;

	lists->nlemmas = lists->nwords = 0;
	for (int i = 0; i < nunits; i++)
	{
		const FsUnit *u = &view->parse->units[i];
		uint32_t	  lemma;
		uint32_t	  word;
		FsKind		  kind = fs_unit_parts(view->parse, i, &lemma, &word);
		bool		  again;

		view->word[i] = lemma ? lemma : word;
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
	view->nkinds = n;
	view->kind_from[nunits] = from = (int16_t) n;
	for (int i = nunits - 1; i >= 0; i--)
	{
		from = view->silent[i] ? from : view->kind_to[i];
		view->kind_from[i] = from;
	}
}

/* The kinds beside the target on one side, END last. */
static int
kinds_beside(const Seen *seen, int side, uint32_t kinds[DEPTH + 1])
{
	const FsView *view = seen->view;
	int			  step = side == RIGHT ? 1 : -1;
	int			  n = 0;
	int			  k = side == RIGHT		 ? view->kind_from[seen->target + 1]
					  : seen->target > 0 ? view->kind_to[seen->target - 1]
										 : -1;

	for (; k >= 0 && k < view->nkinds && n < DEPTH; k += step)
		kinds[n++] = view->kinds[k];
	kinds[n++] = FS_K_COUNT_;
	return n;
}

static void
class_features(Seen *seen)
{
	FsFeatures *f = seen->f;
	uint32_t	kinds[2][DEPTH + 1];
	int			n[2];

	for (uint32_t side = LEFT; side <= RIGHT; side++)
	{
		uint32_t run = side;

		n[side] = kinds_beside(seen, (int) side, kinds[side]);
		for (int i = 0; i < n[side] && i < 3; i++)
		{
			run = fs_feature_hash(T_RIGHT, run, kinds[side][i]);
			fs_feature(f, run, CLASS_VALUE);
		}
		for (int i = 0; i < n[side] && i < 5; i++)
			fs_feature(f, fs_feature_hash(T_BAG, side, kinds[side][i]), CLASS_VALUE);
	}
	fs_feature(f, fs_feature_hash(T_AROUND, kinds[LEFT][0], kinds[RIGHT][0]), CLASS_VALUE);
	fs_feature(f,
			   fs_feature_hash(T_AROUND2, kinds[LEFT][0] * 64 + (n[LEFT] > 1 ? kinds[LEFT][1] : 63),
							   kinds[RIGHT][0] * 64 + (n[RIGHT] > 1 ? kinds[RIGHT][1] : 63)),
			   CLASS_VALUE);
}

static void
word_features(Seen *seen)
{
	FsFeatures *f = seen->f;
	int			last = seen->parse->nunits - 1;
	uint32_t	beside[2] = { 1, 1 };

	for (uint32_t side = LEFT; side <= RIGHT; side++)
	{
		int		 step = side == RIGHT ? 1 : -1;
		uint32_t run = side;
		int		 depth = 0;

		for (int i = seen->target + step; depth < DEPTH; i += step)
		{
			uint32_t word = i >= 0 && i <= last ? seen->view->word[i] : 1;

			if (word == 0)
				continue;
			if (depth == 0)
				beside[side] = word;
			if (depth < 3)
			{
				run = fs_feature_hash(T_WORD_RIGHT, run, word);
				fs_feature(f, run, WORD_VALUE);
			}
			if (depth < 4)
				fs_feature(f, fs_feature_hash(T_NEAR_WORD, side, word), WORD_VALUE);
			depth++;
			if (i < 0 || i > last)
				break;
		}
	}
	fs_feature(f, fs_feature_hash(T_WORD_AROUND, beside[LEFT], beside[RIGHT]), WORD_VALUE);
}

/* The places of a word beside a name: behind it or not, in its part or not. */
static uint32_t
clause_word(const FsView *view, int unit, uint32_t place)
{
	return fs_feature_hash(T_CLAUSE_WORD, view->word[unit], place);
}

/* All features toward the target but the words by side and clause. */
static void
near_features(const FsView *view, int unit, FsFeatures *f)
{
	Seen seen = { .view = view, .parse = view->parse, .f = f, .target = unit };

	event_features(&seen);
	place_features(&seen);
	class_features(&seen);
	word_features(&seen);
}

/* Weights of the words in units [from, to) at a place, into sum. */
static void
add_words(const FsView *view, int from, int to, uint32_t place, int32_t sum[3])
{
	FsWeights weights = fs_linear_table(FS_MODEL_TARGET);

	if (view->many)
	{
		for (int k = 0; k < 3; k++)
			sum[k] += view->prefix[place][to][k] - view->prefix[place][from][k];
		return;
	}
	for (int i = from; i < to; i++)
		if (view->word[i] != 0)
		{
			const int8_t *w = weights[clause_word(view, i, place) & (FS_MODEL_BUCKETS - 1)];

			sum[0] += w[0];
			sum[1] += w[1];
			sum[2] += w[2];
		}
}

/* Fill the sums of weights, so that a sentence of many names is not read from each. */
static void
sum_prefixes(FsView *view)
{
	for (uint32_t place = 0; place < 4; place++)
	{
		int32_t(*prefix)[3] = view->prefix[place];

		memset(prefix[0], 0, sizeof(prefix[0]));
		for (int i = 0; i < view->parse->nunits; i++)
		{
			memcpy(prefix[i + 1], prefix[i], sizeof(prefix[i]));
			add_words(view, i, i + 1, place, prefix[i + 1]);
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
	int		begin = view->part_begin[view->part[unit]];
	int		end = view->part_begin[view->part[unit] + 1];
	int32_t words[3] = { 0, 0, 0 };
	int32_t sum[3];

	view->features.n = 0;
	near_features(view, unit, &view->features);
	memcpy(sum, view->whole, sizeof(sum));
	fs_linear_add(FS_MODEL_TARGET, &view->features, sum);
	add_words(view, 0, begin, 0, words);
	add_words(view, begin, unit, 1, words);
	add_words(view, unit + 1, end, 3, words);
	add_words(view, end, view->parse->nunits, 2, words);
	for (int k = 0; k < 3; k++)
		sum[k] += words[k] * WORD_VALUE;
	return fs_linear_end(FS_MODEL_TARGET, sum);
}

void
fs_target_features(const FsView *view, int unit, FsFeatures *f)
{
	fs_sentence_features(view->parse, view->events, view->nevents, f);
	near_features(view, unit, f);
	for (int i = 0; i < view->parse->nunits; i++)
		if (i != unit && view->word[i] != 0)
			fs_feature(f, clause_word(view, i, (i > unit) * 2u + (view->part[i] == view->part[unit])), WORD_VALUE);
}
