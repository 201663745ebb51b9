/*
 * extract.c - SQL functions of the group Extraction.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/float.h"

#include "../core/document.h"
#include "compat.h"
#include "env.h"
#include "result.h"

PG_FUNCTION_INFO_V1(finsent_tickers);
PG_FUNCTION_INFO_V1(finsent_tickers_as);
PG_FUNCTION_INFO_V1(finsent_ticker_sentiment);
PG_FUNCTION_INFO_V1(finsent_metrics);
PG_FUNCTION_INFO_V1(finsent_quantities);

/* The argument min_confidence; ERROR unless it is between 0 and 1. */
static double
get_min_confidence(FunctionCallInfo fcinfo, int argument)
{
	double value = PG_ARGISNULL(argument) ? NAN : PG_GETARG_FLOAT8(argument);

	if (!(value >= 0 && value <= 1))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("min_confidence must be between 0 and 1, not %s",
							   PG_ARGISNULL(argument) ? "null" : float8out_internal(value))));
	return value;
}

/* finsent_tickers(body, title, min_confidence) */
Datum
finsent_tickers(PG_FUNCTION_ARGS)
{
	FsReading reading;
	double	  min_confidence = get_min_confidence(fcinfo, 2);
	Datum	  result;

	if (!fs_pg_open(&reading, fcinfo, 0, 1))
		PG_RETURN_NULL();
	result = fs_pg_tickers(&reading, fs_pg_document(&reading, FS_WANT_COMPANIES), min_confidence);
	fs_pg_close(&reading);
	return result;
}

/* finsent_tickers_as(workspace, body, title, min_confidence) */
Datum
finsent_tickers_as(PG_FUNCTION_ARGS)
{
	FsReading reading;
	double	  min_confidence = get_min_confidence(fcinfo, 3);
	Datum	  result;

	if (!fs_pg_open_as(&reading, fcinfo, -1))
		PG_RETURN_NULL();
	result = fs_pg_tickers(&reading, fs_pg_document(&reading, FS_WANT_COMPANIES), min_confidence);
	fs_pg_close(&reading);
	return result;
}

/* finsent_ticker_sentiment(body, title) */
Datum
finsent_ticker_sentiment(PG_FUNCTION_ARGS)
{
	FsReading		  reading;
	FsRowSet		  rows;
	FsLabelOids		 *oids = fs_pg_extra(fcinfo, sizeof(FsLabelOids));
	const FsDocument *document;

	fs_rows_start(&rows, fcinfo);
	if (!fs_pg_open(&reading, fcinfo, 0, 1))
		return (Datum) 0;
	oids->type = fs_rows_column_type(&rows, 3);
	document = fs_pg_document(&reading, FS_WANT_TARGETS);
	for (uint32_t i = 0; i < document->nlikely; i++)
	{
		fs_row_ticker(fs_rows_next(&rows), &reading, &document->companies[i], oids);
		fs_rows_add(&rows);
	}
	fs_rows_end(&rows);
	fs_pg_close(&reading);
	return (Datum) 0;
}

/* finsent_metrics(body) */
Datum
finsent_metrics(PG_FUNCTION_ARGS)
{
	FsReading		  reading;
	FsRowSet		  rows;
	const FsDocument *document;

	fs_rows_start(&rows, fcinfo);
	if (!fs_pg_open(&reading, fcinfo, 0, -1))
		return (Datum) 0;
	document = fs_pg_document(&reading, FS_WANT_METRICS);
	for (uint32_t i = 0; i < document->nmetrics; i++)
	{
		fs_row_metric(fs_rows_next(&rows), &reading, &document->metrics[i]);
		fs_rows_add(&rows);
	}
	fs_rows_end(&rows);
	fs_pg_close(&reading);
	return (Datum) 0;
}

/* finsent_quantities(body) */
Datum
finsent_quantities(PG_FUNCTION_ARGS)
{
	FsReading		  reading;
	FsRowSet		  rows;
	const FsDocument *document;

	fs_rows_start(&rows, fcinfo);
	if (!fs_pg_open(&reading, fcinfo, 0, -1))
		return (Datum) 0;
	document = fs_pg_document(&reading, FS_WANT_QUANTITIES);
	for (uint32_t i = 0; i < document->nquantities; i++)
	{
		const FsQuantity *quantity = &document->quantities[i].quantity;
		FsRow			 *row = fs_rows_next(&rows);

		fs_row_decimal(row, quantity->value);
		if (quantity->range)
			fs_row_decimal(row, quantity->high);
		else
			fs_row_null(row);
		fs_row_unit(row, &reading, quantity->kind, quantity->currency, quantity->noun);
		fs_row_string(row, &reading, fs_comparator_name(quantity->comparator));
		fs_row_place(row, &reading, quantity->span);
		fs_rows_add(&rows);
	}
	fs_rows_end(&rows);
	fs_pg_close(&reading);
	return (Datum) 0;
}
