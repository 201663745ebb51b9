/*
 * alert.h - level 4: when a rule fires at an article.
 *
 * One decision for the trigger of live tables and for backtests: a rule, what is
 * remembered of a ticker, and the next article on it go in; whether the rule
 * fires and what is to be remembered comes out.  alert.c has the definitions.
 * Times are microseconds from an epoch of the caller's.
 */
#ifndef FS_ALERT_H
#define FS_ALERT_H

#include "base.h"

/* The latest alerts are remembered, for cooldown and novelty. */
#define FS_ALERTS_KEPT 32

/* How far apart two versions of one story are published. */
#define FS_ALERT_STORY_TIME (INT64_C(7) * 24 * 3600 * 1000000)

/* A ticker's scores never count as closer together than this. */
#define FS_ALERT_DEVIATION 0.05

typedef enum FsAlertDirection
{
	FS_ALERT_DOWN = -1,
	FS_ALERT_EITHER = 0,
	FS_ALERT_UP = 1,
} FsAlertDirection;

typedef struct FsAlertRule
{
	FsAlertDirection direction;
	double			 min_relevance; /* 0 to 1 */
	double			 threshold;		/* 0 to 1; negative: not set */
	double			 zscore;		/* above 0; negative: not set */
	int64_t			 half_life;
	int64_t			 min_articles; /* at least 2 */
	bool			 novelty;
	int64_t			 cooldown;	 /* 0: none */
	double			 hysteresis; /* 0: none */
} FsAlertRule;

/* What is remembered of a ticker; all zero is nothing. */
typedef struct FsAlertState
{
	int64_t	 articles; /* that the baseline was made of */
	double	 weight;   /* of them, as of last_at */
	double	 mean;
	double	 m2; /* sum of weighted squares around the mean */
	int64_t	 last_at;
	int		 side;	  /* of the last alert, until its score has come back: 1, -1; 0: armed */
	int		 nalerts; /* the latest ones, by time */
	int64_t	 alert_at[FS_ALERTS_KEPT];
	uint64_t story[FS_ALERTS_KEPT]; /* fingerprints, 0: none */
} FsAlertState;

typedef struct FsAlertArticle
{
	double	 score; /* toward the ticker */
	double	 relevance;
	int64_t	 at;
	uint64_t fingerprint; /* 0: none, of a text without content or for a rule that does not ask for it */
	bool	 again;		  /* a corrected article: judged, but counted before */
} FsAlertArticle;

typedef struct FsAlertVerdict
{
	bool	fires;
	bool	changed;  /* the state is another one than before */
	int64_t articles; /* the baseline before the article */
	double	mean;
	double	variance; /* as it was, without regard to FS_ALERT_DEVIATION */
} FsAlertVerdict;

/* Whether a rule remembers anything; one that does not is decided by fs_alert_passes alone. */
extern bool fs_alert_keeps_state(const FsAlertRule *rule);

/* Whether relevance, threshold and direction let an article pass. */
extern bool fs_alert_passes(const FsAlertRule *rule, double score, double relevance);

/* Whether fs_alert_decide could fire or change the state. */
extern bool fs_alert_concerns(const FsAlertRule *rule, double score, double relevance);

/* Judge an article and remember it. */
extern void fs_alert_decide(const FsAlertRule *rule, FsAlertState *state, const FsAlertArticle *article,
							FsAlertVerdict *verdict);

#endif /* FS_ALERT_H */
