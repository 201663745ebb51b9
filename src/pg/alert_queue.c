/*
 * alert_queue.c - rules that remember something, judged when the transaction commits.
 *
 * Such a rule reads and writes what is remembered of a ticker, and writers must
 * take turns on that.  A lock taken when the row is inserted would be held until
 * the transaction ends, and two transactions that insert news on A and B in
 * different orders would deadlock.  So a row only notes its articles here, and
 * when the transaction is about to commit they are judged in one order that all
 * transactions share: by workspace, rule and ticker, and within those by
 * published time, then as they came.  Whoever waits for a row of alert_state
 * holds rows before it in that order and none after it; hence nobody waits in
 * a circle.  A row is locked by SELECT FOR UPDATE; where there is none yet,
 * it is made by INSERT ... ON CONFLICT DO NOTHING, which waits for another
 * session that makes the same, and if that one commits, there is a row to lock.
 *
 * Alerts and what is remembered are written by the transaction of the news all
 * the same: nothing of it stays after a rollback or a crash.  Articles of a
 * subtransaction that is rolled back are forgotten.
 *
 * Limit: a transaction keeps about 200 bytes an article, rule and ticker, and the
 * text of its evidence, until it commits.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "alert.h"
#include "compat.h"

typedef struct Pending
{
	const char		*workspace;
	int64			 rule_id;
	const char		*ticker;
	const char		*key;
	const char		*evidence;
	FsAlertArticle	 article;
	uint64			 order; /* as they came */
	SubTransactionId subtransaction;
	Oid				 role;
	int				 security;
} Pending;

static MemoryContext queue_context; /* of the transaction; NULL: none */
static Pending		*queue;
static uint64		 nqueued;
static uint64		 room;
static bool			 registered;

/* The order in which all transactions judge. */
static int
compare(const void *a, const void *b)
{
	const Pending *x = a;
	const Pending *y = b;
	int			   order = strcmp(x->workspace, y->workspace);

	if (order == 0)
		order = (x->rule_id > y->rule_id) - (x->rule_id < y->rule_id);
	if (order == 0)
		order = strcmp(x->ticker, y->ticker);
	if (order == 0)
		order = (x->article.at > y->article.at) - (x->article.at < y->article.at);
	return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

/* Whether two are of one rule and ticker. */
static bool
same_state(const Pending *a, const Pending *b)
{
	return a->rule_id == b->rule_id && strcmp(a->workspace, b->workspace) == 0 && strcmp(a->ticker, b->ticker) == 0;
}

/*
 * Judge an article and raise the alert; the state is left alone if the alert is
 * there already: the article was judged before.
 */
static bool
judge(const Pending *pending, const FsAlertRuleRow *rule, FsAlertState *state)
{
	FsAlertState   before = *state;
	FsAlertVerdict verdict;
	FsAlert		   alert;

	fs_alert_decide(&rule->rule, state, &pending->article, &verdict);
	if (!verdict.fires)
		return verdict.changed;
	alert.rule = rule;
	alert.ticker = pending->ticker;
	alert.key = pending->key;
	alert.at = pending->article.at;
	alert.score = pending->article.score;
	alert.relevance = pending->article.relevance;
	alert.evidence = pending->evidence;
	alert.verdict = &verdict;
	if (fs_alert_raise(pending->workspace, &alert))
		return true;
	*state = before;
	return false;
}

/* Judge n articles of one rule and ticker, all inserted by one role. */
static void
judge_ticker(const Pending *pending, uint64 n)
{
	const FsAlertRuleRow *rule;
	FsAlertRuleRow		  copy;
	FsAlertState		  state;
	bool				  changed = false;

	if (!OidIsValid(get_namespace_oid(pending->workspace, true)))
		return; /* the workspace was dropped meanwhile */
	rule = fs_alert_rule(fs_alert_rules(pending->workspace), pending->rule_id);
	if (rule == NULL)
		return; /* deleted or disabled meanwhile */
	copy = *rule;
	copy.name = pstrdup(rule->name);
	copy.channel = rule->channel ? pstrdup(rule->channel) : NULL;
	/* if the new row is not made, another session has made one, which can be locked */
	while (!fs_alert_state_lock(pending->workspace, pending->rule_id, pending->ticker, &state))
		if (fs_alert_state_write(pending->workspace, pending->rule_id, pending->ticker, &state, true))
			break;
	for (uint64 i = 0; i < n; i++)
		changed |= judge(&pending[i], &copy, &state);
	if (changed)
		(void) fs_alert_state_write(pending->workspace, pending->rule_id, pending->ticker, &state, false);
}

/* Judge n articles of one rule and ticker as the role that inserted them. */
static void
judge_as_role(const Pending *pending, uint64 n)
{
	Oid role;
	int security;

	GetUserIdAndSecContext(&role, &security);
	SetUserIdAndSecContext(pending->role, pending->security);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	judge_ticker(pending, n);
	SPI_finish();
	SetUserIdAndSecContext(role, security);
}

/* Judge all; what that queues itself (through triggers of users) comes after it. */
static void
judge_all(void)
{
	while (nqueued > 0)
	{
		Pending *pending = queue;
		uint64	 n = nqueued;
		uint64	 end;

		queue = NULL;
		nqueued = room = 0;
		qsort(pending, n, sizeof(Pending), compare);
		PushActiveSnapshot(GetTransactionSnapshot());
		for (uint64 start = 0; start < n; start = end)
		{
			for (end = start + 1;
				 end < n && same_state(&pending[start], &pending[end]) && pending[end].role == pending[start].role;)
				end++;
			CHECK_FOR_INTERRUPTS();
			judge_as_role(&pending[start], end - start);
		}
		PopActiveSnapshot();
		AfterTriggerFireDeferred();
	}
}

/* Judge before the transaction ends; forget when it has. */
static void
transaction_ends(XactEvent event, void *argument)
{
	(void) argument;
	switch (event)
	{
		case XACT_EVENT_PRE_COMMIT:
		case XACT_EVENT_PRE_PREPARE:
			judge_all();
			break;
		case XACT_EVENT_COMMIT:
		case XACT_EVENT_ABORT:
		case XACT_EVENT_PREPARE:
			queue_context = NULL; /* it goes with the transaction */
			queue = NULL;
			nqueued = room = 0;
			break;
		default:
			break;
	}
}

/*
 * Forget what a subtransaction queued that is rolled back: subtransactions within
 * it have higher numbers, and so have those after it, which have queued nothing yet.
 */
static void
subtransaction_ends(SubXactEvent event, SubTransactionId subtransaction, SubTransactionId parent, void *argument)
{
	(void) parent;
	(void) argument;
	if (event != SUBXACT_EVENT_ABORT_SUB)
		return;
	while (nqueued > 0 && queue[nqueued - 1].subtransaction >= subtransaction)
		nqueued--;
}

/* A copy of a string that lives as long as the queue. */
static const char *
keep(const char *string)
{
	return MemoryContextStrdup(queue_context, string);
}

void
fs_alert_queue(const char *workspace, int64 rule_id, const char *ticker, const char *key,
			   const FsAlertArticle *article, const char *evidence)
{
	Pending *last = nqueued > 0 ? &queue[nqueued - 1] : NULL;
	Pending *pending;

	if (InSecurityRestrictedOperation())
		ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
						errmsg("cannot queue alerts within security-restricted operation")));
	if (!registered)
	{
		RegisterXactCallback(transaction_ends, NULL);
		RegisterSubXactCallback(subtransaction_ends, NULL);
		registered = true;
	}
	if (queue_context == NULL)
		queue_context = AllocSetContextCreate(TopTransactionContext, "finsent alerts", ALLOCSET_DEFAULT_SIZES);
	if (nqueued == room)
	{
		room = room == 0 ? 64 : 2 * room;
		queue = queue == NULL ? MemoryContextAllocHuge(queue_context, room * sizeof(Pending))
							  : repalloc_huge(queue, room * sizeof(Pending));
		last = nqueued > 0 ? &queue[nqueued - 1] : NULL;
	}
	pending = &queue[nqueued];
	/* consecutive ones mostly speak of the same */
	pending->workspace = last && strcmp(last->workspace, workspace) == 0 ? last->workspace : keep(workspace);
	pending->ticker = last && strcmp(last->ticker, ticker) == 0 ? last->ticker : keep(ticker);
	pending->key = last && strcmp(last->key, key) == 0 ? last->key : keep(key);
	pending->evidence = last && strcmp(last->evidence, evidence) == 0 ? last->evidence : keep(evidence);
	pending->rule_id = rule_id;
	pending->article = *article;
	pending->order = nqueued;
	pending->subtransaction = GetCurrentSubTransactionId();
	GetUserIdAndSecContext(&pending->role, &pending->security);
	nqueued++;
}
