/*
 * query.c - a query that a user gives as text: checked, run read-only, read row by row.
 *
 * The text is parsed first: exactly one SELECT (or VALUES, TABLE, WITH) without
 * INTO, row locks and statements that write.  Then it is analysed as it stands,
 * so that the server's own errors point into the user's text, and its columns
 * are compared with what is wanted.  What runs is
 *
 *	SELECT q.ticker::text, q.day::date, NULL::float8 FROM (text of the user) AS q ORDER BY 1, 2
 *
 * The text is put there without its semicolon and with a line end behind it.
 * Because it has been parsed as one whole SELECT, nothing in it can close the
 * parenthesis.
 *
 * Read-only twice.  The cursor is a read-only one, which sees the caller's
 * snapshot and refuses to write.  A volatile function that the query calls
 * would have a snapshot of its own and could write; therefore the transaction
 * is read-only as long as the query is open, and the server lets no one take
 * that back before (it can be set off only before a transaction's first query).
 * The flag itself is set, since from PostgreSQL 17 on the setting behind it
 * cannot be set for a part of a transaction; after an ERROR the end of the
 * (sub)transaction restores it.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "tcop/cmdtag.h"
#include "tcop/tcopprot.h"
#include "tcop/utility.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/plancache.h"

#include "compat.h"
#include "query.h"
#include "result.h"

PG_FUNCTION_INFO_V1(finsent_query);

/* Rows of a batch: few enough to stay in the cache, many enough to pay for a fetch. */
#define BATCH_ROWS 500

char *
fs_query_argument(FunctionCallInfo fcinfo, int number, const char *argument)
{
	if (PG_ARGISNULL(number))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s must be a query, not null", argument)));
	return text_to_cstring(PG_GETARG_TEXT_PP(number));
}

/* ERROR for a statement that would write. */
static _Noreturn void
fail_writes(const char *argument, const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_READ_ONLY_SQL_TRANSACTION), errmsg("query \"%s\" cannot contain %s", argument, what),
			 errdetail("A query given as text only reads.")));
}

/* ERROR if a WITH of the statement writes. */
static void
check_with(const char *argument, WithClause *with)
{
	ListCell *lc;

	if (with == NULL)
		return;
	foreach (lc, with->ctes)
	{
		CommonTableExpr *cte = lfirst_node(CommonTableExpr, lc);

		if (!IsA(cte->ctequery, SelectStmt))
			fail_writes(argument, GetCommandTagName(CreateCommandTag(cte->ctequery)));
	}
}

/* ERROR unless the statement is a SELECT that only reads. */
static void
check_statement(const char *argument, Node *statement)
{
	SelectStmt *select = (SelectStmt *) statement;

	if (IsA(statement, InsertStmt) || IsA(statement, UpdateStmt) || IsA(statement, DeleteStmt) ||
		IsA(statement, MergeStmt))
		fail_writes(argument, GetCommandTagName(CreateCommandTag(statement)));
	if (!IsA(statement, SelectStmt))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("%s must be a query that returns rows, not %s", argument,
							   GetCommandTagName(CreateCommandTag(statement)))));
	if (select->intoClause)
		fail_writes(argument, "SELECT INTO");
	if (select->lockingClause)
		fail_writes(argument, "FOR UPDATE or FOR SHARE");
	check_with(argument, select->withClause);
}

/* The one statement of the text, without semicolon. */
static char *
one_statement(const char *text, const char *argument)
{
	List	*statements = pg_parse_query(text);
	RawStmt *raw;
	int		 len;

	if (statements == NIL)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s must be a query, not empty", argument)));
	if (list_length(statements) > 1)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("%s must be one query, not %d statements", argument, list_length(statements))));
	raw = linitial_node(RawStmt, statements);
	check_statement(argument, raw->stmt);
	len = raw->stmt_len > 0 ? raw->stmt_len : (int) strlen(text + raw->stmt_location);
	return pnstrdup(text + raw->stmt_location, len);
}

/* Whether values of a type can be taken for another. */
static bool
type_does(Oid type, Oid wanted)
{
	Oid	 base = getBaseType(type);
	char category;
	bool preferred;

	if (!OidIsValid(wanted) || base == wanted || type == wanted)
		return true;
	get_type_category_preferred(base, &category, &preferred);
	switch (wanted)
	{
		case FLOAT8OID:
		case NUMERICOID:
			return base == INT2OID || base == INT4OID || base == INT8OID || base == FLOAT4OID || base == FLOAT8OID ||
				   base == NUMERICOID;
		case INT8OID:
			return base == INT2OID || base == INT4OID;
		case INT4OID:
			return base == INT2OID || base == INT8OID;
		case TIMESTAMPTZOID:
			return base == TIMESTAMPOID;
		case TEXTOID:
			return category == TYPCATEGORY_STRING || category == TYPCATEGORY_ENUM;
		case TEXTARRAYOID:
			return base == VARCHARARRAYOID || base == BPCHARARRAYOID || base == NAMEARRAYOID;
		case JSONBOID:
			return base == JSONOID;
		default:
			return false;
	}
}

/* The names of a query's columns, for a message. */
static char *
column_names(TupleDesc row)
{
	StringInfoData names;

	initStringInfo(&names);
	for (int i = 0; i < row->natts; i++)
		appendStringInfo(&names, "%s\"%s\"", i > 0 ? ", " : "", NameStr(TupleDescAttr(row, i)->attname));
	return names.data;
}

/* The place of a wanted column in the query's row; -1 for an optional one that is absent. */
static int
find_column(const char *argument, TupleDesc row, const FsQueryColumn *column)
{
	int found = -1;

	for (int i = 0; i < row->natts; i++)
	{
		if (strcmp(NameStr(TupleDescAttr(row, i)->attname), column->name) != 0)
			continue;
		if (found >= 0)
			ereport(ERROR, (errcode(ERRCODE_AMBIGUOUS_COLUMN),
							errmsg("query \"%s\" has more than one column \"%s\"", argument, column->name)));
		found = i;
	}
	if (found < 0 && !column->optional)
		ereport(
			ERROR,
			(errcode(ERRCODE_UNDEFINED_COLUMN), errmsg("query \"%s\" has no column \"%s\"", argument, column->name),
			 row->natts > 0 ? errdetail("Its columns are %s.", column_names(row)) : errdetail("It has no columns.")));
	if (found >= 0 && !type_does(TupleDescAttr(row, found)->atttypid, column->type))
		ereport(ERROR, (errcode(ERRCODE_DATATYPE_MISMATCH),
						errmsg("column \"%s\" of query \"%s\" must have type %s, not %s", column->name, argument,
							   format_type_be(column->type), format_type_be(TupleDescAttr(row, found)->atttypid)),
						errhint("Cast it in the query.")));
	return found;
}

/* Append the expression of a wanted column. */
static void
append_column(FsQuery *query, StringInfo sql, int i, const FsQueryColumn *column, TupleDesc row)
{
	int found;

	query->types[i] = column->type;
	query->present[i] = true;
	if (column->name == NULL)
	{
		query->types[i] = JSONBOID;
		appendStringInfoString(sql, "pg_catalog.to_jsonb(q.*)");
		return;
	}
	found = find_column(query->argument, row, column);
	query->present[i] = found >= 0;
	if (found < 0)
		appendStringInfoString(sql, "NULL");
	else
		appendStringInfo(sql, "q.%s", quote_identifier(column->name));
	if (OidIsValid(column->type))
		appendStringInfo(sql, "::%s", format_type_extended(column->type, -1, FORMAT_TYPE_FORCE_QUALIFY));
	else
		query->types[i] = found < 0 ? TEXTOID : TupleDescAttr(row, found)->atttypid;
}

/* What runs: the wanted columns of the user's query. */
static char *
wrap(FsQuery *query, const char *statement, const FsQueryColumn *columns, const char *order)
{
	SPIPlanPtr	   plan = SPI_prepare(statement, 0, NULL);
	TupleDesc	   row;
	StringInfoData sql;

	if (plan == NULL)
		elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
	row = linitial_node(CachedPlanSource, SPI_plan_get_plan_sources(plan))->resultDesc;
	initStringInfo(&sql);
	appendStringInfoString(&sql, "SELECT ");
	for (int i = 0; i < query->ncolumns; i++)
	{
		if (i > 0)
			appendStringInfoString(&sql, ", ");
		append_column(query, &sql, i, &columns[i], row);
	}
	appendStringInfo(&sql, " FROM (%s\n) AS q", statement);
	if (order)
		appendStringInfo(&sql, " ORDER BY %s", order);
	SPI_freeplan(plan);
	return sql.data;
}

FsQuery *
fs_query_open(const char *text, const char *argument, const FsQueryColumn *columns, int ncolumns, const char *order,
			  int64 max_rows)
{
	FsQuery	  *query = palloc0(sizeof(FsQuery));
	char	  *statement = one_statement(text, argument);
	SPIPlanPtr plan;

	Assert(ncolumns <= FS_QUERY_COLUMNS);
	query->argument = argument;
	query->ncolumns = ncolumns;
	query->max_rows = max_rows;
	query->caller = CurrentMemoryContext;
	query->was_read_only = XactReadOnly;
	XactReadOnly = true;
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	plan = SPI_prepare(wrap(query, statement, columns, order), 0, NULL);
	if (plan == NULL)
		elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
	query->portal = SPI_cursor_open(NULL, plan, NULL, NULL, true);
	MemoryContextSwitchTo(query->caller);
	return query;
}

/* Fetch the next batch; false if there is none. */
static bool
fetch(FsQuery *query)
{
	if (query->batch)
	{
		bool last = query->batch->numvals < BATCH_ROWS;

		SPI_freetuptable(query->batch);
		query->batch = NULL;
		if (last)
			return false;
	}
	CHECK_FOR_INTERRUPTS();
	SPI_cursor_fetch(query->portal, true, BATCH_ROWS);
	MemoryContextSwitchTo(query->caller);
	query->batch = SPI_tuptable;
	query->next = 0;
	return query->batch->numvals > 0;
}

bool
fs_query_next(FsQuery *query)
{
	if ((query->batch == NULL || query->next >= query->batch->numvals) && !fetch(query))
		return false;
	if (query->max_rows > 0 && query->rows >= query->max_rows)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("query \"%s\" returns more than " INT64_FORMAT " rows", query->argument, query->max_rows)));
	heap_deform_tuple(query->batch->vals[query->next], query->batch->tupdesc, query->values, query->nulls);
	query->next++;
	query->rows++;
	return true;
}

void
fs_query_close(FsQuery *query)
{
	MemoryContext caller = CurrentMemoryContext;

	SPI_cursor_close(query->portal);
	SPI_finish();
	XactReadOnly = query->was_read_only;
	MemoryContextSwitchTo(caller);
	pfree(query);
}

/* finsent_query(query, optional, max_rows): the rows of a user's query, with the columns that the caller lists. */
Datum
finsent_query(PG_FUNCTION_ARGS)
{
	char		 *sql = fs_query_argument(fcinfo, 0, "query");
	ArrayType	 *optional = PG_ARGISNULL(1) ? NULL : PG_GETARG_ARRAYTYPE_P(1);
	int64		  max_rows = PG_ARGISNULL(2) ? 0 : PG_GETARG_INT64(2);
	char		 *argument = PG_ARGISNULL(3) ? pstrdup("query") : text_to_cstring(PG_GETARG_TEXT_PP(3));
	FsQueryColumn columns[FS_QUERY_COLUMNS];
	FsRowSet	  rows;
	FsQuery		 *query;
	Datum		 *names = NULL;
	bool		 *name_nulls = NULL;
	int			  nnames = 0;
	TupleDesc	  row;

	fs_rows_start(&rows, fcinfo);
	row = rows.info->setDesc;
	if (optional)
		deconstruct_array(optional, TEXTOID, -1, false, TYPALIGN_INT, &names, &name_nulls, &nnames);
	for (int i = 0; i < row->natts; i++)
	{
		columns[i].name = NameStr(TupleDescAttr(row, i)->attname);
		columns[i].type = TupleDescAttr(row, i)->atttypid;
		columns[i].optional = false;
		for (int j = 0; j < nnames; j++)
			columns[i].optional |= !name_nulls[j] && strcmp(TextDatumGetCString(names[j]), columns[i].name) == 0;
	}
	query = fs_query_open(sql, argument, columns, row->natts, NULL, max_rows);
	while (fs_query_next(query))
		tuplestore_putvalues(rows.info->setResult, row, query->values, query->nulls);
	fs_query_close(query);
	return (Datum) 0;
}
