/*
 * alert_state.c - tables alert and alert_state: what fires, and what is remembered.
 *
 * Statements run with the caller's rights, as the news row itself does, and are
 * planned once a session and workspace.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "commands/async.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/fmgrprotos.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "alert.h"
#include "compat.h"

typedef enum Statement
{
	INSERT_ALERT,
	INSERT_ALERTS, /* ALERTS_AT_ONCE of them */
	LOCK_STATE,
	INSERT_STATE,
	UPDATE_STATE,
	STATEMENTS,
} Statement;

/*
 * Alerts that one statement inserts: to start a statement costs as much as to
 * insert a row.
 */
#define ALERTS_AT_ONCE 4
#define ALERT_PARAMETERS 6
#define STATE_PARAMETERS 10
#define MAX_PARAMETERS (ALERTS_AT_ONCE * ALERT_PARAMETERS)

#define ALERT_COLUMNS "INSERT INTO %s.alert (rule_id, ticker, news_key, at, score, reason) VALUES "
#define ALERT_CONFLICT " ON CONFLICT (rule_id, ticker, news_key) DO NOTHING"

/* %s is the schema. */
static const char *const statement_text[STATEMENTS] = {
	[INSERT_ALERT] = ALERT_COLUMNS "($1, $2, $3, $4, $5, $6)" ALERT_CONFLICT,
	[INSERT_ALERTS] = ALERT_COLUMNS "($1, $2, $3, $4, $5, $6), ($7, $8, $9, $10, $11, $12), "
									"($13, $14, $15, $16, $17, $18), ($19, $20, $21, $22, $23, $24)" ALERT_CONFLICT,
	[LOCK_STATE] = "SELECT articles, weight, mean, m2, last_at, side, alerts_at, stories FROM %s.alert_state "
				   "WHERE rule_id OPERATOR(pg_catalog.=) $1 AND ticker OPERATOR(pg_catalog.=) $2 FOR UPDATE",
	[INSERT_STATE] =
		"INSERT INTO %s.alert_state (rule_id, ticker, articles, weight, mean, m2, last_at, side, alerts_at, stories) "
		"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (rule_id, ticker) DO NOTHING",
	[UPDATE_STATE] = "UPDATE %s.alert_state SET articles = $3, weight = $4, mean = $5, m2 = $6, last_at = $7, "
					 "side = $8, alerts_at = $9, stories = $10 "
					 "WHERE rule_id OPERATOR(pg_catalog.=) $1 AND ticker OPERATOR(pg_catalog.=) $2",
};

#define ALERT_TYPES INT8OID, TEXTOID, TEXTOID, TIMESTAMPTZOID, FLOAT8OID, JSONBOID

static const Oid alert_types[MAX_PARAMETERS] = { ALERT_TYPES, ALERT_TYPES, ALERT_TYPES, ALERT_TYPES };
static const Oid state_types[STATE_PARAMETERS] = {
	INT8OID,   TEXTOID,		   INT8OID, FLOAT8OID,			 FLOAT8OID,
	FLOAT8OID, TIMESTAMPTZOID, INT4OID, TIMESTAMPTZARRAYOID, INT8ARRAYOID,
};

/* Statements of a workspace, by its name: kept, for they may be running whatever happens to the rules. */
typedef struct Plans
{
	struct Plans *next;
	char		 *workspace;
	SPIPlanPtr	  plan[STATEMENTS];
} Plans;

static Plans *plans;

/* A workspace's statement, planned. */
static SPIPlanPtr
plan_of(const char *workspace, Statement statement)
{
	static const int parameters[STATEMENTS] = { ALERT_PARAMETERS, MAX_PARAMETERS, 2, STATE_PARAMETERS,
												STATE_PARAMETERS };
	Plans			*found = plans;

	while (found && strcmp(found->workspace, workspace) != 0)
		found = found->next;
	if (found == NULL)
	{
		found = MemoryContextAllocZero(TopMemoryContext, sizeof(Plans));
		found->workspace = MemoryContextStrdup(TopMemoryContext, workspace);
		found->next = plans;
		plans = found;
	}
	if (found->plan[statement] == NULL)
	{
		char	  *sql = psprintf(statement_text[statement], quote_identifier(workspace));
		SPIPlanPtr plan = SPI_prepare(sql, parameters[statement],
									  unconstify(Oid *, statement <= INSERT_ALERTS ? alert_types : state_types));

		if (plan == NULL)
			elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
		SPI_keepplan(plan);
		found->plan[statement] = plan;
	}
	return found->plan[statement];
}

/* Run a statement; the number of rows. */
static uint64
run(const char *workspace, Statement statement, Datum *values, const char *nulls)
{
	int result = SPI_execute_plan(plan_of(workspace, statement), values, nulls, false, 0);

	if (result < 0)
		elog(ERROR, "SPI_execute_plan failed: %s", SPI_result_code_string(result));
	return SPI_processed;
}

/* The reason but for the rule's name: the same for all rules that remember nothing. */
static Datum
facts_of(const FsAlert *alert)
{
	const FsAlertVerdict *verdict = alert->verdict;
	StringInfoData		  json;

	initStringInfo(&json);
	appendStringInfo(&json, "{\"score\": %.4f, \"relevance\": %.3f", alert->score, alert->relevance);
	if (verdict && alert->rule->rule.zscore >= 0)
	{
		double deviation = sqrt(verdict->variance);

		appendStringInfo(&json,
						 ", \"articles\": " INT64_FORMAT ", \"mean\": %.4f, \"deviation\": %.4f, \"zscore\": %.2f",
						 verdict->articles, verdict->mean, deviation,
						 (alert->score - verdict->mean) / Max(deviation, FS_ALERT_DEVIATION));
	}
	else
		appendStringInfoString(&json, ", \"articles\": null, \"mean\": null, \"deviation\": null, \"zscore\": null");
	appendStringInfo(&json, ", \"evidence\": %s}", alert->evidence);
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(json.data));
}

/* The reason: facts with the rule's name. */
static Datum
reason_of(const FsAlert *alert, Datum facts)
{
	JsonbParseState *state = NULL;
	JsonbValue		 key = { .type = jbvString };
	JsonbValue		 name = { .type = jbvString };
	JsonbValue		*object;

	key.val.string.val = "rule";
	key.val.string.len = 4;
	name.val.string.val = alert->rule->name;
	name.val.string.len = (int) strlen(alert->rule->name);
	pushJsonbValue(&state, WJB_BEGIN_OBJECT, NULL);
	pushJsonbValue(&state, WJB_KEY, &key);
	pushJsonbValue(&state, WJB_VALUE, &name);
	object = pushJsonbValue(&state, WJB_END_OBJECT, NULL);
	return DirectFunctionCall2(jsonb_concat, facts, JsonbPGetDatum(JsonbValueToJsonb(object)));
}

Datum
fs_alert_reason(const FsAlert *alert)
{
	return reason_of(alert, facts_of(alert));
}

/* The parameters of an alert. */
static void
set_parameters(Datum *values, const FsAlert *alert, Datum facts)
{
	values[0] = Int64GetDatum(alert->rule->id);
	values[1] = CStringGetTextDatum(alert->ticker);
	values[2] = CStringGetTextDatum(alert->key);
	values[3] = TimestampTzGetDatum(alert->at);
	values[4] = Float8GetDatum(alert->score);
	values[5] = reason_of(alert, facts);
}

bool
fs_alert_raise(const char *workspace, const FsAlert *alert)
{
	Datum values[ALERT_PARAMETERS];

	set_parameters(values, alert, facts_of(alert));
	if (run(workspace, INSERT_ALERT, values, NULL) == 0)
		return false;
	if (alert->rule->channel)
		Async_Notify(alert->rule->channel, "");
	return true;
}

void
fs_alert_raise_all(const char *workspace, const FsAlert *alerts, int n)
{
	Datum values[MAX_PARAMETERS];
	Datum facts = (Datum) 0;
	int	  waiting = 0;

	for (int i = 0; i < n; i++)
	{
		if (i == 0 || alerts[i].evidence != alerts[i - 1].evidence)
			facts = facts_of(&alerts[i]);
		set_parameters(values + waiting * ALERT_PARAMETERS, &alerts[i], facts);
		if (alerts[i].rule->channel)
		{
			/* by itself: only what is new is told */
			if (run(workspace, INSERT_ALERT, values + waiting * ALERT_PARAMETERS, NULL) > 0)
				Async_Notify(alerts[i].rule->channel, "");
		}
		else if (++waiting == ALERTS_AT_ONCE)
		{
			(void) run(workspace, INSERT_ALERTS, values, NULL);
			waiting = 0;
		}
	}
	for (int i = 0; i < waiting; i++)
		(void) run(workspace, INSERT_ALERT, values + i * ALERT_PARAMETERS, NULL);
}

/* A column of the state's row; dflt for NULL. */
static Datum
state_value(int column, Datum dflt)
{
	bool  isnull;
	Datum value = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, column, &isnull);

	return isnull ? dflt : value;
}

/* The last elements of an array of 8-byte integers; their number. */
static int
read_list(Datum value, Oid type, int64_t *out, int room)
{
	Datum *elements;
	int	   n;
	int	   skip;

	deconstruct_array(DatumGetArrayTypeP(value), type, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &elements, NULL, &n);
	skip = Max(n - room, 0);
	for (int i = skip; i < n; i++)
		out[i - skip] = DatumGetInt64(elements[i]);
	return n - skip;
}

/* An array of 8-byte integers. */
static Datum
write_list(const int64_t *list, int n, Oid type)
{
	Datum elements[FS_ALERTS_KEPT];

	for (int i = 0; i < n; i++)
		elements[i] = Int64GetDatum(list[i]);
	return PointerGetDatum(construct_array(elements, n, type, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

bool
fs_alert_state_lock(const char *workspace, int64 rule_id, const char *ticker, FsAlertState *state)
{
	Datum values[] = { Int64GetDatum(rule_id), CStringGetTextDatum(ticker) };
	int	  stories;

	memset(state, 0, sizeof(*state));
	if (run(workspace, LOCK_STATE, values, NULL) == 0)
		return false;
	state->articles = DatumGetInt64(state_value(1, (Datum) 0));
	state->weight = DatumGetFloat8(state_value(2, (Datum) 0));
	state->mean = DatumGetFloat8(state_value(3, (Datum) 0));
	state->m2 = DatumGetFloat8(state_value(4, (Datum) 0));
	state->last_at = DatumGetInt64(state_value(5, Int64GetDatum(0)));
	state->side = DatumGetInt32(state_value(6, (Datum) 0));
	state->nalerts = read_list(state_value(7, (Datum) 0), TIMESTAMPTZOID, state->alert_at, FS_ALERTS_KEPT);
	stories = read_list(state_value(8, (Datum) 0), INT8OID, (int64_t *) state->story, FS_ALERTS_KEPT);
	state->nalerts = Min(state->nalerts, stories);
	SPI_freetuptable(SPI_tuptable);
	return true;
}

bool
fs_alert_state_write(const char *workspace, int64 rule_id, const char *ticker, const FsAlertState *state, bool is_new)
{
	Datum values[MAX_PARAMETERS] = {
		Int64GetDatum(rule_id),
		CStringGetTextDatum(ticker),
		Int64GetDatum(state->articles),
		Float8GetDatum(state->weight),
		Float8GetDatum(state->mean),
		Float8GetDatum(state->m2),
		TimestampTzGetDatum(state->last_at),
		Int32GetDatum(state->side),
		write_list(state->alert_at, state->nalerts, TIMESTAMPTZOID),
		write_list((const int64_t *) state->story, state->nalerts, INT8OID),
	};
	char nulls[MAX_PARAMETERS + 1] = "          ";

	if (state->articles == 0)
		nulls[6] = 'n';
	return run(workspace, is_new ? INSERT_STATE : UPDATE_STATE, values, nulls) > 0;
}
