/*
 * trigger.c - finsent_trigger: the scores of a news table, kept by a row trigger.
 *
 * CREATE TRIGGER ... BEFORE INSERT OR UPDATE ... FOR EACH ROW EXECUTE FUNCTION
 * finsent_trigger('body=body', 'title=headline', 'score=score', ...)
 *
 * The arguments say which column has which role.  They are read and checked
 * against the table at a statement's first row; a text is read once for all
 * that is wanted of it.  On UPDATE nothing is done unless title, body or
 * publishing date changed, or the stored model is another one, or there is no
 * score: so finsent_rescore has a row scored again by taking its model away.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "fmgr.h"
#include "funcapi.h"
#include "nodes/makefuncs.h"
#include "parser/parse_coerce.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datum.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

#include "analyze.h"
#include "compat.h"
#include "knowledge.h"
#include "trained.h"

PG_FUNCTION_INFO_V1(finsent_trigger);
PG_FUNCTION_INFO_V1(finsent_trigger_arguments);

#define MIN_CONFIDENCE 0.5

typedef enum Role
{
	/* read */
	ROLE_BODY,
	ROLE_TITLE,
	ROLE_PUBLISHED,
	/* written */
	ROLE_SCORE,
	ROLE_LABEL,
	ROLE_TICKERS,
	ROLE_METRICS,
	ROLE_ANALYSIS,
	ROLE_MODEL,
	ROLES,
	ROLE_WORKSPACE /* no column */
} Role;

#define FIRST_WRITTEN ROLE_SCORE

static const struct
{
	const char *name;
	const char *types; /* that its column may have */
	unsigned	wants; /* of the document */
} roles[] = {
	[ROLE_BODY] = { "body", "text", 0 },
	[ROLE_TITLE] = { "title", "text", 0 },
	[ROLE_PUBLISHED] = { "published", "date, timestamp or timestamptz", 0 },
	[ROLE_SCORE] = { "score", "double precision", FS_WANT_SCORE },
	[ROLE_LABEL] = { "label", "finsent_sentiment or text", FS_WANT_SCORE },
	[ROLE_TICKERS] = { "tickers", "text[]", FS_WANT_COMPANIES },
	[ROLE_METRICS] = { "metrics", "finsent_metric[] or jsonb", FS_WANT_METRICS },
	[ROLE_ANALYSIS] = { "analysis", "finsent_analysis or jsonb", FS_WANT_ANALYSIS },
	[ROLE_MODEL] = { "model", "text", 0 },
	[ROLE_WORKSPACE] = { "workspace", NULL, 0 },
};

/* A column with a role. */
typedef struct Column
{
	AttrNumber number; /* 0: no column has the role */
	Oid		   type;   /* as declared */
	Oid		   base;   /* below domains */
	int32	   typmod; /* of the base */
	void	  *domain; /* domain_check's own */
} Column;

/* What a trigger has to do, kept from row to row. */
typedef struct Task
{
	Oid				table;
	Column			column[ROLES];
	const char	   *workspace; /* NULL: none */
	unsigned		wants;
	FsAnalysisTypes types; /* looked up if something of it is written */
	FmgrInfo		to_jsonb[ROLES];
} Task;

/* ERROR for arguments that make no sense. */
static void
fail_argument(Trigger *trigger, const char *argument)
{
	StringInfoData names;

	initStringInfo(&names);
	for (size_t i = 0; i < lengthof(roles); i++)
		if (roles[i].name)
			appendStringInfo(&names, "%s%s", i > 0 ? ", " : "", roles[i].name);
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					argument ? errmsg("argument \"%s\" of trigger \"%s\" is not of the form role=column", argument,
									  trigger->tgname)
							 : errmsg("trigger \"%s\" has no argument body=column", trigger->tgname),
					errdetail("The roles are %s; each is given once.", names.data)));
}

/* Whether a column's type does for a role. */
static bool
type_fits(const Task *task, Role role, const Column *column)
{
	switch (role)
	{
		case ROLE_BODY:
		case ROLE_TITLE:
			return column->base == BPCHAROID || IsBinaryCoercible(column->type, TEXTOID);
		case ROLE_PUBLISHED:
			return column->base == DATEOID || column->base == TIMESTAMPOID || column->base == TIMESTAMPTZOID;
		case ROLE_SCORE:
			return column->base == FLOAT8OID;
		case ROLE_LABEL:
			return column->base == task->types.oids.type || column->base == TEXTOID || column->base == VARCHAROID;
		case ROLE_TICKERS:
			return column->base == TEXTARRAYOID;
		case ROLE_METRICS:
			return column->base == JSONBOID || column->base == get_array_type(task->types.metric);
		case ROLE_ANALYSIS:
			return column->base == JSONBOID || column->base == task->types.row->tdtypeid;
		default:
			return column->base == TEXTOID || column->base == VARCHAROID;
	}
}

/* Find a role's column by name; ERROR if it is missing or of a type that does not do. */
static void
find_column(Task *task, Relation rel, Trigger *trigger, Role role, const char *name)
{
	TupleDesc		  row = RelationGetDescr(rel);
	Column			 *column = &task->column[role];
	Form_pg_attribute attribute = NULL;

	for (int i = 0; i < row->natts && !attribute; i++)
		if (!TupleDescAttr(row, i)->attisdropped && strcmp(NameStr(TupleDescAttr(row, i)->attname), name) == 0)
			attribute = TupleDescAttr(row, i);
	if (!attribute)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("column \"%s\" of relation \"%s\" does not exist", name, RelationGetRelationName(rel)),
				 errdetail("Argument %s=%s of trigger \"%s\" names it.", roles[role].name, name, trigger->tgname),
				 errtable(rel)));
	column->number = attribute->attnum;
	column->type = attribute->atttypid;
	column->typmod = attribute->atttypmod;
	column->base = getBaseTypeAndTypmod(column->type, &column->typmod);
	if (!type_fits(task, role, column))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("column \"%s\" of relation \"%s\" must be of type %s, not %s", name,
						RelationGetRelationName(rel), roles[role].types, format_type_be(column->type)),
				 errdetail("Argument %s=%s of trigger \"%s\" names it.", roles[role].name, name, trigger->tgname),
				 errtablecol(rel, attribute->attnum)));
	if (attribute->attgenerated)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_COLUMN_REFERENCE),
				 errmsg("column \"%s\" of relation \"%s\" is a generated column", name, RelationGetRelationName(rel)),
				 errdetail("Generated columns are computed after triggers that fire before the row."),
				 errtablecol(rel, attribute->attnum)));
}

/* A type of the extension, which lives where this function does. */
static Oid
own_type(FunctionCallInfo fcinfo, const char *name)
{
	return GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum(name),
						   ObjectIdGetDatum(get_func_namespace(fcinfo->flinfo->fn_oid)));
}

/* Make to_jsonb callable for values of a type. */
static void
prepare_json(FmgrInfo *function, Oid type, MemoryContext context)
{
	Node *argument = (Node *) makeNullConst(type, -1, InvalidOid);

	fmgr_info_cxt(F_TO_JSONB, function, context);
	fmgr_info_set_expr((Node *) makeFuncExpr(F_TO_JSONB, JSONBOID, list_make1(argument), InvalidOid, InvalidOid,
											 COERCE_EXPLICIT_CALL),
					   function);
}

/* Read and check the arguments. */
static void
read_arguments(FunctionCallInfo fcinfo, Task *task, Relation rel, Trigger *trigger)
{
	fs_pg_analysis_types(&task->types, lookup_rowtype_tupdesc_copy(own_type(fcinfo, "finsent_analysis"), -1));
	for (int i = 0; i < trigger->tgnargs; i++)
	{
		const char *argument = trigger->tgargs[i];
		const char *equals = strchr(argument, '=');
		size_t		length = equals ? (size_t) (equals - argument) : 0;
		size_t		role = 0;

		while (role < lengthof(roles) && !(roles[role].name && strlen(roles[role].name) == length &&
										   memcmp(roles[role].name, argument, length) == 0))
			role++;
		if (!equals || equals[1] == '\0' || role == lengthof(roles) ||
			(role == ROLE_WORKSPACE ? task->workspace != NULL : task->column[role].number != 0))
			fail_argument(trigger, argument);
		if (role == ROLE_WORKSPACE)
			task->workspace = pstrdup(equals + 1);
		else
		{
			find_column(task, rel, trigger, (Role) role, equals + 1);
			task->wants |= roles[role].wants;
		}
	}
	if (task->column[ROLE_BODY].number == 0)
		fail_argument(trigger, NULL);
	prepare_json(&task->to_jsonb[ROLE_METRICS], get_array_type(task->types.metric), CurrentMemoryContext);
	prepare_json(&task->to_jsonb[ROLE_ANALYSIS], task->types.row->tdtypeid, CurrentMemoryContext);
}

/* The task, kept in the function's own memory. */
static Task *
get_task(FunctionCallInfo fcinfo, Relation rel, Trigger *trigger)
{
	Task		 *task = fcinfo->flinfo->fn_extra;
	MemoryContext caller;

	if (task && task->table == RelationGetRelid(rel))
		return task;
	caller = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	task = palloc0(sizeof(Task));
	read_arguments(fcinfo, task, rel, trigger);
	task->table = RelationGetRelid(rel);
	fcinfo->flinfo->fn_extra = task;
	MemoryContextSwitchTo(caller);
	return task;
}

/* A role's value in a row; *null also if no column has the role. */
static Datum
role_value(const Task *task, Role role, HeapTuple row, TupleDesc type, bool *null)
{
	*null = true;
	return task->column[role].number ? heap_getattr(row, task->column[role].number, type, null) : (Datum) 0;
}

/* Whether a role's value differs between two rows. */
static bool
role_changed(const Task *task, Role role, HeapTuple before, HeapTuple after, TupleDesc type)
{
	bool			  null_before;
	bool			  null_after;
	Datum			  a = role_value(task, role, before, type, &null_before);
	Datum			  b = role_value(task, role, after, type, &null_after);
	Form_pg_attribute attribute;

	if (null_before || null_after)
		return null_before != null_after;
	attribute = TupleDescAttr(type, task->column[role].number - 1);
	return !datum_image_eq(a, b, attribute->attbyval, attribute->attlen);
}

/* Whether a row that is updated needs its scores computed. */
static bool
needs_scores(const Task *task, const char *model, HeapTuple before, HeapTuple after, TupleDesc type)
{
	bool  no_body;
	bool  null;
	Datum stored;

	for (Role role = ROLE_BODY; role < FIRST_WRITTEN; role++)
		if (role_changed(task, role, before, after, type))
			return true;
	if (task->column[ROLE_MODEL].number)
	{
		stored = role_value(task, ROLE_MODEL, after, type, &null);
		if (null || strcmp(TextDatumGetCString(stored), model) != 0)
			return true;
	}
	role_value(task, ROLE_BODY, after, type, &no_body);
	role_value(task, ROLE_SCORE, after, type, &null);
	return task->column[ROLE_SCORE].number && null && !no_body;
}

/* The day as of which a row's companies are taken: its publishing date in UTC, else today. */
static DateADT
row_day(const Task *task, HeapTuple row, TupleDesc type)
{
	bool  null;
	Datum value = role_value(task, ROLE_PUBLISHED, row, type, &null);

	if (null)
		return GetSQLCurrentDate();
	if (task->column[ROLE_PUBLISHED].base == DATEOID)
		return DatumGetDateADT(value);
	return fs_pg_day(DatumGetTimestamp(value)); /* a timestamptz counts alike, in UTC */
}

/* A short text in its column's type. */
static Datum
text_value(const Column *column, const char *string)
{
	Datum value = PointerGetDatum(cstring_to_text(string));

	if (column->base == VARCHAROID && column->typmod >= 0)
		value = DirectFunctionCall3(varchar, value, Int32GetDatum(column->typmod), BoolGetDatum(false));
	return value;
}

/* What a role's column is to hold, before it is given the column's type. */
static Datum
written_value(Task *task, Role role, FsReading *reading, const FsDocument *document)
{
	switch (role)
	{
		case ROLE_SCORE:
			return Float8GetDatum(fs_pg_score(document->score));
		case ROLE_LABEL:
			if (task->column[role].base == task->types.oids.type)
				return fs_pg_label(&task->types.oids, fs_label(document->score));
			return text_value(&task->column[role], fs_label_name(fs_label(document->score)));
		case ROLE_TICKERS:
			return fs_pg_tickers(reading, document, MIN_CONFIDENCE);
		case ROLE_METRICS:
			return fs_pg_metrics(reading, document, task->types.metric, task->types.metric_row);
		case ROLE_ANALYSIS:
			return fs_pg_analysis(reading, document, &task->types);
		default:
			return text_value(&task->column[role], fs_pg_model(reading->knowledge));
	}
}

/*
 * The row with its scores; without a body they are NULL.  Casts and domains,
 * which may call anything, come when the reading is closed.
 */
static HeapTuple
write_scores(FunctionCallInfo fcinfo, Task *task, const FsKnowledge *knowledge, HeapTuple row, TupleDesc type)
{
	int				  numbers[ROLES];
	Datum			  values[ROLES];
	bool			  nulls[ROLES];
	int				  n = 0;
	bool			  no_body;
	bool			  no_title;
	Datum			  body = role_value(task, ROLE_BODY, row, type, &no_body);
	Datum			  title = role_value(task, ROLE_TITLE, row, type, &no_title);
	FsReading		  reading;
	const FsDocument *document;

	if (no_body)
		body = PointerGetDatum(cstring_to_text(""));
	fs_pg_open_texts(&reading, body, no_title || no_body ? (Datum) 0 : title, knowledge);
	document = fs_pg_document(&reading, task->wants);
	for (Role role = FIRST_WRITTEN; role < ROLES; role++)
	{
		if (!task->column[role].number)
			continue;
		numbers[n] = task->column[role].number;
		nulls[n] = no_body && role != ROLE_MODEL;
		values[n] = nulls[n] ? (Datum) 0 : written_value(task, role, &reading, document);
		n++;
	}
	fs_pg_close(&reading);
	n = 0;
	for (Role role = FIRST_WRITTEN; role < ROLES; role++)
	{
		Column *column = &task->column[role];

		if (!column->number)
			continue;
		if (column->base == JSONBOID && !nulls[n])
			values[n] = FunctionCall1(&task->to_jsonb[role], values[n]);
		if (column->type != column->base)
			domain_check(values[n], nulls[n], column->type, &column->domain, fcinfo->flinfo->fn_mcxt);
		n++;
	}
	return n > 0 ? heap_modify_tuple_by_cols(row, type, n, numbers, values, nulls) : row;
}

/* Trigger of a news table. */
Datum
finsent_trigger(PG_FUNCTION_ARGS)
{
	TriggerData		  *data = (TriggerData *) fcinfo->context;
	Task			  *task;
	const FsKnowledge *knowledge = NULL;
	HeapTuple		   row;
	TupleDesc		   type;

	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR, (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
						errmsg("finsent_trigger must be called as a trigger")));
	if (!TRIGGER_FIRED_BEFORE(data->tg_event) || !TRIGGER_FIRED_FOR_ROW(data->tg_event) ||
		TRIGGER_FIRED_BY_DELETE(data->tg_event))
		ereport(ERROR, (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
						errmsg("trigger \"%s\" must fire BEFORE INSERT OR UPDATE and FOR EACH ROW",
							   data->tg_trigger->tgname)));
	task = get_task(fcinfo, data->tg_relation, data->tg_trigger);
	type = RelationGetDescr(data->tg_relation);
	row = TRIGGER_FIRED_BY_UPDATE(data->tg_event) ? data->tg_newtuple : data->tg_trigtuple;
	if (task->workspace)
		knowledge = fs_pg_knowledge(task->workspace, FS_PG_NEWEST, row_day(task, row, type));
	if (TRIGGER_FIRED_BY_UPDATE(data->tg_event) &&
		!needs_scores(task, fs_pg_model(knowledge), data->tg_trigtuple, row, type))
		return PointerGetDatum(row);
	return PointerGetDatum(write_scores(fcinfo, task, knowledge, row, type));
}

/* finsent_trigger_arguments(table, trigger) */
Datum
finsent_trigger_arguments(PG_FUNCTION_ARGS)
{
	Relation	rel = table_open(PG_GETARG_OID(0), AccessShareLock);
	const char *name = NameStr(*PG_GETARG_NAME(1));
	Datum		result = (Datum) 0;

	for (int i = 0; rel->trigdesc && i < rel->trigdesc->numtriggers; i++)
	{
		Trigger *trigger = &rel->trigdesc->triggers[i];
		Datum	*arguments = palloc((trigger->tgnargs + 1) * sizeof(Datum));

		if (strcmp(trigger->tgname, name) != 0)
			continue;
		for (int k = 0; k < trigger->tgnargs; k++)
			arguments[k] = CStringGetTextDatum(trigger->tgargs[k]);
		result = fs_pg_text_array(arguments, trigger->tgnargs);
	}
	table_close(rel, AccessShareLock);
	if (result == (Datum) 0)
		PG_RETURN_NULL();
	return result;
}
