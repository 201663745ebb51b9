/*
 * alert_trigger.c - finsent_alert_trigger: alerts in the transaction of the news.
 *
 * A row's text is read once, for all rules: companies, sentiment toward each,
 * evidence.  The rules of each company are found by its ticker.  A rule that
 * remembers nothing is decided at once and writes its alert at once; it takes no
 * lock.  The others are queued (alert_queue.c).
 *
 * What fires is noted first and written then: a statement may make the session
 * read the rules again, and the ones at hand would be gone.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/datum.h"
#include "utils/rel.h"

#include "alert.h"
#include "compat.h"
#include "result.h"

PG_FUNCTION_INFO_V1(finsent_alert_trigger);

/* What a row gives. */
typedef struct Findings
{
	const FsAlertColumns *columns;
	const FsAlertNews	 *news;
	bool				  again; /* the text is a correction */
	FsReading			 *reading;
	const FsDocument	 *document;
	const char			 *evidence;		 /* of the company at hand; NULL: not asked yet */
	bool				  fingerprinted; /* asked for */
	uint64_t			  fingerprint;	 /* 0: none */
	int					  nfired;		 /* alerts of rules that remember nothing */
	int					  room;
	FsAlert				 *fired;
} Findings;

/* ERROR unless called as documented. */
static void
check_call(FunctionCallInfo fcinfo)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;

	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR, (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
						errmsg("finsent_alert_trigger must be called as a trigger")));
	if (!TRIGGER_FIRED_AFTER(trigger->tg_event) || !TRIGGER_FIRED_FOR_ROW(trigger->tg_event) ||
		!(TRIGGER_FIRED_BY_INSERT(trigger->tg_event) || TRIGGER_FIRED_BY_UPDATE(trigger->tg_event)))
		ereport(ERROR, (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
						errmsg("finsent_alert_trigger must be fired AFTER INSERT OR UPDATE FOR EACH ROW")));
}

/* Note an alert of a rule that remembers nothing, with a copy of the rule. */
static void
add_fired(Findings *findings, const FsAlertRuleRow *rule, const FsAlertCompany *company)
{
	FsAlertRuleRow *copy = palloc(sizeof(FsAlertRuleRow));
	FsAlert		   *alert;

	if (findings->nfired == findings->room)
	{
		findings->room = findings->room == 0 ? 16 : 2 * findings->room;
		findings->fired = findings->fired == NULL
							  ? palloc(findings->room * sizeof(FsAlert))
							  : repalloc_huge(findings->fired, (Size) findings->room * sizeof(FsAlert));
	}
	*copy = *rule;
	copy->name = pstrdup(rule->name);
	copy->channel = rule->channel ? pstrdup(rule->channel) : NULL;
	alert = &findings->fired[findings->nfired++];
	alert->rule = copy;
	alert->ticker = company->ticker;
	alert->key = findings->news->key;
	alert->at = findings->news->at;
	alert->score = company->score;
	alert->relevance = company->relevance;
	alert->evidence = findings->evidence;
	alert->verdict = NULL;
}

/* Judge a rule for a company, or queue it. */
static void
apply_rule(Findings *findings, const FsAlertRuleRow *rule, const FsAlertCompany *company)
{
	FsAlertArticle article;

	if (!fs_alert_concerns(&rule->rule, company->score, company->relevance))
		return;
	if (findings->evidence == NULL)
		findings->evidence = fs_alert_evidence(findings->reading, findings->document, company);
	if (!rule->keeps_state)
	{
		add_fired(findings, rule, company);
		return;
	}
	if (rule->rule.novelty && !findings->fingerprinted)
	{
		findings->fingerprint = fs_alert_fingerprint(findings->reading);
		findings->fingerprinted = true;
	}
	article.score = company->score;
	article.relevance = company->relevance;
	article.at = findings->news->at;
	article.fingerprint = rule->rule.novelty ? findings->fingerprint : 0;
	article.again = findings->again;
	fs_alert_queue(findings->columns->workspace, rule->id, company->ticker, findings->news->key, &article,
				   findings->evidence);
}

/* All rules for all companies of the text. */
static void
apply_rules(Findings *findings, const FsAlertRules *rules)
{
	int				n;
	FsAlertCompany *companies;

	findings->document = fs_pg_document(findings->reading, FS_ALERT_WANTS);
	companies = fs_alert_companies(findings->document, &n);
	for (int i = 0; i < n; i++)
	{
		int first;
		int own = fs_alert_rules_of(rules, companies[i].ticker, &first);

		findings->evidence = NULL;
		for (int k = 0; k < own; k++)
			apply_rule(findings, &rules->rules[rules->tickers[first + k].rule], &companies[i]);
		for (int k = 0; k < rules->nany; k++)
			apply_rule(findings, &rules->rules[rules->any[k]], &companies[i]);
	}
}

/* Whether two texts that may be absent are the same. */
static bool
same_text(bool has_a, Datum a, bool has_b, Datum b)
{
	return has_a == has_b && (!has_a || datum_image_eq(a, b, false, -1));
}

/* finsent_alert_trigger() */
Datum
finsent_alert_trigger(PG_FUNCTION_ARGS)
{
	TriggerData		   *trigger = (TriggerData *) fcinfo->context;
	const FsAlertRules *rules;
	FsAlertColumns		columns;
	FsAlertNews			news;
	FsReading			reading;
	Findings			findings = { .columns = &columns, .news = &news, .reading = &reading };
	TupleDesc			type;
	HeapTuple			row;

	check_call(fcinfo);
	type = RelationGetDescr(trigger->tg_relation);
	fs_alert_columns(trigger->tg_trigger, trigger->tg_relation, &columns);
	row = TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) ? trigger->tg_newtuple : trigger->tg_trigtuple;
	fs_alert_news(&columns, trigger->tg_relation, row, type, &news);
	if (!news.has_body)
		PG_RETURN_POINTER(NULL);
	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event))
	{
		FsAlertNews old;

		fs_alert_news(&columns, trigger->tg_relation, trigger->tg_trigtuple, type, &old);
		if (same_text(old.has_body, old.body, true, news.body) &&
			same_text(old.has_title, old.title, news.has_title, news.title))
			PG_RETURN_POINTER(NULL);
		findings.again = old.has_body;
	}
	rules = fs_alert_rules(columns.workspace);
	if (rules->nrules == 0)
		PG_RETURN_POINTER(NULL);
	fs_alert_open(&reading, columns.workspace, &news);
	apply_rules(&findings, rules);
	fs_pg_close(&reading);
	if (findings.nfired > 0)
	{
		if (SPI_connect() != SPI_OK_CONNECT)
			elog(ERROR, "SPI_connect failed");
		fs_alert_raise_all(columns.workspace, findings.fired, findings.nfired);
		SPI_finish();
	}
	PG_RETURN_POINTER(NULL);
}
