/*
 * analyze.c - finsent_analyze and finsent_analyze_as: everything about one text as one composite.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "../core/document.h"
#include "analyze.h"
#include "compat.h"
#include "env.h"
#include "knowledge.h"
#include "result.h"

PG_FUNCTION_INFO_V1(finsent_analyze);
PG_FUNCTION_INFO_V1(finsent_analyze_as);

#define SUMMARY_SENTENCES 2
#define MIN_CONFIDENCE 0.5

/* Columns of finsent_analysis whose types are looked at. */
#define COLUMN_LABEL 1
#define COLUMN_TICKER_SENTIMENT 8
#define COLUMN_METRICS 9

/* Element type of an array column, and its row. */
static TupleDesc
element_row(TupleDesc row, int column, Oid *type)
{
	*type = get_element_type(TupleDescAttr(row, column)->atttypid);
	return lookup_rowtype_tupdesc_copy(*type, -1);
}

void
fs_pg_analysis_types(FsAnalysisTypes *types, TupleDesc row)
{
	if (row->natts > FS_PG_COLUMNS)
		elog(ERROR, "row type has %d columns", row->natts);
	types->oids.type = TupleDescAttr(row, COLUMN_LABEL)->atttypid;
	types->ticker_row = element_row(row, COLUMN_TICKER_SENTIMENT, &types->ticker);
	types->metric_row = element_row(row, COLUMN_METRICS, &types->metric);
	types->row = BlessTupleDesc(row);
}

/* The types, cached in the function's own memory. */
static FsAnalysisTypes *
analysis_types(FunctionCallInfo fcinfo)
{
	FsAnalysisTypes *types = fs_pg_extra(fcinfo, sizeof(FsAnalysisTypes));
	MemoryContext	 caller;
	TupleDesc		 row;

	if (types->row)
		return types;
	caller = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	if (get_call_result_type(fcinfo, NULL, &row) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	fs_pg_analysis_types(types, row);
	MemoryContextSwitchTo(caller);
	return types;
}

/* finsent_ticker[] of the document. */
static Datum
ticker_array(FsReading *reading, const FsDocument *document, FsAnalysisTypes *types)
{
	Datum *elements = palloc((document->nlikely + 1) * sizeof(Datum));
	FsRow  row;

	for (uint32_t i = 0; i < document->nlikely; i++)
	{
		fs_row_clear(&row);
		fs_row_ticker(&row, reading, &document->companies[i], &types->oids);
		elements[i] = fs_row_tuple(&row, types->ticker_row);
	}
	return fs_pg_row_array(elements, (int) document->nlikely, types->ticker);
}

Datum
fs_pg_metrics(FsReading *reading, const FsDocument *document, Oid metric, TupleDesc metric_row)
{
	Datum *elements = palloc((document->nmetrics + 1) * sizeof(Datum));
	FsRow  row;

	for (uint32_t i = 0; i < document->nmetrics; i++)
	{
		fs_row_clear(&row);
		fs_row_metric(&row, reading, &document->metrics[i]);
		elements[i] = fs_row_tuple(&row, metric_row);
	}
	return fs_pg_row_array(elements, (int) document->nmetrics, metric);
}

/*
 * The three probabilities with six decimals, which keep the order of any two
 * that differ; neutral is the rest, so that they add up to 1.
 */
static void
row_probabilities(FsRow *row, FsProbability p)
{
	int64_t positive = ((int64_t) p.positive * 1000000 + 32768) / 65536;
	int64_t negative = ((int64_t) p.negative * 1000000 + 32768) / 65536;

	fs_row_float(row, positive / 1000000.0);
	fs_row_float(row, (1000000 - positive - negative) / 1000000.0);
	fs_row_float(row, negative / 1000000.0);
}

Datum
fs_pg_analysis(FsReading *reading, const FsDocument *document, FsAnalysisTypes *types)
{
	FsRow row;

	fs_row_clear(&row);
	fs_row_float(&row, fs_pg_score(document->score));
	fs_row_datum(&row, fs_pg_label(&types->oids, fs_label(document->score)));
	fs_row_float(&row, document->confidence / 1000.0);
	row_probabilities(&row, document->p);
	fs_row_bool(&row, document->mixed);
	fs_row_datum(&row, fs_pg_tickers(reading, document, MIN_CONFIDENCE));
	fs_row_datum(&row, ticker_array(reading, document, types));
	fs_row_datum(&row, fs_pg_metrics(reading, document, types->metric, types->metric_row));
	fs_row_text(&row, fs_pg_summary(reading, document, SUMMARY_SENTENCES));
	fs_row_int(&row, (int32_t) document->words);
	fs_row_text(&row, cstring_to_text(fs_pg_model(reading->knowledge)));
	return fs_row_tuple(&row, types->row);
}

/* The analysis of an open reading, which is closed. */
static Datum
analyze(FsReading *reading, FsAnalysisTypes *types)
{
	Datum result = fs_pg_analysis(reading, fs_pg_document(reading, FS_WANT_ANALYSIS), types);

	fs_pg_close(reading);
	return result;
}

/* finsent_analyze(body, title) */
Datum
finsent_analyze(PG_FUNCTION_ARGS)
{
	FsReading		 reading;
	FsAnalysisTypes *types = analysis_types(fcinfo);

	if (!fs_pg_open(&reading, fcinfo, 0, 1))
		PG_RETURN_NULL();
	return analyze(&reading, types);
}

/* finsent_analyze_as(workspace, body, title) */
Datum
finsent_analyze_as(PG_FUNCTION_ARGS)
{
	FsReading		 reading;
	FsAnalysisTypes *types = analysis_types(fcinfo);

	if (!fs_pg_open_as(&reading, fcinfo, -1))
		PG_RETURN_NULL();
	return analyze(&reading, types);
}
