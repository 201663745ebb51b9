/*
 * sentiment.c - level 7: events and words to probabilities to a score.
 *
 * Two scorers, and the form of the text chooses the mix.
 *
 * Rules.  The net weight of the events, cut to [-3, 3], gives three logits,
 *
 *     negative -2 net    neutral 1.25    positive +2 net
 *
 * so that net 0.625 is where neutral and non-neutral are equally likely.
 *
 * Linear model (linear.h).  Over the rules' features, base forms and words.
 *
 * Prose (whole sentences that end in a full stop) takes the rules' logits and a
 * quarter of the model's: words learned from headlines say little there, and
 * behind a document's lead the rules speak alone.
 * Headlines and posts take the model's, and the rules' only for what settles the
 * matter.
 *
 * A model trained by the user (trained.h) decides alone, whatever the form: rules
 * and compiled model are among its inputs and its voices.
 *
 * The logits are divided by 1.4, which moves no class but keeps the scores of
 * clear sentences apart.  A softmax through a table makes probabilities of them.  The score is
 * scaled so that the boundary between neutral and the rest falls on 0.12, the
 * first label's: with m the likelier and o the other of the two polar
 * probabilities and n neutral,
 *
 *     strength u = m / (m + n)      balance b = (m - o) / (m + o)
 *     |score|  = 0.12 + 0.88 (2u - 1) b   where m >= n
 *              = 0.24 u b                 else
 *
 * A sentence without an event that the model finds neutral has score 0.
 *
 * Worked example, by rules alone: one event of 1.4 gives logits -2.8, 1.25, 2.8,
 * probabilities .014 .245 .741, u .75, b .96 and the score 0.55.
 */
#include <stdlib.h>

#include "measure.h"
#include "sentiment.h"

#include "tables/exp.inc"

#define NEUTRAL_LOGIT 320 /* 1.25 in 1/256 */
#define LEAD_SENTENCES 4  /* prose behind them takes the rules alone */
#define PROSE_WORDS 25	  /* percent of the model's logits that prose takes */
#define PROSE_LEAN 50	  /* 0.2 in 1/256, for good: companies put good news mildly, headlines do not */
#define TEMPERATURE 140	  /* percent; probabilities are less sure, classes the same */
#define BOUNDARY 1200	  /* score where neutral ends */
#define ONE 65536
#define BALANCED_SHARE 25 /* of 1/10000, for a hundredth of an event that others cancel */

/* exp of minus x/256, in 1/65536. */
static uint32_t
exp_minus(int32_t x)
{
	return x < EXP_COUNT ? exp_table[x] : 0;
}

FsProbability
fs_softmax(FsLogits l)
{
	int32_t		  top = l.negative > l.neutral ? l.negative : l.neutral;
	uint64_t	  e[3];
	uint64_t	  sum;
	FsProbability p;

	top = l.positive > top ? l.positive : top;
	e[0] = exp_minus(top - l.negative);
	e[1] = exp_minus(top - l.neutral);
	e[2] = exp_minus(top - l.positive);
	sum = e[0] + e[1] + e[2];
	p.negative = (uint32_t) (e[0] * ONE / sum);
	p.positive = (uint32_t) (e[2] * ONE / sum);
	p.neutral = ONE - p.negative - p.positive;
	return p;
}

int32_t
fs_score_of(FsProbability p)
{
	int64_t m = p.positive > p.negative ? p.positive : p.negative;
	int64_t o = p.positive > p.negative ? p.negative : p.positive;
	int64_t u;
	int64_t b;
	int64_t size;

	if (m == o)
		return 0;
	u = m * ONE / (m + p.neutral);
	b = (m - o) * ONE / (m + o);
	if (m > p.neutral)
		size = BOUNDARY + (((FS_SCORE_ONE - BOUNDARY) * (2 * u - ONE) / ONE) * b + ONE / 2) / ONE;
	else
	{
		size = (2 * BOUNDARY * u / ONE) * b / ONE;
		if (size >= BOUNDARY)
			size = BOUNDARY - 1;
	}
	if (size > FS_SCORE_ONE)
		size = FS_SCORE_ONE;
	return (int32_t) (p.positive > p.negative ? size : -size);
}

FsSentiment
fs_sentiment_of(FsLogits logits)
{
	FsSentiment s = { .logits = logits };

	s.p = fs_softmax((FsLogits){ logits.negative * 100 / TEMPERATURE, logits.neutral * 100 / TEMPERATURE,
								 logits.positive * 100 / TEMPERATURE });
	s.score = fs_score_of(s.p);
	return s;
}

/* Logits of the events alone. */
static FsLogits
rule_logits(const FsEvent *events, int nevents)
{
	int32_t net = fs_events_net(events, nevents);

	return (FsLogits){ -2 * net * 256 / 100, NEUTRAL_LOGIT, 2 * net * 256 / 100 };
}

bool
fs_takes_rules_alone(const FsSentence *sentence)
{
	return sentence->flags & FS_S_PROSE && sentence->index >= LEAD_SENTENCES;
}

/* Logits and a net weight of events beside them. */
static FsLogits
with_net(FsLogits words, int32_t net)
{
	words.positive += net * 256 / 100;
	words.negative -= net * 256 / 100;
	return words;
}

/* The user's terms, which no model ever saw, weigh half as much again as in prose. */
static int32_t
own_net(const FsEvent *events, int nevents)
{
	int32_t net = 0;

	for (int i = 0; i < nevents; i++)
		if (events[i].rule == FS_RULE_OWN)
			net += 3 * events[i].weight;
	return net;
}

/*
 * Events that settle the matter (a bankruptcy, fraud, a drug that fails) weigh three
 * quarters of what they do in prose, whatever the model says: headlines that it
 * learned from call many of them neutral, since they are told again and again.
 */
static int32_t
settled_net(const FsEvent *events, int nevents)
{
	int32_t net = 0;

	for (int i = 0; i < nevents; i++)
		if (fs_event_settles(&events[i]))
			net += 3 * events[i].weight / 2;
	return net;
}

/* Rules and words by the form of the sentence. */
static FsLogits
mix_logits(const FsParse *parse, const FsEvent *events, int nevents, FsLogits words)
{
	FsLogits rules = rule_logits(events, nevents);

	if (!(parse->sentence->flags & FS_S_PROSE))
	{
		int32_t net = own_net(events, nevents);

		if (!(parse->sentence->flags & FS_S_POST))
			net += settled_net(events, nevents);
		return with_net(words, net);
	}
	return (FsLogits){ rules.negative + words.negative * PROSE_WORDS / 100,
					   rules.neutral + words.neutral * PROSE_WORDS / 100,
					   rules.positive + words.positive * PROSE_WORDS / 100 + PROSE_LEAN };
}

static FsSentiment
mixed_sentiment(const FsParse *parse, const FsEvent *events, int nevents, FsFeatures *scratch)
{
	if (fs_takes_rules_alone(parse->sentence))
		return fs_sentiment_of(rule_logits(events, nevents));
	return fs_sentiment_of(mix_logits(parse, events, nevents, fs_model_logits(parse, events, nevents, scratch)));
}

void
fs_see(const FsParse *parse, const FsEvent *events, int nevents, FsSight *sight)
{
	FsEvent	 plain[FS_EVENTS_MAX];
	int		 n = 0;
	int		 common;
	FsLogits words;

	for (int i = 0; i < nevents; i++)
		if (events[i].rule != FS_RULE_OWN)
			plain[n++] = events[i];
	common = fs_model_features(parse, plain, n, sight->features);
	words = fs_linear(FS_MODEL_SENTENCE, sight->features);
	sight->compiled = mix_logits(parse, plain, n, words);
	sight->features->n = common;
	fs_measure(parse, plain, n, sight->features, words, sight->compiled, &sight->measures);
	fs_trained_stack(parse, plain, n, words, sight->features);
}

/* A trained model, which has seen what the rules and the compiled model say; and the user's terms beside it. */
static FsSentiment
trained_sentiment(const FsTrained *model, const FsParse *parse, const FsEvent *events, int nevents,
				  FsFeatures *scratch)
{
	FsSight sight = { .features = scratch };

	fs_see(parse, events, nevents, &sight);
	return fs_sentiment_of(with_net(fs_trained_logits(model, &sight), own_net(events, nevents)));
}

FsSentiment
fs_sentiment(const FsTrained *model, const FsParse *parse, const FsEvent *events, int nevents, FsFeatures *scratch)
{
	FsSentiment s = model ? trained_sentiment(model, parse, events, nevents, scratch)
						  : mixed_sentiment(parse, events, nevents, scratch);

	if (nevents == 0 && abs(s.score) < BOUNDARY)
		s.score = 0;
	return s;
}

int32_t
fs_rules_score(const FsEvent *events, int nevents)
{
	return fs_score_of(fs_softmax(rule_logits(events, nevents)));
}

/*
 * Where rules and sentence agree, and the rules alone would say at least half
 * of it, the events carry all; else they carry what the rules alone would say,
 * never more than the score, and the words the rest.
 */
int32_t
fs_sentiment_shares(int32_t score, const FsEvent *events, int nevents, int32_t *shares)
{
	int32_t carried;
	int64_t net = 0;
	int32_t left;
	int		heaviest = 0;

	if (nevents == 0)
		return score;
	carried = fs_rules_score(events, nevents);
	if ((carried > 0) == (score > 0) && abs(carried) * 2 >= abs(score))
		carried = score;
	left = carried;
	for (int i = 0; i < nevents; i++)
	{
		net += events[i].weight;
		if (abs(events[i].weight) > abs(events[heaviest].weight))
			heaviest = i;
	}
	if (net == 0)
		left = carried = 0;
	for (int i = 0; i < nevents; i++)
	{
		shares[i] =
			(int32_t) (net != 0 ? (int64_t) carried * events[i].weight / net : events[i].weight * BALANCED_SHARE);
		left -= shares[i];
	}
	if (nevents > 0 && net != 0)
		shares[heaviest] += left;
	return score - carried;
}
