/*
 * measure.c - level 7: a sentence as a fixed list of small numbers.
 */
#include <stdlib.h>

#include "measure.h"
#include "sentiment.h"

#define MEASURE_MAX 30000
#define PROBABILITY_SHIFT 3 /* from 1/65536 */

static int16_t
cut(int32_t value)
{
	return (int16_t) (value > MEASURE_MAX ? MEASURE_MAX : value < -MEASURE_MAX ? -MEASURE_MAX : value);
}

/* Add to a measure. */
static void
add(FsMeasures *m, int place, int32_t value)
{
	m->value[place] = cut(m->value[place] + value);
}

static void
set(FsMeasures *m, int place, int32_t value)
{
	m->value[place] = cut(value);
}

/* The differences of three logits. */
static void
set_logits(FsMeasures *m, int place, FsLogits l)
{
	set(m, place, l.positive - l.neutral);
	set(m, place + 1, l.negative - l.neutral);
	set(m, place + 2, l.positive - l.negative);
}

/* What the compiled model says, and its strongest words. */
static void
measure_model(const FsFeatures *features, FsLogits words, FsLogits compiled, FsMeasures *m)
{
	FsWeights	  weights = fs_linear_table(FS_MODEL_SENTENCE);
	FsProbability p = fs_softmax(compiled);
	int32_t		  sum = 0;

	set_logits(m, FS_SEEN_COMPILED_GOOD, compiled);
	set_logits(m, FS_SEEN_WORDS_GOOD, words);
	set(m, FS_SEEN_NEGATIVE, (int32_t) p.negative >> PROBABILITY_SHIFT);
	set(m, FS_SEEN_NEUTRAL, (int32_t) p.neutral >> PROBABILITY_SHIFT);
	set(m, FS_SEEN_POSITIVE, (int32_t) p.positive >> PROBABILITY_SHIFT);
	set(m, FS_SEEN_SCORE, fs_score_of(p));
	for (int i = 0; i < features->n; i++)
	{
		const int8_t *w = weights[features->item[i].bucket];
		int			  side = w[2] - w[0];

		if (side > m->value[FS_SEEN_BEST_WORD])
			set(m, FS_SEEN_BEST_WORD, side);
		if (side < m->value[FS_SEEN_WORST_WORD])
			set(m, FS_SEEN_WORST_WORD, side);
		if (w[1] > m->value[FS_SEEN_PLAINEST_WORD])
			set(m, FS_SEEN_PLAINEST_WORD, w[1]);
		sum += abs(side);
	}
	set(m, FS_SEEN_LOUDNESS, sum / (features->n + 1) * 4);
}

static void
measure_events(const FsParse *parse, const FsEvent *events, int nevents, FsMeasures *m)
{
	int32_t all = 0;

	set(m, FS_SEEN_EVENTS, nevents);
	set(m, FS_SEEN_UNITS_BEFORE, -1);
	set(m, FS_SEEN_UNITS_BEHIND, -1);
	for (int i = 0; i < nevents; i++)
	{
		int32_t weight = events[i].weight;
		int32_t sign = (weight > 0) - (weight < 0);

		add(m, FS_SEEN_RULES + events[i].rule * FS_SIGNS + sign + 1, sign == 0 ? 100 : abs(weight));
		if (sign == 0)
			continue;
		add(m, FS_SEEN_NET, weight);
		add(m, sign > 0 ? FS_SEEN_UP : FS_SEEN_DOWN, abs(weight));
		all += abs(weight);
		if (weight > m->value[FS_SEEN_HIGHEST])
			set(m, FS_SEEN_HIGHEST, weight);
		if (weight < m->value[FS_SEEN_LOWEST])
			set(m, FS_SEEN_LOWEST, weight);
		if (m->value[FS_SEEN_FIRST] == 0)
		{
			set(m, FS_SEEN_FIRST, weight);
			set(m, FS_SEEN_UNITS_BEFORE, events[i].head);
		}
		set(m, FS_SEEN_LAST, weight);
		set(m, FS_SEEN_UNITS_BEHIND, parse->nunits - events[i].head);
	}
	if (all > 0)
		set(m, FS_SEEN_BALANCE, m->value[FS_SEEN_NET] * 100 / all);
}

static void
measure_quantity(const FsQuantity *quantity, const FsQuantity *money[2], FsMeasures *m)
{
	bool amount = quantity->role == FS_ROLE_AMOUNT;

	add(m, FS_SEEN_AMOUNTS, amount);
	add(m, FS_SEEN_MINUS, amount && quantity->value.negative);
	add(m, FS_SEEN_PERCENT, quantity->kind == FS_UNIT_PERCENT);
	add(m, FS_SEEN_COUNTS, amount && quantity->kind == FS_UNIT_COUNT);
	add(m, FS_SEEN_BARE, amount && quantity->kind == FS_UNIT_NONE);
	if (quantity->kind != FS_UNIT_MONEY)
		return;
	if (m->value[FS_SEEN_MONEY] < 2)
		money[m->value[FS_SEEN_MONEY]] = quantity;
	add(m, FS_SEEN_MONEY, 1);
}

static void
measure_units(const FsParse *parse, FsMeasures *m)
{
	const FsSentence *sentence = parse->sentence;
	const FsQuantity *money[2];

	set(m, FS_SEEN_CAPITAL, -1);
	for (int i = 0; i < parse->nunits; i++)
	{
		const FsUnit *u = &parse->units[i];
		char		  first = sentence->text.data[sentence->tokens[u->token].start];

		for (uint64_t classes = u->classes; classes; classes &= classes - 1)
			add(m, FS_SEEN_CLASSES + __builtin_ctzll(classes), 1);
		add(m, u->type == FS_U_PUNCT ? FS_SEEN_MARKS : FS_SEEN_LENGTH, 1);
		if (u->type == FS_U_QUANTITY)
			measure_quantity(&parse->quantities[u->quantity], money, m);
		add(m, FS_SEEN_DATES, u->type == FS_U_DATE);
		add(m, FS_SEEN_COMMAS, u->type == FS_U_PUNCT && u->ch == ',');
		add(m, FS_SEEN_QUOTES, u->type == FS_U_PUNCT && (u->ch == '"' || u->ch == '`' || u->ch == '\''));
		if (u->type != FS_U_WORD || u->classes != 0 || first < 'A' || first > 'Z')
			continue;
		if (m->value[FS_SEEN_CAPITALS] == 0)
			set(m, FS_SEEN_CAPITAL, i);
		add(m, FS_SEEN_CAPITALS, 1);
	}
	if (m->value[FS_SEEN_MONEY] >= 2)
		set(m, FS_SEEN_AGAINST, fs_decimal_compare(money[0]->value, money[1]->value));
	set(m, FS_SEEN_PROSE, (sentence->flags & FS_S_PROSE) != 0);
	set(m, FS_SEEN_POST, (sentence->flags & FS_S_POST) != 0);
	set(m, FS_SEEN_QUESTION, (sentence->flags & FS_S_QUESTION) != 0);
}

void
fs_measure(const FsParse *parse, const FsEvent *events, int nevents, const FsFeatures *features, FsLogits words,
		   FsLogits compiled, FsMeasures *out)
{
	memset(out, 0, sizeof(*out));
	measure_model(features, words, compiled, out);
	measure_events(parse, events, nevents, out);
	measure_units(parse, out);
}
