/*
 * alert.c - when a rule fires: each condition, and what is remembered.
 */
#include "alert.h"
#include "unit.h"

#define HOUR (INT64_C(3600) * 1000000)
#define DAY (24 * HOUR)

static FsAlertRule	rule;
static FsAlertState state;

/* A rule without conditions, nothing remembered. */
static void
start(void)
{
	static const FsAlertRule none = { .threshold = -1, .zscore = -1, .half_life = 30 * DAY, .min_articles = 3 };

	rule = none;
	memset(&state, 0, sizeof(state));
}

/* Whether an article fires. */
static bool
fires(double score, int64_t at)
{
	FsAlertArticle article = { .score = score, .relevance = 1, .at = at };
	FsAlertVerdict verdict;
	FsAlertState   before = state;
	bool		   concerns = fs_alert_concerns(&rule, score, 1);

	fs_alert_decide(&rule, &state, &article, &verdict);
	CHECK(verdict.changed == (memcmp(&before, &state, sizeof(state)) != 0) || verdict.fires);
	CHECK(concerns || (!verdict.fires && !verdict.changed));
	if (!fs_alert_keeps_state(&rule))
		CHECK(verdict.fires == fs_alert_passes(&rule, score, 1));
	return verdict.fires;
}

/* Whether an article with this fingerprint fires. */
static bool
story_fires(uint64_t fingerprint, int64_t at)
{
	FsAlertArticle article = { .score = 0.5, .relevance = 1, .at = at, .fingerprint = fingerprint };
	FsAlertVerdict verdict;

	fs_alert_decide(&rule, &state, &article, &verdict);
	return verdict.fires;
}

static void
a_threshold_counts_in_its_direction(void)
{
	static const struct
	{
		FsAlertDirection direction;
		double			 score;
		bool			 fires;
	} cases[] = {
		{ FS_ALERT_UP, 0.5, true },		  { FS_ALERT_UP, 0.4999, false },	 { FS_ALERT_UP, -0.9, false },
		{ FS_ALERT_DOWN, -0.5, true },	  { FS_ALERT_DOWN, -0.4999, false }, { FS_ALERT_DOWN, 0.9, false },
		{ FS_ALERT_EITHER, 0.5, true },	  { FS_ALERT_EITHER, -0.5, true },	 { FS_ALERT_EITHER, 0, false },
		{ FS_ALERT_EITHER, 0.49, false }, { FS_ALERT_EITHER, -0.49, false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		start();
		rule.direction = cases[i].direction;
		rule.threshold = 0.5;
		CHECK_MSG(fires(cases[i].score, 0) == cases[i].fires, "direction %d, score %g", (int) cases[i].direction,
				  cases[i].score);
	}
}

static void
without_a_threshold_the_sign_counts(void)
{
	start();
	CHECK(fires(0, 0) && fires(-1, 0) && fires(1, 0));
	rule.direction = FS_ALERT_UP;
	CHECK(fires(0.01, 0) && !fires(0, 0) && !fires(-1, 0));
	rule.direction = FS_ALERT_DOWN;
	CHECK(fires(-0.01, 0) && !fires(0, 0) && !fires(1, 0));
}

static void
what_is_hardly_about_the_ticker_does_not_exist(void)
{
	FsAlertArticle article = { .score = 1, .relevance = 0.29 };
	FsAlertVerdict verdict;

	start();
	rule.min_relevance = 0.3;
	rule.zscore = 2;
	fs_alert_decide(&rule, &state, &article, &verdict);
	CHECK(!verdict.fires && !verdict.changed && state.articles == 0);
	CHECK(!fs_alert_concerns(&rule, 1, 0.29));
	CHECK(fs_alert_concerns(&rule, 1, 0.3));
}

/* Mean and deviation are what the definition gives, whatever the order. */
static void
the_baseline_is_decayed_and_knows_no_order(void)
{
	static const int	orders[3][5] = { { 0, 1, 2, 3, 4 }, { 4, 3, 2, 1, 0 }, { 2, 0, 4, 1, 3 } };
	static const double score[5] = { 0.1, -0.4, 0.9, 0.3, -0.2 };
	/* 2^((day - 70) / 30) */
	static const double weigh[5] = { 0.19842513149602492, 0.21266679023771393, 0.5, 0.5116869459983875, 1 };
	static const int	day[5] = { 0, 3, 40, 41, 70 };
	double				weight = 0;
	double				mean = 0;
	double				variance = 0;

	for (int i = 0; i < 5; i++)
	{
		weight += weigh[i];
		mean += score[i] * weigh[i];
	}
	mean /= weight;
	for (int i = 0; i < 5; i++)
		variance += weigh[i] * (score[i] - mean) * (score[i] - mean) / weight;
	for (int order = 0; order < 3; order++)
	{
		start();
		rule.zscore = 100;
		for (int i = 0; i < 5; i++)
			CHECK(!fires(score[orders[order][i]], day[orders[order][i]] * DAY));
		CHECK_INT(state.articles, 5);
		CHECK(state.last_at == 70 * DAY);
		CHECK(__builtin_fabs(state.mean - mean) < 1e-12);
		CHECK(__builtin_fabs(state.m2 / state.weight - variance) < 1e-12);
	}
}

static void
a_zscore_needs_articles_and_distance(void)
{
	FsAlertArticle article = { .score = 0.7, .relevance = 1, .at = 5 * HOUR };
	FsAlertVerdict verdict;

	start();
	rule.zscore = 2;
	rule.direction = FS_ALERT_UP;
	CHECK(!fires(0.1, 1 * HOUR));
	CHECK(!fires(0.9, 2 * HOUR)); /* too few before it */
	CHECK(!fires(0.2, 3 * HOUR));
	start();
	rule.zscore = 2;
	rule.direction = FS_ALERT_UP;
	CHECK(!fires(0.1, 1 * HOUR));
	CHECK(!fires(0.3, 2 * HOUR));
	CHECK(!fires(0.2, 3 * HOUR)); /* mean .2, deviation .08 */
	CHECK(!fires(0.34, 3 * HOUR));
	fs_alert_decide(&rule, &state, &article, &verdict);
	CHECK(verdict.fires && verdict.articles == 4 && __builtin_fabs(verdict.mean - 0.235) < 0.001);
	CHECK(!fires(-0.9, 6 * HOUR)); /* far away, but down */
}

static void
equal_scores_are_not_taken_for_certainty(void)
{
	start();
	rule.zscore = 3;
	for (int i = 0; i < 10; i++)
		CHECK(!fires(0, i * HOUR));
	CHECK(!fires(0.149, 11 * HOUR));
	start();
	rule.zscore = 3;
	for (int i = 0; i < 10; i++)
		CHECK(!fires(0, i * HOUR));
	CHECK(fires(0.151, 11 * HOUR));
}

static void
a_pause_of_ages_empties_the_baseline(void)
{
	start();
	rule.zscore = 3;
	rule.half_life = 1;
	for (int i = 0; i < 5; i++)
		fires(0.5, i * DAY);
	CHECK(state.weight == 1 && state.mean == 0.5 && state.m2 == 0);
	CHECK(fires(-0.5, INT64_MAX));
	CHECK(state.weight == 1 && state.mean == -0.5);
}

static void
a_cooldown_holds_before_and_after_an_alert(void)
{
	start();
	rule.threshold = 0.5;
	rule.cooldown = 6 * HOUR;
	CHECK(fires(0.6, 10 * HOUR));
	CHECK(!fires(0.9, 10 * HOUR));
	CHECK(!fires(0.9, 16 * HOUR - 1));
	CHECK(!fires(0.9, 4 * HOUR + 1)); /* late */
	CHECK(fires(0.9, 4 * HOUR));	  /* so late that it is long before */
	CHECK(!fires(0.9, 15 * HOUR));
	CHECK(fires(0.9, 16 * HOUR));
	CHECK(!fires(0.9, 9 * HOUR)); /* within the time of the alerts of four and of ten */
}

static void
hysteresis_waits_for_the_score_to_come_back(void)
{
	start();
	rule.threshold = 0.5;
	rule.hysteresis = 0.2;
	CHECK(fires(0.5, 1 * HOUR));
	CHECK(!fires(0.9, 2 * HOUR));
	CHECK(!fires(0.31, 3 * HOUR));
	CHECK(!fires(0.9, 4 * HOUR));
	CHECK(!fires(0.29, 5 * HOUR)); /* back */
	CHECK(fires(0.6, 6 * HOUR));
	CHECK(fires(-0.5, 7 * HOUR)); /* the other side is back by itself */
	CHECK(!fires(-0.9, 8 * HOUR));
	CHECK(fires(0.5, 9 * HOUR));
}

static void
a_story_fires_once_a_week(void)
{
	uint64_t story = UINT64_C(0x0123456789ABCDEF);

	start();
	rule.novelty = true;
	CHECK(story_fires(story, 0));
	CHECK(!story_fires(story, 1 * HOUR));
	CHECK(!story_fires(story ^ 0x3FFF, 1 * HOUR)); /* 14 bits differ */
	CHECK(story_fires(story ^ 0x7FFF, 1 * HOUR));  /* 15 bits */
	CHECK(!story_fires(story, 7 * DAY - 1));
	CHECK(story_fires(story, 7 * DAY));
	CHECK(!story_fires(story, 14 * DAY - 1));
	CHECK(!story_fires(story, -7 * DAY + 1)); /* late */
	CHECK(story_fires(story, -7 * DAY));
	CHECK(fires(0.5, 8 * DAY) && fires(0.5, 8 * DAY)); /* without content all is new */
}

/* A story that is unlike all others. */
static uint64_t
other_story(uint64_t n)
{
	n = (n + 1) * UINT64_C(0x9E3779B97F4A7C15);
	n = (n ^ n >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	n = (n ^ n >> 27) * UINT64_C(0x94D049BB133111EB);
	return n ^ n >> 31;
}

static void
the_oldest_story_makes_room(void)
{
	start();
	rule.novelty = true;
	for (int64_t i = 0; i <= FS_ALERTS_KEPT; i++)
		CHECK(story_fires(other_story((uint64_t) i), i));
	CHECK_INT(state.nalerts, FS_ALERTS_KEPT);
	CHECK(!story_fires(other_story(FS_ALERTS_KEPT), 50));
	CHECK(!story_fires(other_story(1), 50));
	CHECK(story_fires(other_story(0), 50));
	CHECK(story_fires(other_story(99), 0)); /* older than all, and forgotten at once */
	CHECK(story_fires(other_story(99), 0));
	CHECK(story_fires(other_story(98), 10)); /* late, in its place */
	for (int i = 1; i < state.nalerts; i++)
		CHECK(state.alert_at[i - 1] <= state.alert_at[i]);
	CHECK(!story_fires(other_story(98), 50));
	CHECK(!story_fires(other_story(0), 50));
}

static void
a_correction_is_judged_and_not_counted(void)
{
	FsAlertArticle article = { .score = 0.9, .relevance = 1, .at = 4 * HOUR, .again = true };
	FsAlertVerdict verdict;

	start();
	rule.zscore = 2;
	for (int i = 0; i < 3; i++)
		CHECK(!fires(0.1, i * HOUR));
	fs_alert_decide(&rule, &state, &article, &verdict);
	CHECK(verdict.fires);
	CHECK_INT(state.articles, 3);
	CHECK(state.mean == 0.1);
}

static void
all_conditions_must_hold_on_one_side(void)
{
	start();
	rule.threshold = 0.3;
	rule.zscore = 2;
	for (int i = 0; i < 4; i++)
		CHECK(!fires(-0.6, i * HOUR));
	CHECK(!fires(-0.4, 5 * HOUR)); /* below -.3, but above what is usual */
	CHECK(!fires(0.2, 6 * HOUR));  /* unusual, but within the threshold */
	start();
	rule.threshold = 0.3;
	rule.zscore = 2;
	for (int i = 0; i < 4; i++)
		CHECK(!fires(-0.6, i * HOUR));
	CHECK(fires(0.4, 6 * HOUR));
}

static void
what_remembers_nothing_is_known(void)
{
	start();
	rule.threshold = 0.5;
	CHECK(!fs_alert_keeps_state(&rule));
	CHECK(!fs_alert_concerns(&rule, 0.4, 1) && fs_alert_concerns(&rule, 0.6, 1));
	rule.cooldown = 1;
	CHECK(fs_alert_keeps_state(&rule) && !fs_alert_concerns(&rule, 0.4, 1));
	rule.hysteresis = 0.1;
	CHECK(fs_alert_concerns(&rule, 0.1, 1));
	start();
	rule.novelty = true;
	CHECK(fs_alert_keeps_state(&rule));
	start();
	rule.zscore = 1;
	CHECK(fs_alert_keeps_state(&rule) && fs_alert_concerns(&rule, 0, 1));
}

int
main(void)
{
	RUN(a_threshold_counts_in_its_direction);
	RUN(without_a_threshold_the_sign_counts);
	RUN(what_is_hardly_about_the_ticker_does_not_exist);
	RUN(the_baseline_is_decayed_and_knows_no_order);
	RUN(a_zscore_needs_articles_and_distance);
	RUN(equal_scores_are_not_taken_for_certainty);
	RUN(a_pause_of_ages_empties_the_baseline);
	RUN(a_cooldown_holds_before_and_after_an_alert);
	RUN(hysteresis_waits_for_the_score_to_come_back);
	RUN(a_story_fires_once_a_week);
	RUN(the_oldest_story_makes_room);
	RUN(a_correction_is_judged_and_not_counted);
	RUN(all_conditions_must_hold_on_one_side);
	RUN(what_remembers_nothing_is_known);
	return unit_done();
}
