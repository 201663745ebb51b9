/*
 * alert.h - alerts on news tables: rules, articles, what is remembered, what fires.
 *
 *	alert_rules.c		the rules of a workspace, kept by every session
 *	alert_article.c		a news row: its columns, its text, the companies in it
 *	alert_state.c		tables alert and alert_state
 *	alert_queue.c		rules that remember something, judged when the transaction commits
 *	alert_trigger.c		finsent_alert_trigger
 *	alert_backtest.c	finsent_alert_backtest
 */
#ifndef FS_PG_ALERT_H
#define FS_PG_ALERT_H

#include "commands/trigger.h"
#include "executor/spi.h"
#include "utils/array.h"
#include "../core/alert.h"
#include "env.h"

/* A rule as the table has it. */
typedef struct FsAlertRuleRow
{
	int64		id;
	char	   *name;
	char	   *channel; /* NULL: none */
	bool		keeps_state;
	FsAlertRule rule;
} FsAlertRuleRow;

/* A ticker of a rule. */
typedef struct FsAlertTicker
{
	const char *ticker;
	int			rule; /* index */
} FsAlertTicker;

/* The rules in force of a workspace, valid until the next SQL statement runs. */
typedef struct FsAlertRules
{
	int				nrules;
	FsAlertRuleRow *rules; /* by id */
	int				ntickers;
	FsAlertTicker  *tickers; /* by ticker, then rule */
	int				nany;
	int			   *any; /* rules of any ticker */
} FsAlertRules;

/* The rules of a workspace; ERROR 3F000 if there is none of that name. */
extern const FsAlertRules *fs_alert_rules(const char *workspace);

/* The rules of a ticker that stand before those of any: first index into tickers, number. */
extern int fs_alert_rules_of(const FsAlertRules *rules, const char *ticker, int *first);

/* The rule with an id; NULL if it is not in force. */
extern const FsAlertRuleRow *fs_alert_rule(const FsAlertRules *rules, int64 id);

/* A rule from a row of alert_rule as fs_alert_rule_columns selects it; tickers NULL: any. */
extern const char fs_alert_rule_columns[];
extern void		  fs_alert_rule_read(HeapTuple row, TupleDesc type, FsAlertRuleRow *rule, ArrayType **tickers);

/* Columns of a news table that a trigger's arguments name; numbers are 0 for those that are not named. */
typedef struct FsAlertColumns
{
	const char *workspace;
	AttrNumber	key;
	AttrNumber	body;
	AttrNumber	title;
	AttrNumber	at;
	Oid			key_output; /* function */
	Oid			at_type;	/* timestamptz, timestamp or date */
} FsAlertColumns;

/* What a trigger's arguments say; ERROR 42703 or 42804 naming a column that does not do. */
extern void fs_alert_columns(Trigger *trigger, Relation relation, FsAlertColumns *columns);

/*
 * The columns of a news table: what its alert trigger says, that of the workspace
 * before others; else what finsent_attach's trigger says, the key being the primary
 * key.  ERROR 55000 for a table with neither, and without text, time or key.
 */
extern void fs_alert_columns_of(Relation relation, const char *workspace, FsAlertColumns *columns);

/* A news row. */
typedef struct FsAlertNews
{
	char	   *key;
	TimestampTz at;
	Datum		body;
	Datum		title;
	bool		has_body;
	bool		has_title;
} FsAlertNews;

extern void fs_alert_news(const FsAlertColumns *columns, Relation relation, HeapTuple row, TupleDesc type,
						  FsAlertNews *news);

/* A company in an article. */
typedef struct FsAlertCompany
{
	const char *ticker;
	FsCompanyId company;
	double		score;
	double		relevance;
} FsAlertCompany;

/* Open a reading of a news row's text, with the words, companies and model that the workspace has for its day. */
extern void fs_alert_open(FsReading *reading, const char *workspace, const FsAlertNews *news);

/* What the following want of a document. */
#define FS_ALERT_WANTS (FS_WANT_TARGETS | FS_WANT_EVIDENCE)

/* Companies with a ticker in a document, each once, most relevant first; palloced. */
extern FsAlertCompany *fs_alert_companies(const FsDocument *document, int *n);

/* The evidence toward a company as a JSON array; palloced. */
extern char *fs_alert_evidence(FsReading *reading, const FsDocument *document, const FsAlertCompany *company);

/* The fingerprint of the body; 0 if it has none. */
extern uint64_t fs_alert_fingerprint(FsReading *reading);

/* An alert about to be raised. */
typedef struct FsAlert
{
	const FsAlertRuleRow *rule;
	const char			 *ticker;
	const char			 *key;
	TimestampTz			  at;
	double				  score;
	double				  relevance;
	const char			 *evidence; /* JSON */
	const FsAlertVerdict *verdict;	/* NULL: a rule that remembers nothing */
} FsAlert;

/* The column reason, of type jsonb. */
extern Datum fs_alert_reason(const FsAlert *alert);

/*
 * Raise it, and notify; false if it is there already.  The rule must be a copy:
 * what runs may read the rules again.  Within SPI.
 */
extern bool fs_alert_raise(const char *workspace, const FsAlert *alert);

/* The same for several of rules that remember nothing; those of one company stand together and share their evidence. */
extern void fs_alert_raise_all(const char *workspace, const FsAlert *alerts, int n);

/* Lock what is remembered of a ticker, and read it; false if that is nothing.  Within SPI. */
extern bool fs_alert_state_lock(const char *workspace, int64 rule_id, const char *ticker, FsAlertState *state);

/* Write it; false if it was to be a new row and another session made one.  Within SPI. */
extern bool fs_alert_state_write(const char *workspace, int64 rule_id, const char *ticker, const FsAlertState *state,
								 bool is_new);

/* An article for a rule that remembers something: judged when the transaction commits. */
extern void fs_alert_queue(const char *workspace, int64 rule_id, const char *ticker, const char *key,
						   const FsAlertArticle *article, const char *evidence);

#endif /* FS_PG_ALERT_H */
