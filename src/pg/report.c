/*
 * report.c - SQL functions of the group Report.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "pgtime.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "../core/report.h"
#include "compat.h"
#include "env.h"
#include "query.h"

PG_FUNCTION_INFO_V1(finsent_report_html);

/* Columns of the user's query, in the order of report_columns. */
enum
{
	COLUMN_TICKER,
	COLUMN_AT,
	COLUMN_SCORE,
	COLUMN_PRICE,
	COLUMNS
};

static const FsQueryColumn report_columns[COLUMNS] = {
	{ "ticker", TEXTOID, false },
	{ "at", TIMESTAMPTZOID, false },
	{ "score", FLOAT8OID, false },
	{ "price", FLOAT8OID, true },
};

/* A report under construction. */
typedef struct ReportRows
{
	FsReading	   *reading;
	FsReportRow	   *rows;
	uint32_t		nrows;
	uint32_t		rows_room;
	FsReportSeries *series;
	uint32_t		nseries;
	uint32_t		series_room;
	text		   *ticker; /* of the last series, as the database holds it */
	uint64_t		skipped;
} ReportRows;

/* A number of the query in whole units; ERROR beyond what is allowed. */
static int64_t
whole_units(const FsQuery *query, int column, double units, double limit, const char *allowed)
{
	double value = DatumGetFloat8(query->values[column]);

	if (isnan(value) || fabs(value) > limit)
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						errmsg("column \"%s\" of query \"query\" must be %s, not %s", report_columns[column].name,
							   allowed, DatumGetCString(DirectFunctionCall1(float8out, query->values[column])))));
	return (int64_t) rint(value * units);
}

/* The time of a row in the session's time zone, seconds since 2000-01-01. */
static int64_t
local_seconds(const FsQuery *query)
{
	Timestamp at;

	if (TIMESTAMP_NOT_FINITE(DatumGetTimestampTz(query->values[COLUMN_AT])))
		ereport(ERROR, (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
						errmsg("column \"at\" of query \"query\" must be a finite time, not infinity")));
	at = DatumGetTimestamp(DirectFunctionCall1(timestamptz_timestamp, query->values[COLUMN_AT]));
	return at >= 0 ? at / USECS_PER_SEC : -((-at + USECS_PER_SEC - 1) / USECS_PER_SEC);
}

/* Start the series of a row's ticker unless it is the last row's. */
static void
find_series(ReportRows *report, text *ticker)
{
	FsArena		   *arena = &report->reading->arena;
	FsSource		source = { .name = "ticker", .len = (uint32_t) VARSIZE_ANY_EXHDR(ticker) };
	char		   *copy;
	FsReportSeries *series;

	if (report->ticker && VARSIZE_ANY_EXHDR(report->ticker) == source.len &&
		memcmp(VARDATA_ANY(report->ticker), VARDATA_ANY(ticker), source.len) == 0)
		return;
	if (report->nseries == FS_REPORT_TICKERS)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
						errmsg("query \"query\" returns more than %d tickers", FS_REPORT_TICKERS)));
	copy = fs_alloc(arena, source.len + 1);
	memcpy(copy, VARDATA_ANY(ticker), source.len);
	source.data = copy;
	if (!fs_pg_decode(arena, &source))
		fs_pg_fail(report->reading, (FsError){ FS_TEXT_TOO_LONG, 0, 0 });
	report->ticker = fs_alloc(arena, source.len + VARHDRSZ);
	SET_VARSIZE(report->ticker, source.len + VARHDRSZ);
	memcpy(VARDATA(report->ticker), copy, source.len);
	series = FS_PUSH(arena, report->series, report->nseries, report->series_room);
	*series = (FsReportSeries){ .ticker = source.text, .first = report->nrows };
}

/* Keep the query's current row. */
static void
add_row(ReportRows *report, const FsQuery *query)
{
	const bool *nulls = query->nulls;
	FsReportRow row = { .has_score = !nulls[COLUMN_SCORE], .has_price = !nulls[COLUMN_PRICE] };

	if (nulls[COLUMN_TICKER] || nulls[COLUMN_AT] || (!row.has_score && !row.has_price))
	{
		report->skipped++;
		return;
	}
	row.at = local_seconds(query);
	if (row.has_score)
		row.score = (int32_t) whole_units(query, COLUMN_SCORE, 1e6, 1.0, "between -1 and 1");
	if (row.has_price)
		row.price = whole_units(query, COLUMN_PRICE, 1e4, FS_REPORT_PRICE_MAX / 1e4, "between -1e13 and 1e13");
	find_series(report, DatumGetTextPP(query->values[COLUMN_TICKER]));
	*FS_PUSH(&report->reading->arena, report->rows, report->nrows, report->rows_room) = row;
	report->series[report->nseries - 1].n++;
}

/* finsent_report_html(query, title) */
Datum
finsent_report_html(PG_FUNCTION_ARGS)
{
	char	  *sql = fs_query_argument(fcinfo, 0, "query");
	FsReading  reading;
	ReportRows rows = { .reading = &reading };
	FsQuery	  *query;
	FsString   page;
	text	  *result;

	fs_pg_open_empty(&reading);
	fs_pg_fetch_extra(&reading, fcinfo, 1, "title");
	query = fs_query_open(sql, "query", report_columns, COLUMNS, "1, 2", FS_REPORT_ROWS);
	while (fs_query_next(query))
		add_row(&rows, query);
	fs_query_close(query);
	page = fs_report_html(&reading.arena, &(FsReport){
											  .title = reading.extra.text,
											  .zone = pg_get_timezone_name(session_timezone),
											  .rows = rows.rows,
											  .series = rows.series,
											  .nseries = rows.nseries,
											  .skipped = rows.skipped,
										  });
	result = fs_pg_text(&reading, page.data, page.len);
	fs_pg_close(&reading);
	PG_RETURN_TEXT_P(result);
}
