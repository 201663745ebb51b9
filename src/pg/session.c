/*
 * session.c - SQL functions of the group Research: trading days, and rows that look ahead.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"
#include "utils/timestamp.h"

#include "compat.h"
#include "query.h"
#include "result.h"

PG_FUNCTION_INFO_V1(finsent_session);
PG_FUNCTION_INFO_V1(finsent_check_lookahead);

/* Whether a day is one of the holidays. */
static bool
is_holiday(DateADT day, const Datum *holidays, const bool *nulls, int n)
{
	for (int i = 0; i < n; i++)
		if (!nulls[i] && DatumGetDateADT(holidays[i]) == day)
			return true;
	return false;
}

/* Saturday or Sunday. */
static bool
is_weekend(DateADT day)
{
	int weekday = j2day(day + POSTGRES_EPOCH_JDATE);

	return weekday == 0 || weekday == 6;
}

/* finsent_session(published, tz, close, calendar) */
Datum
finsent_session(PG_FUNCTION_ARGS)
{
	Timestamp local;
	DateADT	  day;
	TimeADT	  time;
	Datum	 *holidays = NULL;
	bool	 *nulls = NULL;
	int		  n = 0;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	if (TIMESTAMP_NOT_FINITE(PG_GETARG_TIMESTAMPTZ(0)))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("published must be a finite time")));
	local = DatumGetTimestamp(DirectFunctionCall2(timestamptz_zone, PG_GETARG_DATUM(1), PG_GETARG_DATUM(0)));
	day = DatumGetDateADT(DirectFunctionCall1(timestamp_date, TimestampGetDatum(local)));
	time = DatumGetTimeADT(DirectFunctionCall1(timestamp_time, TimestampGetDatum(local)));
	if (!PG_ARGISNULL(3))
		deconstruct_array(PG_GETARG_ARRAYTYPE_P(3), DATEOID, sizeof(DateADT), true, TYPALIGN_INT, &holidays, &nulls,
						  &n);
	if (time >= PG_GETARG_TIMEADT(2))
		day++;
	while (is_weekend(day) || is_holiday(day, holidays, nulls, n))
	{
		CHECK_FOR_INTERRUPTS();
		day++;
	}
	if (!IS_VALID_DATE(day))
		ereport(ERROR, (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE), errmsg("date out of range")));
	PG_RETURN_DATEADT(day);
}

/* finsent_check_lookahead(query): rows traded at or before the moment of publication. */
Datum
finsent_check_lookahead(PG_FUNCTION_ARGS)
{
	static const FsQueryColumn columns[] = {
		{ "published", TIMESTAMPTZOID, false },
		{ "traded_at", TIMESTAMPTZOID, false },
		{ NULL, JSONBOID, false },
	};
	FsRowSet rows;
	FsQuery *query;

	fs_rows_start(&rows, fcinfo);
	query = fs_query_open(fs_query_argument(fcinfo, 0, "query"), "query", columns, lengthof(columns), NULL, 0);
	while (fs_query_next(query))
	{
		FsRow	   *row;
		TimestampTz published = DatumGetTimestampTz(query->values[0]);
		TimestampTz traded_at = DatumGetTimestampTz(query->values[1]);

		if (query->nulls[0] || query->nulls[1] || traded_at > published)
			continue;
		row = fs_rows_next(&rows);
		fs_row_datum(row, Int64GetDatum(query->rows));
		fs_row_datum(row, query->values[0]);
		fs_row_datum(row, query->values[1]);
		if (TIMESTAMP_NOT_FINITE(published) || TIMESTAMP_NOT_FINITE(traded_at))
			fs_row_null(row);
		else
			fs_row_datum(row, DirectFunctionCall2(timestamp_mi, query->values[0], query->values[1]));
		fs_row_datum(row, query->values[2]);
		fs_rows_add(&rows);
	}
	fs_rows_end(&rows);
	fs_query_close(query);
	return (Datum) 0;
}
