/*
 * alert_article.c - a news row: its columns, its text, the companies in it.
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"
#include "utils/lsyscache.h"
#include "utils/relcache.h"
#include "utils/rel.h"
#include "utils/timestamp.h"

#include "../core/fingerprint.h"
#include "alert.h"
#include "compat.h"
#include "knowledge.h"
#include "result.h"
#include "trained.h"

/* The reason shows the strongest pieces of evidence. */
#define REASON_EVIDENCE 5

/* The base type of a column; ERROR unless it is among n types. */
static Oid
column_type(Relation relation, const char *role, const char *name, AttrNumber number, const Oid *types, int n,
			const char *wanted)
{
	Oid type = getBaseType(TupleDescAttr(RelationGetDescr(relation), number - 1)->atttypid);

	for (int i = 0; i < n; i++)
		if (type == types[i])
			return type;
	ereport(ERROR, (errcode(ERRCODE_DATATYPE_MISMATCH),
					errmsg("column \"%s\" of relation \"%s\" must have type %s for argument \"%s\", not %s", name,
						   RelationGetRelationName(relation), wanted, role, format_type_be(type))));
}

/* Take one argument role=column. */
static void
take_argument(Relation relation, FsAlertColumns *columns, const char *role, const char *name)
{
	static const Oid texts[] = { TEXTOID, VARCHAROID };
	static const Oid times[] = { TIMESTAMPTZOID, TIMESTAMPOID, DATEOID };
	AttrNumber		 number;
	bool			 varlena;

	if (strcmp(role, "workspace") == 0)
	{
		columns->workspace = name;
		return;
	}
	if (strcmp(role, "key") != 0 && strcmp(role, "body") != 0 && strcmp(role, "title") != 0 &&
		strcmp(role, "at") != 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("unknown argument \"%s\"", role),
						errhint("The arguments are workspace, key, body, title and at.")));
	number = (AttrNumber) SPI_fnumber(RelationGetDescr(relation), name);
	if (number <= 0)
		ereport(ERROR, (errcode(ERRCODE_UNDEFINED_COLUMN), errmsg("column \"%s\" of relation \"%s\" does not exist",
																  name, RelationGetRelationName(relation))));
	if (*role == 'k')
	{
		columns->key = number;
		getTypeOutputInfo(TupleDescAttr(RelationGetDescr(relation), number - 1)->atttypid, &columns->key_output,
						  &varlena);
	}
	else if (*role == 'a')
	{
		columns->at = number;
		columns->at_type =
			column_type(relation, role, name, number, times, lengthof(times), "timestamp with time zone");
	}
	else
	{
		(void) column_type(relation, role, name, number, texts, lengthof(texts), "text");
		if (*role == 'b')
			columns->body = number;
		else
			columns->title = number;
	}
}

void
fs_alert_columns(Trigger *trigger, Relation relation, FsAlertColumns *columns)
{
	const char *missing;

	memset(columns, 0, sizeof(*columns));
	for (int i = 0; i < trigger->tgnargs; i++)
	{
		char *role = pstrdup(trigger->tgargs[i]);
		char *name = strchr(role, '=');

		if (name == NULL)
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("argument \"%s\" is not of the form role=name", role)));
		*name++ = '\0';
		take_argument(relation, columns, role, name);
	}
	missing = columns->workspace == NULL ? "workspace"
			  : columns->key == 0		 ? "key"
			  : columns->body == 0		 ? "body"
										 : NULL;
	if (missing)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("trigger \"%s\" of relation \"%s\" lacks the argument \"%s\"", trigger->tgname,
							   RelationGetRelationName(relation), missing)));
}

/* The column that is the whole primary key; 0 if there is none. */
static AttrNumber
key_column(Relation relation)
{
	Bitmapset *key = RelationGetIndexAttrBitmap(relation, INDEX_ATTR_BITMAP_PRIMARY_KEY);

	if (bms_membership(key) != BMS_SINGLETON)
		return 0;
	return (AttrNumber) (bms_singleton_member(key) + FirstLowInvalidHeapAttributeNumber);
}

/* What the scoring trigger of an attached table says: text and time; the key is the primary key. */
static void
take_attached(Trigger *trigger, Relation relation, FsAlertColumns *columns)
{
	memset(columns, 0, sizeof(*columns));
	for (int i = 0; i < trigger->tgnargs; i++)
	{
		const char *argument = trigger->tgargs[i];

		if (strncmp(argument, "body=", 5) == 0)
			take_argument(relation, columns, "body", argument + 5);
		else if (strncmp(argument, "title=", 6) == 0)
			take_argument(relation, columns, "title", argument + 6);
		else if (strncmp(argument, "published=", 10) == 0)
			take_argument(relation, columns, "at", argument + 10);
	}
	columns->key = key_column(relation);
}

/* The first trigger of a function of that name, one with this argument before others; NULL if there is none. */
static Trigger *
find_trigger(Relation relation, const char *function, const char *argument)
{
	TriggerDesc *triggers = relation->trigdesc;
	Trigger		*found = NULL;

	for (int i = 0; triggers && i < triggers->numtriggers; i++)
	{
		Trigger *trigger = &triggers->triggers[i];
		char	*name = get_func_name(trigger->tgfoid);

		if (name == NULL || strcmp(name, function) != 0)
			continue;
		if (found == NULL)
			found = trigger;
		for (int k = 0; k < trigger->tgnargs; k++)
			if (strcmp(trigger->tgargs[k], argument) == 0)
				return trigger;
	}
	return found;
}

void
fs_alert_columns_of(Relation relation, const char *workspace, FsAlertColumns *columns)
{
	char	   *argument = psprintf("workspace=%s", workspace);
	Trigger	   *trigger = find_trigger(relation, "finsent_alert_trigger", argument);
	const char *missing;

	if (trigger)
		fs_alert_columns(trigger, relation, columns);
	else if ((trigger = find_trigger(relation, "finsent_trigger", argument)) != NULL)
		take_attached(trigger, relation, columns);
	else
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("relation \"%s\" is not attached", RelationGetRelationName(relation)),
						errdetail("A trigger's arguments tell which columns hold text, time and key."),
						errhint("Attach it with finsent_attach, or create a trigger with finsent_alert_trigger; "
								"that may be disabled.")));
	missing = columns->body == 0 ? "text" : columns->at == 0 ? "published time" : columns->key == 0 ? "key" : NULL;
	if (missing)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("trigger \"%s\" of relation \"%s\" names no column for the %s", trigger->tgname,
						RelationGetRelationName(relation), missing),
				 columns->key == 0
					 ? errdetail(
						   "A table attached with finsent_attach has the column of its primary key, if that is one.")
					 : 0));
}

/* The published time as a timestamptz. */
static TimestampTz
time_of(Datum value, Oid type)
{
	if (type == TIMESTAMPOID)
		value = DirectFunctionCall1(timestamp_timestamptz, value);
	else if (type == DATEOID)
		value = DirectFunctionCall1(date_timestamptz, value);
	return DatumGetTimestampTz(value);
}

/*
 * A row without a time has that of its transaction.  Infinity is a time too, but
 * none that could be subtracted from another.
 */
void
fs_alert_news(const FsAlertColumns *columns, Relation relation, HeapTuple row, TupleDesc type, FsAlertNews *news)
{
	bool  isnull;
	Datum value = heap_getattr(row, columns->key, type, &isnull);

	if (isnull)
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("column \"%s\" of relation \"%s\" must not be null: it is the key of alerts",
						NameStr(TupleDescAttr(type, columns->key - 1)->attname), RelationGetRelationName(relation))));
	news->key = OidOutputFunctionCall(columns->key_output, value);
	news->at = GetCurrentTransactionStartTimestamp();
	if (columns->at > 0)
	{
		value = heap_getattr(row, columns->at, type, &isnull);
		if (!isnull)
			news->at = time_of(value, columns->at_type);
	}
	news->body = heap_getattr(row, columns->body, type, &isnull);
	news->has_body = !isnull;
	news->has_title = false;
	news->title = (Datum) 0;
	if (columns->title > 0)
	{
		value = heap_getattr(row, columns->title, type, &isnull);
		news->has_title = !isnull;
		news->title = isnull ? (Datum) 0 : value;
	}
}

void
fs_alert_open(FsReading *reading, const char *workspace, const FsAlertNews *news)
{
	fs_pg_open_texts(reading, news->body, news->title, fs_pg_knowledge(workspace, FS_PG_NEWEST, fs_pg_day(news->at)));
}

FsAlertCompany *
fs_alert_companies(const FsDocument *document, int *n)
{
	FsAlertCompany *companies = palloc(sizeof(FsAlertCompany) * (document->nlikely + 1));

	*n = 0;
	for (uint32_t i = 0; i < document->nlikely; i++)
	{
		const FsDocumentCompany *found = &document->companies[i];
		const char				*ticker = fs_pg_symbol(document->knowledge, found->company, found->symbol);
		bool					 again = ticker == NULL;

		for (int k = 0; k < *n && !again; k++)
			again = strcmp(companies[k].ticker, ticker) == 0;
		if (again)
			continue;
		companies[*n].ticker = pstrdup(ticker);
		companies[*n].company = found->company;
		companies[*n].score = fs_pg_score(found->score);
		companies[(*n)++].relevance = found->relevance / 1000.0;
	}
	return companies;
}

/* Append a piece of evidence as a JSON object. */
static void
append_evidence(StringInfo json, FsReading *reading, const FsEvidence *evidence, bool in_title)
{
	FsSource *source = in_title ? &reading->title : &reading->body;
	int32_t	  pos;
	int32_t	  len;

	if (in_title)
		appendStringInfoString(json, "{\"pos\": null, \"len\": null");
	else
	{
		fs_pg_place(&reading->arena, source, evidence->span, &pos, &len);
		appendStringInfo(json, "{\"pos\": %d, \"len\": %d", pos, len);
	}
	appendStringInfoString(json, ", \"term\": ");
	escape_json(json, text_to_cstring(fs_pg_span_text(reading, source, evidence->span)));
	appendStringInfo(json, ", \"rule\": \"%s\", \"weight\": %.4f}", fs_rule_name(evidence->rule),
					 evidence->weight / 10000.0);
}

/*
 * What concerns the company; where nothing does, what concerns nobody.  The
 * strongest pieces, in order of place.
 */
char *
fs_alert_evidence(FsReading *reading, const FsDocument *document, const FsAlertCompany *company)
{
	FsCompanyId	   whom = -1;
	int			   chosen = 0;
	int32_t		   least = 0; /* size of the weakest piece shown */
	StringInfoData json;

	for (uint32_t i = 0; i < document->nevidence && company->company >= 0; i++)
		if (document->evidence[i].company == company->company)
			whom = company->company;
	for (int round = 0; round < REASON_EVIDENCE; round++)
	{
		int32_t next = 0;

		for (uint32_t i = 0; i < document->nevidence; i++)
		{
			const FsEvidence *evidence = &document->evidence[i];

			if (evidence->company == whom && evidence->span.len > 0 && abs(evidence->weight) > next &&
				(round == 0 || abs(evidence->weight) < least))
				next = abs(evidence->weight);
		}
		if (next == 0)
			break;
		least = next;
	}
	initStringInfo(&json);
	appendStringInfoChar(&json, '[');
	for (uint32_t i = 0; i < document->nevidence && chosen < REASON_EVIDENCE && least > 0; i++)
	{
		const FsEvidence *evidence = &document->evidence[i];

		if (evidence->company != whom || evidence->span.len == 0 || abs(evidence->weight) < least)
			continue;
		if (chosen++ > 0)
			appendStringInfoString(&json, ", ");
		append_evidence(&json, reading, evidence, (document->sentences[evidence->sentence].flags & FS_S_TITLE) != 0);
	}
	appendStringInfoChar(&json, ']');
	return json.data;
}

uint64_t
fs_alert_fingerprint(FsReading *reading)
{
	FsError	 error = { FS_OK, 0, 0 };
	uint64_t fingerprint;
	bool	 any = fs_fingerprint(&reading->arena, reading->body.text, &fingerprint, &error);

	if (error.status != FS_OK)
		fs_pg_fail(reading, error);
	return any ? fingerprint : 0;
}
