/*
 * alert_rules.c - the rules of a workspace, kept by every session.
 *
 * A news row must not pay for reading the rules, so a session reads them once
 * and keeps them, by workspace and role: rights and row-level security may
 * differ.  Any change of alert_rule sends an invalidation of the table to all
 * sessions when it is committed (finsent_words_changed).  It only marks what
 * is kept; the next news row reads the rules again.
 *
 * Rules read with a transaction's snapshot (REPEATABLE READ and up) may be older
 * than what is committed, and no further invalidation will come: they end with
 * the transaction.
 *
 * For a row of a thousand rules' table: rules with tickers are found by a binary
 * search over all (ticker, rule), the others are looked at one by one.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "alert.h"
#include "compat.h"

typedef struct KeptRules
{
	struct KeptRules *next;
	Oid				  schema;
	Oid				  role;
	Oid				  table; /* alert_rule; InvalidOid: not read yet */
	bool			  valid;
	uint64			  changes;	   /* invalidations so far */
	bool			  of_snapshot; /* ends with the transaction */
	MemoryContext	  context;
	FsAlertRules	  rules;
} KeptRules;

static KeptRules *kept;
static bool		  registered;

const char fs_alert_rule_columns[] =
	"id, name, tickers, min_relevance, direction, threshold, zscore, half_life, min_articles, novelty, cooldown, "
	"hysteresis, channel";

enum
{
	COLUMN_ID = 1,
	COLUMN_NAME,
	COLUMN_TICKERS,
	COLUMN_MIN_RELEVANCE,
	COLUMN_DIRECTION,
	COLUMN_THRESHOLD,
	COLUMN_ZSCORE,
	COLUMN_HALF_LIFE,
	COLUMN_MIN_ARTICLES,
	COLUMN_NOVELTY,
	COLUMN_COOLDOWN,
	COLUMN_HYSTERESIS,
	COLUMN_CHANNEL,
};

/* Invalidation of a table: mark only. */
static void
rules_changed(Datum argument, Oid relation)
{
	(void) argument;
	for (KeptRules *rules = kept; rules; rules = rules->next)
		if (!OidIsValid(relation) || rules->table == relation)
		{
			rules->valid = false;
			rules->changes++;
		}
}

/* End of a transaction: what its snapshot saw ends. */
static void
transaction_ends(XactEvent event, void *argument)
{
	(void) argument;
	if (event != XACT_EVENT_COMMIT && event != XACT_EVENT_ABORT && event != XACT_EVENT_PREPARE)
		return;
	for (KeptRules *rules = kept; rules; rules = rules->next)
		if (rules->of_snapshot)
			rules->valid = false;
}

/* A column that is not NULL by definition. */
static Datum
column_value(HeapTuple row, TupleDesc type, int column)
{
	bool  isnull;
	Datum value = SPI_getbinval(row, type, column, &isnull);

	if (isnull)
		elog(ERROR, "column %d of alert_rule is null", column);
	return value;
}

/* A column of float8; negative for NULL. */
static double
column_float(HeapTuple row, TupleDesc type, int column)
{
	bool  isnull;
	Datum value = SPI_getbinval(row, type, column, &isnull);

	return isnull ? -1 : DatumGetFloat8(value);
}

/* A length of time in microseconds; a month is 30 days. */
static int64_t
column_interval(HeapTuple row, TupleDesc type, int column)
{
	Interval *interval = DatumGetIntervalP(column_value(row, type, column));

	return ((int64_t) interval->month * DAYS_PER_MONTH + interval->day) * USECS_PER_DAY + interval->time;
}

void
fs_alert_rule_read(HeapTuple row, TupleDesc type, FsAlertRuleRow *rule, ArrayType **tickers)
{
	char *direction = SPI_getvalue(row, type, COLUMN_DIRECTION);
	bool  isnull;
	Datum list = SPI_getbinval(row, type, COLUMN_TICKERS, &isnull);

	*tickers = isnull ? NULL : DatumGetArrayTypeP(list);
	rule->id = DatumGetInt64(column_value(row, type, COLUMN_ID));
	rule->name = SPI_getvalue(row, type, COLUMN_NAME);
	rule->channel = SPI_getvalue(row, type, COLUMN_CHANNEL);
	rule->rule.direction = *direction == 'u' ? FS_ALERT_UP : *direction == 'd' ? FS_ALERT_DOWN : FS_ALERT_EITHER;
	rule->rule.min_relevance = column_float(row, type, COLUMN_MIN_RELEVANCE);
	rule->rule.threshold = column_float(row, type, COLUMN_THRESHOLD);
	rule->rule.zscore = column_float(row, type, COLUMN_ZSCORE);
	rule->rule.half_life = column_interval(row, type, COLUMN_HALF_LIFE);
	rule->rule.min_articles = DatumGetInt32(column_value(row, type, COLUMN_MIN_ARTICLES));
	rule->rule.novelty = DatumGetBool(column_value(row, type, COLUMN_NOVELTY));
	rule->rule.cooldown = column_interval(row, type, COLUMN_COOLDOWN);
	rule->rule.hysteresis = column_float(row, type, COLUMN_HYSTERESIS);
	rule->keeps_state = fs_alert_keeps_state(&rule->rule);
}

/* Order of (ticker, rule). */
static int
compare_tickers(const void *a, const void *b)
{
	const FsAlertTicker *x = a;
	const FsAlertTicker *y = b;
	int					 order = strcmp(x->ticker, y->ticker);

	return order != 0 ? order : (x->rule > y->rule) - (x->rule < y->rule);
}

/* Note the tickers of a rule; one that is there twice counts once. */
static void
add_tickers(FsAlertRules *rules, int rule, ArrayType *list, int *room)
{
	Datum *elements;
	int	   n;

	if (list == NULL)
	{
		rules->any[rules->nany++] = rule;
		return;
	}
	deconstruct_array(list, TEXTOID, -1, false, TYPALIGN_INT, &elements, NULL, &n);
	for (int i = 0; i < n; i++)
	{
		char *ticker = TextDatumGetCString(elements[i]);
		bool  again = false;

		for (int k = rules->ntickers - 1; k >= 0 && rules->tickers[k].rule == rule; k--)
			again |= strcmp(rules->tickers[k].ticker, ticker) == 0;
		if (again)
			continue;
		if (rules->ntickers == *room)
		{
			*room = *room == 0 ? 64 : 2 * *room;
			rules->tickers = rules->tickers == NULL
								 ? palloc(*room * sizeof(FsAlertTicker))
								 : repalloc_huge(rules->tickers, (Size) *room * sizeof(FsAlertTicker));
		}
		rules->tickers[rules->ntickers].ticker = ticker;
		rules->tickers[rules->ntickers++].rule = rule;
	}
}

/* Make rules of what SPI has read. */
static void
build(FsAlertRules *rules)
{
	int room = 0;

	rules->rules = MemoryContextAllocHuge(CurrentMemoryContext, (SPI_processed + 1) * sizeof(FsAlertRuleRow));
	rules->any = MemoryContextAllocHuge(CurrentMemoryContext, (SPI_processed + 1) * sizeof(int));
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		FsAlertRuleRow *rule = &rules->rules[rules->nrules];
		ArrayType	   *tickers;

		fs_alert_rule_read(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, rule, &tickers);
		add_tickers(rules, rules->nrules++, tickers, &room);
	}
	if (rules->ntickers > 0)
		qsort(rules->tickers, (size_t) rules->ntickers, sizeof(FsAlertTicker), compare_tickers);
}

/*
 * Read the rules of a workspace into a context of their own.  If an invalidation
 * comes meanwhile, they serve this once and are read again.
 */
static void
read_rules(KeptRules *entry, const char *workspace)
{
	uint64		  before = entry->changes;
	MemoryContext context =
		AllocSetContextCreate(CurrentMemoryContext, "finsent alert rules", ALLOCSET_DEFAULT_SIZES);
	FsAlertRules   rules = { 0 };
	StringInfoData sql;
	MemoryContext  caller;

	entry->valid = false;
	initStringInfo(&sql);
	appendStringInfo(&sql, "SELECT %s FROM %s.alert_rule WHERE enabled ORDER BY id", fs_alert_rule_columns,
					 quote_identifier(workspace));
	if (SPI_connect() != SPI_OK_CONNECT || SPI_execute(sql.data, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read rules");
	caller = MemoryContextSwitchTo(context);
	build(&rules);
	MemoryContextSwitchTo(caller);
	SPI_finish();
	pfree(sql.data);

	if (entry->context)
		MemoryContextDelete(entry->context);
	MemoryContextSetParent(context, CacheMemoryContext);
	entry->context = context;
	entry->rules = rules;
	entry->of_snapshot = IsolationUsesXactSnapshot();
	entry->valid = before == entry->changes;
}

/* The place of a workspace's rules for the current role. */
static KeptRules *
find_entry(Oid schema)
{
	KeptRules *entry = kept;

	if (!registered)
	{
		CacheRegisterRelcacheCallback(rules_changed, (Datum) 0);
		RegisterXactCallback(transaction_ends, NULL);
		registered = true;
	}
	while (entry && (entry->schema != schema || entry->role != GetUserId()))
		entry = entry->next;
	if (entry == NULL)
	{
		entry = MemoryContextAllocZero(TopMemoryContext, sizeof(KeptRules));
		entry->schema = schema;
		entry->role = GetUserId();
		entry->next = kept;
		kept = entry;
	}
	return entry;
}

const FsAlertRules *
fs_alert_rules(const char *workspace)
{
	Oid		   schema;
	KeptRules *entry;

	/* a statement may hold all its locks already, and take in nothing */
	AcceptInvalidationMessages();
	schema = get_namespace_oid(workspace, true);
	if (!OidIsValid(schema))
		ereport(ERROR, (errcode(ERRCODE_INVALID_SCHEMA_NAME), errmsg("workspace \"%s\" does not exist", workspace)));
	entry = find_entry(schema);
	if (!entry->valid)
	{
		entry->table = get_relname_relid("alert_rule", schema);
		if (!OidIsValid(entry->table))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_SCHEMA_NAME), errmsg("schema \"%s\" is not a workspace", workspace),
					 errhint("Workspaces are created by finsent_create_workspace.")));
		read_rules(entry, workspace);
	}
	return &entry->rules;
}

int
fs_alert_rules_of(const FsAlertRules *rules, const char *ticker, int *first)
{
	int low = 0;
	int high = rules->ntickers;

	while (low < high)
	{
		int middle = low + (high - low) / 2;

		if (strcmp(rules->tickers[middle].ticker, ticker) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*first = low;
	while (high < rules->ntickers && strcmp(rules->tickers[high].ticker, ticker) == 0)
		high++;
	return high - low;
}

const FsAlertRuleRow *
fs_alert_rule(const FsAlertRules *rules, int64 id)
{
	int low = 0;
	int high = rules->nrules;

	while (low < high)
	{
		int middle = low + (high - low) / 2;

		if (rules->rules[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < rules->nrules && rules->rules[low].id == id ? &rules->rules[low] : NULL;
}
