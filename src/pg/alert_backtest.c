/*
 * alert_backtest.c - finsent_alert_backtest: what a rule would have fired.
 *
 * The rows of a news table are read in order of their published time and judged
 * by the very function that the trigger uses, with a memory of its own that
 * starts empty at the table's first row: at each article the rule knows what it
 * would have known then, and nothing of later ones.  What fires between from_at
 * and to_at is returned.  A rule that remembers nothing is not told of rows
 * before from_at.
 *
 * With prices, each alert gets the close of the first trading day that ends after
 * its article was published, and the close after that one.
 */
#include "postgres.h"

#include "access/relation.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/fmgrprotos.h"
#include "utils/hsearch.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/timestamp.h"

#include "alert.h"
#include "compat.h"
#include "query.h"
#include "result.h"

PG_FUNCTION_INFO_V1(finsent_alert_backtest);

/* Rows of a batch. */
#define BATCH_ROWS 200

/* A close of a day without time is at four in the afternoon. */
#define CLOSE_OF_DAY (16 * USECS_PER_HOUR)

/* A close of a ticker. */
typedef struct Price
{
	TimestampTz at;
	double		close;
} Price;

/* The closes of a ticker, by time. */
typedef struct PriceList
{
	char   ticker[NAMEDATALEN]; /* key */
	int64  n;
	int64  room;
	Price *prices;
} PriceList;

/* What is remembered of a ticker. */
typedef struct Memory
{
	char		 ticker[NAMEDATALEN]; /* key */
	FsAlertState state;
} Memory;

typedef struct Backtest
{
	const char	  *workspace;
	FsAlertRuleRow rule;
	List		  *tickers; /* of the rule, as strings */
	bool		   any;		/* it has none */
	TimestampTz	   from;
	TimestampTz	   to;
	HTAB		  *prices; /* NULL: none asked for */
	HTAB		  *memories;
	FsRowSet	   rows;
} Backtest;

/* A table by ticker that lives as long as the current memory context. */
static HTAB *
table_by_ticker(const char *name, Size size)
{
	HASHCTL control = { .keysize = NAMEDATALEN, .entrysize = size, .hcxt = CurrentMemoryContext };

	return hash_create(name, 128, &control, HASH_ELEM | HASH_STRINGS | HASH_CONTEXT);
}

/* The moment of a close. */
static TimestampTz
close_time(Datum day, Oid type)
{
	if (type == TIMESTAMPTZOID)
		return DatumGetTimestampTz(day);
	if (type == DATEOID)
	{
		day = DirectFunctionCall1(date_timestamp, day);
		if (!TIMESTAMP_NOT_FINITE(DatumGetTimestamp(day)))
			day = TimestampGetDatum(DatumGetTimestamp(day) + CLOSE_OF_DAY);
	}
	return DatumGetTimestampTz(DirectFunctionCall1(timestamp_timestamptz, day));
}

/* Read the prices that a user's query gives. */
static HTAB *
read_prices(const char *sql)
{
	static const FsQueryColumn columns[] = {
		{ "ticker", TEXTOID, false },
		{ "day", InvalidOid, false },
		{ "close", FLOAT8OID, false },
	};
	HTAB	*lists = table_by_ticker("finsent prices", sizeof(PriceList));
	FsQuery *query = fs_query_open(sql, "prices", columns, lengthof(columns), "1, 2", 0);

	if (query->types[1] != DATEOID && query->types[1] != TIMESTAMPTZOID && query->types[1] != TIMESTAMPOID)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("column \"day\" of query \"prices\" must have type date or timestamp with time zone, not %s",
						format_type_be(query->types[1]))));
	while (fs_query_next(query))
	{
		char	  *ticker;
		PriceList *list;
		bool	   found;

		if (query->nulls[0] || query->nulls[1] || query->nulls[2])
			continue;
		ticker = TextDatumGetCString(query->values[0]);
		if (strlen(ticker) < NAMEDATALEN) /* no company has a longer one */
		{
			list = hash_search(lists, ticker, HASH_ENTER, &found);
			if (!found)
			{
				list->n = list->room = 0;
				list->prices = NULL;
			}
			if (list->n == list->room)
			{
				list->room = list->room == 0 ? 256 : 2 * list->room;
				list->prices = list->prices == NULL ? palloc(list->room * sizeof(Price))
													: repalloc_huge(list->prices, (Size) list->room * sizeof(Price));
			}
			list->prices[list->n].at = close_time(query->values[1], query->types[1]);
			list->prices[list->n++].close = DatumGetFloat8(query->values[2]);
		}
		pfree(ticker);
	}
	fs_query_close(query);
	return lists;
}

/* The first close after a time: its index, n if there is none. */
static int64
first_close(const PriceList *list, TimestampTz at)
{
	int64 low = 0;
	int64 high = list->n;

	while (low < high)
	{
		int64 middle = low + (high - low) / 2;

		if (list->prices[middle].at <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Columns traded_on, close, next_close and move of an alert. */
static void
add_move(Backtest *test, FsRow *row, const FsAlert *alert)
{
	PriceList *list = test->prices ? hash_search(test->prices, alert->ticker, HASH_FIND, NULL) : NULL;
	int64	   i = list ? first_close(list, alert->at) : 0;

	if (list == NULL || i >= list->n)
		return; /* NULL, as what follows */
	fs_row_datum(row, DirectFunctionCall1(timestamptz_date, TimestampTzGetDatum(list->prices[i].at)));
	fs_row_float(row, list->prices[i].close);
	if (i + 1 >= list->n)
		return;
	fs_row_float(row, list->prices[i + 1].close);
	if (list->prices[i].close != 0)
		fs_row_float(row, list->prices[i + 1].close / list->prices[i].close - 1);
}

/* Judge one company of an article; give the alert if it fires in the time asked for. */
static void
judge(Backtest *test, const FsAlertNews *news, FsReading *reading, const FsDocument *document,
	  const FsAlertCompany *company)
{
	FsAlertArticle article = { .score = company->score, .relevance = company->relevance, .at = news->at };
	FsAlertVerdict verdict;
	FsAlert		   alert;
	Memory		  *memory;
	MemoryContext  caller = CurrentMemoryContext;
	FsRow		  *row;
	bool		   found;

	if (!fs_alert_concerns(&test->rule.rule, company->score, company->relevance))
		return;
	memory = hash_search(test->memories, company->ticker, HASH_ENTER, &found);
	if (!found)
		memset(&memory->state, 0, sizeof(memory->state));
	if (test->rule.rule.novelty)
		article.fingerprint = fs_alert_fingerprint(reading);
	fs_alert_decide(&test->rule.rule, &memory->state, &article, &verdict);
	if (!verdict.fires || news->at < test->from)
		return;
	alert.rule = &test->rule;
	alert.ticker = company->ticker;
	alert.key = news->key;
	alert.at = news->at;
	alert.score = company->score;
	alert.relevance = company->relevance;
	alert.verdict = &verdict;
	row = fs_rows_next(&test->rows);
	alert.evidence = fs_alert_evidence(reading, document, company);
	fs_row_text(row, cstring_to_text(alert.ticker));
	fs_row_text(row, cstring_to_text(alert.key));
	fs_row_datum(row, TimestampTzGetDatum(alert.at));
	fs_row_float(row, alert.score);
	fs_row_datum(row, fs_alert_reason(&alert));
	add_move(test, row, &alert);
	fs_rows_add(&test->rows);
	MemoryContextSwitchTo(caller);
}

/* Whether the rule is about a ticker. */
static bool
is_of_rule(const Backtest *test, const char *ticker)
{
	ListCell *cell;

	foreach (cell, test->tickers)
		if (strcmp(lfirst(cell), ticker) == 0)
			return true;
	return test->any;
}

/* Judge an article. */
static void
judge_article(Backtest *test, const FsAlertNews *news)
{
	FsReading		  reading;
	const FsDocument *document;
	FsAlertCompany	 *companies;
	int				  n;

	fs_alert_open(&reading, test->workspace, news);
	document = fs_pg_document(&reading, FS_ALERT_WANTS);
	companies = fs_alert_companies(document, &n);
	for (int i = 0; i < n; i++)
		if (is_of_rule(test, companies[i].ticker))
			judge(test, news, &reading, document, &companies[i]);
	fs_pg_close(&reading);
}

/* The statement that reads the news in order of time. */
static char *
news_query(const char *workspace, Relation news)
{
	TupleDesc	   type = RelationGetDescr(news);
	FsAlertColumns columns;
	StringInfoData sql;
	const char	  *name[4];

	fs_alert_columns_of(news, workspace, &columns);
	name[0] = quote_identifier(NameStr(TupleDescAttr(type, columns.key - 1)->attname));
	name[1] = quote_identifier(NameStr(TupleDescAttr(type, columns.at - 1)->attname));
	name[2] = quote_identifier(NameStr(TupleDescAttr(type, columns.body - 1)->attname));
	name[3] = columns.title > 0 ? quote_identifier(NameStr(TupleDescAttr(type, columns.title - 1)->attname)) : "NULL";
	initStringInfo(&sql);
	appendStringInfo(
		&sql,
		"SELECT n.%s::pg_catalog.text, n.%s::pg_catalog.timestamptz, n.%s::pg_catalog.text, %s%s::pg_catalog.text "
		"FROM %s AS n WHERE n.%s::pg_catalog.timestamptz OPERATOR(pg_catalog.>=) $1 "
		"AND n.%s::pg_catalog.timestamptz OPERATOR(pg_catalog.<) $2 AND n.%s IS NOT NULL ORDER BY 2, n.%s",
		name[0], name[1], name[2], columns.title > 0 ? "n." : "", name[3],
		quote_qualified_identifier(get_namespace_name(RelationGetNamespace(news)), RelationGetRelationName(news)),
		name[1], name[1], name[2], name[0]);
	return sql.data;
}

/* Read the rule; ERROR if there is none of that number. */
static void
read_rule(Backtest *test, const char *workspace, int64 id)
{
	char *sql = psprintf("SELECT %s FROM %s.alert_rule WHERE id OPERATOR(pg_catalog.=) $1", fs_alert_rule_columns,
						 quote_identifier(workspace));
	Oid	  type = INT8OID;
	Datum value = Int64GetDatum(id);
	ArrayType *tickers;
	Datum	  *elements;
	int		   n;

	if (SPI_execute_with_args(sql, 1, &type, &value, NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read the rule");
	if (SPI_processed == 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("workspace \"%s\" has no rule " INT64_FORMAT, workspace, id)));
	fs_alert_rule_read(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, &test->rule, &tickers);
	test->any = tickers == NULL;
	test->tickers = NIL;
	if (tickers == NULL)
		return;
	deconstruct_array(tickers, TEXTOID, -1, false, TYPALIGN_INT, &elements, NULL, &n);
	for (int i = 0; i < n; i++)
		test->tickers = lappend(test->tickers, TextDatumGetCString(elements[i]));
}

/* Judge a row of the news: key, time, body, title. */
static void
judge_row(Backtest *test, HeapTuple row, TupleDesc type)
{
	FsAlertNews news;
	bool		isnull;

	news.key = SPI_getvalue(row, type, 1);
	news.at = DatumGetTimestampTz(SPI_getbinval(row, type, 2, &isnull));
	news.body = SPI_getbinval(row, type, 3, &isnull);
	news.has_body = true;
	news.title = SPI_getbinval(row, type, 4, &isnull);
	news.has_title = !isnull;
	if (isnull)
		news.title = (Datum) 0;
	judge_article(test, &news);
}

/* Judge all rows of the news. */
static void
judge_news(Backtest *test, const char *sql)
{
	Oid			   types[] = { TIMESTAMPTZOID, TIMESTAMPTZOID };
	Datum		   values[] = { TimestampTzGetDatum(test->rule.keeps_state ? DT_NOBEGIN : test->from),
								TimestampTzGetDatum(test->to) };
	Portal		   portal = SPI_cursor_open_with_args(NULL, sql, 2, types, values, NULL, true, 0);
	MemoryContext  context = AllocSetContextCreate(CurrentMemoryContext, "finsent article", ALLOCSET_DEFAULT_SIZES);
	MemoryContext  caller = CurrentMemoryContext;
	SPITupleTable *batch;
	uint64		   n;

	do
	{
		SPI_cursor_fetch(portal, true, BATCH_ROWS);
		batch = SPI_tuptable;
		n = batch->numvals;
		for (uint64 i = 0; i < n; i++)
		{
			CHECK_FOR_INTERRUPTS();
			MemoryContextSwitchTo(context);
			judge_row(test, batch->vals[i], batch->tupdesc);
			MemoryContextSwitchTo(caller);
			MemoryContextReset(context);
		}
		SPI_freetuptable(batch);
	} while (n == BATCH_ROWS);
	SPI_cursor_close(portal);
}

/* An argument that must be there. */
static void
check_argument(FunctionCallInfo fcinfo, int number, const char *name)
{
	if (PG_ARGISNULL(number))
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("%s must not be null", name)));
}

/* finsent_alert_backtest(workspace, rule_id, news, from_at, to_at, prices) */
Datum
finsent_alert_backtest(PG_FUNCTION_ARGS)
{
	Backtest	test = { .prices = NULL };
	const char *workspace;
	Relation	news;
	char	   *sql;

	check_argument(fcinfo, 0, "workspace");
	check_argument(fcinfo, 1, "rule_id");
	check_argument(fcinfo, 2, "news");
	workspace = NameStr(*PG_GETARG_NAME(0));
	test.from = PG_ARGISNULL(3) ? DT_NOBEGIN : PG_GETARG_TIMESTAMPTZ(3);
	test.to = PG_ARGISNULL(4) ? DT_NOEND : PG_GETARG_TIMESTAMPTZ(4);
	test.workspace = workspace;
	(void) fs_alert_rules(workspace); /* ERROR unless it is a workspace */
	fs_rows_start(&test.rows, fcinfo);
	if (!PG_ARGISNULL(5))
	{
		char *prices = fs_query_argument(fcinfo, 5, "prices");

		test.prices = read_prices(prices);
	}
	test.memories = table_by_ticker("finsent alert memories", sizeof(Memory));
	news = relation_open(PG_GETARG_OID(2), AccessShareLock);
	sql = news_query(workspace, news);
	relation_close(news, NoLock);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	read_rule(&test, workspace, PG_GETARG_INT64(1));
	judge_news(&test, sql);
	fs_rows_end(&test.rows);
	SPI_finish();
	return (Datum) 0;
}
