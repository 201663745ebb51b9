/*
 * alert.c - level 4: when a rule fires at an article.
 *
 * All conditions that a rule sets must hold, on one side (up or down) that its
 * direction allows:
 *
 *	relevance	at least min_relevance
 *	threshold	score >= threshold on the side up, score <= -threshold on the side down
 *	zscore		the score lies zscore deviations above (below) the mean of the ticker's own earlier articles, of
 *				which there are at least min_articles
 *	(neither)	the score is above 0 (below); with either direction, any score
 *	hysteresis	since the last alert of that side, a score has come back to below threshold - hysteresis
 *	cooldown	the article's time is not within cooldown of an alert's, before or after
 *	novelty		no alert within seven days, before or after, was another version of the story
 *
 * Baseline.  An article that is t older than the newest weighs 2^(-t / half
 * life).  Mean and deviation are those of the weighted scores (West's update of
 * 1979).  The article is judged before it is counted.  A late one, older than
 * the newest seen, is counted with the weight that its age gives: the baseline
 * does not depend on the order in which articles came.  It counts all articles
 * on the ticker that have the rule's min_relevance, whether or not they fire.
 * Scores have noise of their own: a deviation below 0.05 counts as 0.05, or
 * the first article that differs from three equal ones would be a wonder.
 *
 * Alerts.  For cooldown and novelty the 32 latest by published time are
 * remembered, so that neither depends on the order in which articles came.
 *
 * Roots and powers come without libm, so that a decision is the same on every
 * machine: squares are compared instead of deviations.
 */
#include "alert.h"
#include "fingerprint.h"

/* 2^-x for x >= 0: halvings for the whole part, Taylor's series for the rest. */
static double
halved(double x)
{
	double rest;
	double term = 1;
	double sum = 1;

	if (x >= 1000)
		return 0;
	rest = (x - (int) x) * -0.69314718055994530942;
	for (int i = 1; i <= 18; i++)
	{
		term *= rest / i;
		sum += term;
	}
	for (int i = (int) x; i > 0; i--)
		sum /= 2;
	return sum;
}

/* Weight of what is older by an age. */
static double
weight_of_age(const FsAlertRule *rule, double age)
{
	return halved(age / (double) rule->half_life);
}

/* Count an article in the baseline. */
static void
count(const FsAlertRule *rule, FsAlertState *state, const FsAlertArticle *article)
{
	double weight = 1;
	double delta = article->score - state->mean;

	if (state->articles == 0)
		state->last_at = article->at;
	else if (article->at >= state->last_at)
	{
		double aged = weight_of_age(rule, (double) article->at - (double) state->last_at);

		state->weight *= aged;
		state->m2 *= aged;
		state->last_at = article->at;
	}
	else
		weight = weight_of_age(rule, (double) state->last_at - (double) article->at);
	state->articles++;
	state->weight += weight;
	state->mean += delta * weight / state->weight;
	state->m2 += weight * delta * (article->score - state->mean);
}

/* Whether the score lies far enough from the baseline on a side. */
static bool
is_unusual(const FsAlertRule *rule, const FsAlertVerdict *verdict, double score, int side)
{
	double away = (score - verdict->mean) * side;
	double variance = verdict->variance;

	if (variance < FS_ALERT_DEVIATION * FS_ALERT_DEVIATION)
		variance = FS_ALERT_DEVIATION * FS_ALERT_DEVIATION;
	return verdict->articles >= rule->min_articles && away >= 0 &&
		   away * away >= rule->zscore * rule->zscore * variance;
}

/* Whether threshold and direction allow a side; side 0: any score. */
static bool
side_passes(const FsAlertRule *rule, double score, int side)
{
	if (side != 0 && rule->direction != FS_ALERT_EITHER && side != (int) rule->direction)
		return false;
	if (rule->threshold >= 0)
		return side != 0 && score * side >= rule->threshold;
	if (rule->zscore >= 0)
		return side != 0;
	return side == 0 ? rule->direction == FS_ALERT_EITHER : score * side > 0;
}

/* Whether two times are less than a length of time apart. */
static bool
is_near(int64_t a, int64_t b, int64_t length)
{
	double apart = (double) a - (double) b;

	return apart < (double) length && -apart < (double) length;
}

/* Whether the story is a version of an alert's. */
static bool
is_version(uint64_t story, uint64_t alert)
{
	return story != 0 && alert != 0 && fs_similarity(story, alert) >= FS_SAME_STORY;
}

/* Remember an alert in order of time; the oldest makes room. */
static void
remember(FsAlertState *state, const FsAlertArticle *article)
{
	int i = 0;
	int n = state->nalerts;

	while (i < n && state->alert_at[i] <= article->at)
		i++;
	if (n == FS_ALERTS_KEPT)
	{
		if (i == 0)
			return; /* older than all */
		memmove(state->alert_at, state->alert_at + 1, (size_t) (i - 1) * sizeof(state->alert_at[0]));
		memmove(state->story, state->story + 1, (size_t) (i - 1) * sizeof(state->story[0]));
		i--;
	}
	else
	{
		memmove(state->alert_at + i + 1, state->alert_at + i, (size_t) (n - i) * sizeof(state->alert_at[0]));
		memmove(state->story + i + 1, state->story + i, (size_t) (n - i) * sizeof(state->story[0]));
		state->nalerts++;
	}
	state->alert_at[i] = article->at;
	state->story[i] = article->fingerprint;
}

/* Whether cooldown, hysteresis and novelty allow an alert on a side. */
static bool
is_allowed(const FsAlertRule *rule, const FsAlertState *state, const FsAlertArticle *article, int side)
{
	if (rule->hysteresis > 0 && side != 0 && state->side == side)
		return false;
	for (int i = 0; i < state->nalerts; i++)
		if ((rule->cooldown > 0 && is_near(article->at, state->alert_at[i], rule->cooldown)) ||
			(rule->novelty && is_near(article->at, state->alert_at[i], FS_ALERT_STORY_TIME) &&
			 is_version(article->fingerprint, state->story[i])))
			return false;
	return true;
}

bool
fs_alert_keeps_state(const FsAlertRule *rule)
{
	return rule->zscore >= 0 || rule->novelty || rule->cooldown > 0 || rule->hysteresis > 0;
}

bool
fs_alert_passes(const FsAlertRule *rule, double score, double relevance)
{
	return relevance >= rule->min_relevance &&
		   (side_passes(rule, score, 1) || side_passes(rule, score, -1) || side_passes(rule, score, 0));
}

bool
fs_alert_concerns(const FsAlertRule *rule, double score, double relevance)
{
	return relevance >= rule->min_relevance &&
		   (rule->zscore >= 0 || rule->hysteresis > 0 || fs_alert_passes(rule, score, relevance));
}

void
fs_alert_decide(const FsAlertRule *rule, FsAlertState *state, const FsAlertArticle *article, FsAlertVerdict *verdict)
{
	static const int sides[] = { 1, -1, 0 };

	memset(verdict, 0, sizeof(*verdict));
	if (article->relevance < rule->min_relevance)
		return;
	verdict->articles = state->articles;
	verdict->mean = state->mean;
	verdict->variance = state->weight > 0 ? state->m2 / state->weight : 0;
	if (state->side != 0 && article->score * state->side < rule->threshold - rule->hysteresis)
	{
		state->side = 0;
		verdict->changed = true;
	}
	for (int i = 0; i < 3 && !verdict->fires; i++)
	{
		int side = sides[i];

		if (!side_passes(rule, article->score, side) ||
			(rule->zscore >= 0 && !is_unusual(rule, verdict, article->score, side)) ||
			!is_allowed(rule, state, article, side))
			continue;
		verdict->fires = verdict->changed = true;
		if (rule->hysteresis > 0)
			state->side = side;
		if (rule->novelty || rule->cooldown > 0)
			remember(state, article);
	}
	if (rule->zscore >= 0 && !article->again)
	{
		count(rule, state, article);
		verdict->changed = true;
	}
}
